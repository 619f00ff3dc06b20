"""How tables look on the terminal."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text


def plain_table() -> Table:
    """A table with a line under its heading and none round it."""
    return Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        header_style="dim",
    )


def close_table() -> Table:
    """A table whose columns stand near to each other: there are many."""
    shown = plain_table()
    shown.padding = (0, 1, 0, 0)
    return shown


def titled(title: str, table: Table) -> RenderableType:
    """A table under its title, which may be wider than the table."""
    return Group(Text(title, style="bold"), table)
