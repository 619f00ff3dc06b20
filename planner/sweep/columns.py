"""Results as one table: a row per task, a column per figure."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from planner.plan import AT_MOST, ServiceRow
from planner.sweep.document import Row

_RESULT = ("status", "reason", "cost", "bound", "gap", "kept", "shifts", "stopped", "seconds")
COLUMNS: Mapping[str, str] = {
    "task": "its number in the sweep, from 1",
    "key": "digest of the task",
    "set.PATH": "what the field became: the value or the factor; empty: as in the scenario",
    "status": "plan, infeasible, timeout, invalid or failed",
    "reason": "why there is no plan",
    "cost": "of the plan, over the calendar",
    "bound": "no plan of this task can cost less",
    "gap": "(cost - bound) / cost",
    "kept": "whether every promise is met",
    "shifts": "people on shifts, added over the days",
    "stopped": "why the solver stopped",
    "seconds": "that the plan took",
    "cost.ITEM": "one item of the cost; the items add up to it",
    "ai_share.QUEUE": "contacts offered to AI / contacts",
    "service.QUEUE.MEASURE.PERIOD": "what the plan delivers of a promise on days as forecast; `floor` is the "
    "one beside a longer promise; of several days or weeks the worst",
}
"""Every kind of column, and what it holds."""


def table(rows: Sequence[Row], paths: Sequence[str]) -> dict[str, list[Any]]:
    """Columns by name, all of one length, empty cells None; numbers and text never share a column."""
    cells = [_cells(row) for row in rows]
    fixed = ["task", "key", *(f"set.{path}" for path in paths), *_RESULT]
    more = sorted({name for cell in cells for name in cell} - set(fixed))
    return {name: _alike([cell.get(name) for cell in cells]) for name in (*fixed, *more)}


def parquet(rows: Sequence[Row], paths: Sequence[str]) -> bytes:
    """The table as a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    written = io.BytesIO()
    pq.write_table(pa.table(table(rows, paths)), written)
    return written.getvalue()


def _cells(row: Row) -> dict[str, Any]:
    result = row.result
    cells: dict[str, Any] = {"task": row.task, "key": result.key}
    cells |= {f"set.{path}": to for path, to in row.changes.items()}
    cells |= {name: getattr(result, name) for name in _RESULT}
    cells |= {f"cost.{item}": amount for item, amount in result.costs.items()}
    cells |= {f"ai_share.{queue}": share for queue, share in result.ai_shares.items()}
    for promise in result.service:
        name, value = _named(promise), promise.planned
        if value is not None:
            cells[name] = _worse(promise, cells.get(name), value)
    return cells


def _named(promise: ServiceRow) -> str:
    within = "" if promise.within_seconds is None else f"_{promise.within_seconds:g}s"
    over = "" if promise.over in (None, "offered") else f"_{promise.over}"
    period = "floor" if promise.floor else promise.period
    return f"service.{promise.queue}.{promise.measure}{within}{over}.{period}"


def _worse(promise: ServiceRow, before: float | None, value: float) -> float:
    if before is None:
        return value
    return max(before, value) if promise.measure in AT_MOST else min(before, value)


def _alike(cells: list[Any]) -> list[Any]:
    """Cells of one type: whole numbers among others become numbers, anything beside text becomes text."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if len(kinds) <= 1:
        return cells
    kind = float if kinds <= {int, float} else str
    return [None if cell is None else kind(cell) for cell in cells]
