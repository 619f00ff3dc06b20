"""What a benchmark leaves behind for docs/benchmarks.md: rows of a table, and notes below it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

Part = Literal[
    "whole",
    "pipeline",
    "sizing",
    "replay",
    "certified",
    "growth",
    "choices",
    "memory",
    "sweep",
    "year",
    "start",
    "service",
]
Row = dict[str, str]
Made = TypeVar("Made")


class Bench(Protocol):
    """What is used of pytest-benchmark's fixture."""

    extra_info: dict[str, object]

    def pedantic(self, target: Callable[[], Made], *, rounds: int, iterations: int) -> Made: ...


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one part's table, column by name, and notes."""

    part: Part
    rows: Sequence[Row]
    notes: Sequence[str] = field(default=())


def measured(benchmark: Bench, measure: Callable[[], Made]) -> Made:
    """Measure once; rounds and medians are the measurement's own, since its two sides take turns."""
    return benchmark.pedantic(measure, rounds=1, iterations=1)


def leave(benchmark: Bench, *tables: Table) -> None:
    """Put tables into the benchmark's JSON."""
    benchmark.extra_info["tables"] = [
        {"part": table.part, "rows": list(table.rows), "notes": list(table.notes)} for table in tables
    ]


def limit(name: str, default: float) -> float:
    """Seconds from the environment, such as PLANNER_BENCH_WHOLE_SECONDS, or the default."""
    return float(os.environ.get(f"PLANNER_BENCH_{name}_SECONDS", default))


def ratio(value: float) -> str:
    """A ratio to two or three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}" if value >= 10 else f"{value:.2f}"


def at_least(theirs: float | None, ours: float | None, stopped: float, ours_stopped: float) -> str:
    """Their time / ours; where one was stopped first, what that leaves known of the ratio."""
    if theirs is None and ours is None:
        return "–"
    if theirs is None and ours is not None:
        return f"≥ {ratio(stopped / ours)}"
    if theirs is not None and ours is None:
        return f"≤ {ratio(theirs / ours_stopped)}"
    assert theirs is not None
    assert ours is not None
    return ratio(theirs / ours)


def seconds(value: float | None, stopped: float) -> str:
    """Seconds, or that it was not there when it was stopped."""
    return f"> {stopped:.0f} s" if value is None else f"{value:.1f} s" if value < 100 else f"{value:.0f} s"


def percent(value: float | None, digits: int = 2) -> str:
    """A share as percent; – where there is none."""
    return "–" if value is None else f"{100 * value:.{digits}f} %"
