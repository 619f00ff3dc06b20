"""A finished sweep on standard output: a table or one JSON object."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from planner.report.figures import money, percent
from planner.report.tables import close_table, titled
from planner.sweep import Row, Status, Sweep

MOST_ROWS, MOST_REASONS, MOST_NUMBERS = 40, 5, 8
_NO_PLAN: dict[Status, str] = {
    "infeasible": "no plan keeps the promises",
    "timeout": "none found in time",
    "invalid": "no scenario",
    "failed": "failed",
}


def deliver_sweep(found: Sweep, as_json: bool) -> None:
    """Print a sweep for a program or for a person."""
    if as_json:
        print(found.to_json())
        return
    print_sweep(found, Console(highlight=False))


def print_sweep(found: Sweep, console: Console) -> None:
    """Print how many tasks came to what, the first of them one by one, and why some have no plan."""
    console.print(Text(found.scenario, style="bold"))
    console.print(Text(_summary(found)))
    if found.rows:
        console.print(Padding(_table(found), (1, 0, 0, 0)))
    more = len(found.rows) - MOST_ROWS
    if more > 0:
        console.print(Text(f"and {more:,} more; --out DIR writes all of them to a file, --json prints them"))
    for line in _reasons(found):
        console.print(Padding(Text(line), (1, 0, 0, 0)))
    if found.unfinished:
        console.print(Padding(Text(f"Stopped: {found.unfinished:,} tasks are left."), (1, 0, 0, 0)))


def _summary(found: Sweep) -> str:
    counted: Counter[Status] = Counter(row.result.status for row in found.rows)
    parts = [f"{found.tasks:,} tasks", f"{counted['plan']:,} plans"]
    parts += [f"{counted[status]:,} {status}" for status in _NO_PLAN if counted[status]]
    if found.already_done:
        parts.append(f"{found.already_done:,} of an earlier run")
    return ", ".join(parts)


def _table(found: Sweep) -> RenderableType:
    shown = close_table()
    shown.add_column("Task", justify="right", no_wrap=True)
    for path, name in _names(list(found.paths)).items():
        heading = f"{name} ×" if found.paths[path] == "factors" else name
        shown.add_column(Text(heading), justify="right", overflow="fold")
    for heading in ("Cost", "At least", "Gap"):
        shown.add_column(heading, justify="right", overflow="fold")
    largest = max((row.result.cost or 0.0 for row in found.rows), default=0.0)
    for row in found.rows[:MOST_ROWS]:
        changed = (_shown(row.changes[path]) if path in row.changes else "" for path in found.paths)
        shown.add_row(str(row.task), *changed, *_figures(row, largest))
    return titled(f"Cost of each task, {found.currency}", shown)


def _names(paths: list[str]) -> dict[str, str]:
    """The last name of each path, where no other ends with the same; else all of it."""
    last = Counter(path.rpartition(".")[2] for path in paths)
    return {path: path if last[end := path.rpartition(".")[2]] > 1 else end for path in paths}


def _figures(row: Row, largest: float) -> tuple[str, str, str]:
    result = row.result
    if result.cost is None:
        return _NO_PLAN[result.status], "", ""
    bound = "" if result.bound is None else money(result.bound, largest)
    return money(result.cost, largest), bound, "" if result.gap is None else percent(result.gap, 2)


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else f"{value}"


def _reasons(found: Sweep) -> Iterator[str]:
    """Each reason once, with the tasks that it is true of; failures first."""
    tasks: dict[tuple[Status, str], list[int]] = defaultdict(list)
    for row in found.rows:
        if row.result.reason:
            tasks[row.result.status, row.result.reason].append(row.task)
    ordered = sorted(tasks.items(), key=lambda entry: (entry[0][0] != "failed", -len(entry[1])))
    for (status, reason), numbers in ordered[:MOST_REASONS]:
        listed = ", ".join(map(str, numbers[:MOST_NUMBERS])) + (
            ", ..." if len(numbers) > MOST_NUMBERS else ""
        )
        yield f"{len(numbers):,} {status} (task {listed}): {reason}"
