"""What a plan of `--best-effort` falls short of, as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from rich.console import RenderableType
from rich.text import Text

from planner.plan import Plan, ShortRow
from planner.report.labels import Labels
from planner.report.tables import plain_table, titled


def shortfall_table(plan: Plan, labels: Labels) -> RenderableType:
    """Runs of intervals short of agents, and promises that are missed; every one of them."""
    shown = plain_table()
    shown.add_column(labels["queue"])
    shown.add_column(labels["start"], no_wrap=True)
    shown.add_column(labels["short"], overflow="fold")
    for run in _runs(plan):
        first, last = run[0], run[-1]
        shown.add_row(first.queue, _span(first, last), Text(_says(run), style="bold red"))
    return titled(labels["short of"], shown)


def _runs(plan: Plan) -> Iterator[list[ShortRow]]:
    """Intervals of a queue that follow one another, together; promises by themselves."""
    starts = sorted({row.start for row in plan.agents})
    following = dict(pairwise(starts))
    run: list[ShortRow] = []
    for row in plan.shortfall:
        before = run[-1] if run else None
        goes_on = (
            before is not None
            and row.agents_short is not None
            and before.agents_short is not None
            and row.queue == before.queue
            and following.get(before.start or "") == row.start
        )
        if run and not goes_on:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _span(first: ShortRow, last: ShortRow) -> str:
    if first.start is None:
        return ""
    begin = datetime.fromisoformat(first.start)
    if first.promise is not None or first is last:
        return f"{begin:%a %Y-%m-%d %H:%M}"
    end = datetime.fromisoformat(last.start or first.start)
    return f"{begin:%a %Y-%m-%d %H:%M} to {end:%H:%M}"


def _says(run: list[ShortRow]) -> str:
    if run[0].promise is not None:
        return run[0].promise
    most = max(row.agents_short or 0.0 for row in run)
    return f"{most:.1f} agents" if len(run) == 1 else f"up to {most:.1f} agents in {len(run)} intervals"
