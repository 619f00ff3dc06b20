"""What a report is made of: sections, in them figures, each a chart with its table, or a table alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Tone: TypeAlias = Literal["", "good", "bad", "open", "quiet"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; one with a tone is shown as a badge, which its words say too."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `strong` for a total."""

    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `words` leading columns hold words, the others figures, unless named in `also_words`."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    words: int = 1
    also_words: tuple[int, ...] = ()

    def is_figure(self, column: int) -> bool:
        """Whether a column, counted from 0, holds figures, which stand at the right."""
        return column >= self.words and column not in self.also_words


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as Plotly reads it; colours and fonts are named by the style's variables, such as `--needed`.

    name : of its place in the page, the same in every report
    label : what it shows, for those who do not see it
    height : pixels
    """

    name: str
    label: str
    data: tuple[Mapping[str, Any], ...]
    layout: Mapping[str, Any]
    height: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with the table of what it shows; or, without a chart, a table that is open."""

    title: str
    chart: Chart | None
    table: Table | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with its heading."""

    name: str
    title: str
    figures: tuple[Figure, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that is read first."""

    title: str
    value: str
    note: str = ""
    tone: Tone = ""


def row(*cells: str | Cell, strong: bool = False) -> Row:
    """A row of words and figures."""
    return Row(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells), strong)
