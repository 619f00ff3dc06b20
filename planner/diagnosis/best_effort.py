"""The plan with the least shortfall as a document, with everything that it misses."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.diagnosis.feasible import decided_on
from planner.diagnosis.least import Effort, Least, least_shortfall
from planner.plan import AT_MOST, Plan, ServiceRow, ShortRow
from planner.problem import Problem
from planner.program.instance import Instance, instance
from planner.staffing.document import Verdict, document
from planner.staffing.solved import Run

_EVEN = 1e-6
_SHOWN = 0.01
"""Agents; a shortage below it is told, and not among the notes."""


def best_effort(problem: Problem, run: Run, deadline: float) -> Plan:
    """The plan that misses as little of floors and promises as there is no way round; status `best_effort`.

    Every investment that the plan could decide on is taken.

    Parameters
    ----------
    deadline : in time.monotonic terms

    Raises
    ------
    NoPlanExists
        If rules that are no promises leave no plan at all.
    OutOfTime, Interrupted
        If the run ended before the first plan.
    """
    taken = decided_on(problem)
    limits = run.limits or problem.scenario.solver
    on = instance(taken)
    least = least_shortfall(on, Effort(limits, deadline, run.stopped))
    plan = document(taken, on, least.made, _verdict(least, run, limits.solver))
    rows = (*_floors(on, least), *(_missed(row) for row in plan.service if not row.met and not row.floor))
    update = {"shortfall": rows, "notes": (*_notes(rows, least), *plan.notes)}
    return plan.model_copy(update=update)


def hours_short(plan: Plan, interval_seconds: int) -> float:
    """Agent hours below floors, over all intervals."""
    return sum(row.agents_short or 0.0 for row in plan.shortfall) * interval_seconds / 3600.0


def _verdict(least: Least, run: Run, solver: str) -> Verdict:
    bound = least.cost_bound if np.isfinite(least.cost_bound) else 0.0
    engine = "highs" if solver == "highs" else "scip"
    return Verdict("best_effort", bound, run.seconds, engine, "gap" if least.proven else "time limit")


def _floors(on: Instance, least: Least) -> Iterator[ShortRow]:
    for q, (queue, k) in enumerate(zip(on.queues, least.made.level, strict=True)):
        short = queue.floor[:, k] - least.made.assignment.on_queue(q)
        for t in np.flatnonzero(short > _EVEN):
            start = on.calendar.text(int(on.calendar.epoch[t]))
            yield ShortRow(queue=queue.name, start=start, agents_short=float(short[t]), promise=None)


def _missed(row: ServiceRow) -> ShortRow:
    value = next((one for one in (row.sure, row.expected, row.planned) if one is not None), None)
    side = "at most" if row.measure in AT_MOST else "at least"
    reached = "no finite value" if value is None else f"{value:.4g}"
    within = "" if row.within_seconds is None else f" within {row.within_seconds:g} s"
    says = (
        f"{row.measure.replace('_', ' ')}{within}, {row.period}: {reached}, promised {side} {row.target:.4g}"
    )
    return ShortRow(queue=row.queue, start=row.start, agents_short=None, promise=says)


def _notes(rows: tuple[ShortRow, ...], least: Least) -> Iterator[str]:
    if least.proven or least.missing <= 0:
        yield "no plan keeps every rule; none misses less than this one"
    else:
        share = 100.0 * least.missing_bound / least.missing
        yield f"no plan keeps every rule; none misses less than {share:.4g} % of what this one misses"
    for queue in dict.fromkeys(row.queue for row in rows):
        mine = [row for row in rows if row.queue == queue]
        short = [row for row in mine if row.agents_short is not None and row.agents_short >= _SHOWN]
        if short:
            worst = max(short, key=lambda row: row.agents_short or 0.0)
            yield (
                f"{queue}: short of agents in {len(short)} intervals, by {worst.agents_short:.1f} "
                f"at worst ({(worst.start or '')[:16].replace('T', ' ')})"
            )
        yield from (f"{queue}: missed: {row.promise}" for row in mine if row.promise is not None)
