"""The tornado: what the cost is most sensitive to, one field moved at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.problem import Problem
from planner.sweep.curve_document import Bar, End, Tornado
from planner.sweep.document import Result
from planner.sweep.fields import NoSuchField, Question, value_at
from planner.sweep.file import SweepFile
from planner.sweep.points import Change
from planner.sweep.question import question_of
from planner.sweep.reading import check
from planner.sweep.walk import Terms, swept_points

USUAL = (
    "forecast.contacts",
    "forecast.handle_time_seconds",
    "pools.*.pay.wage",
    "pools.*.shrinkage.absence",
    "pools.*.shrinkage.off_phone",
    "pools.*.productivity",
    "pools.*.desk_cost_per_month",
    "queues.*.patience_seconds",
    "queues.*.lost_contact_cost",
    "queues.*.waiting_cost_per_hour",
    "queues.*.automation.price_per_session",
    "queues.*.automation.fixed_cost_per_month",
    "vendors.*.contract.tiers.*.price",
)


def tornado(problem: Problem, paths: Sequence[str], change: float, terms: Terms) -> Tornado:
    """Each field times 1 - change and 1 + change, all others as they are.

    Parameters
    ----------
    change : above 0 and below 1

    Raises
    ------
    InvalidInput
        If a path leads nowhere, or its field cannot be moved so far.
    """
    ends = [float(f"{1.0 - change:.12g}"), float(f"{1.0 + change:.12g}")]
    asked = SweepFile.model_validate({"one_at_a_time": {path: {"factors": ends} for path in paths}})
    check(asked, problem, "--field")
    points = [(), *((Change(path, "factors", end),) for path in paths for end in ends)]
    found = swept_points(problem, points, terms)
    results = {row.task: row.result for row in found.rows}
    bars = [
        _bar(path, ends, (results[at], results[at + 1]))
        for at, path in zip(range(2, 2 + 2 * len(paths), 2), paths, strict=True)
        if at in results and at + 1 in results
    ]
    base = results.get(1)
    return Tornado(
        scenario=problem.scenario.name,
        currency=problem.scenario.currency,
        cost=None if base is None else base.cost,
        bound=None if base is None else base.bound,
        bars=tuple(sorted(bars, key=lambda bar: -abs(bar.swing or 0.0))),
        unfinished=found.unfinished,
        failed=found.failed,
    )


def usual_fields(problem: Problem) -> tuple[str, ...]:
    """Fields that the trade looks at first, of those the scenario has: those that hold a number above 0."""
    return tuple(_there(question_of(problem)))


def _there(question: Question) -> Iterator[str]:
    for path in USUAL:
        try:
            values = value_at(question, path)
        except NoSuchField:
            continue
        if any(isinstance(value, (int, float)) and value > 0 for value in values):
            yield path


def _bar(path: str, ends: Sequence[float], found: tuple[Result, Result]) -> Bar:
    low, high = (_end(to, result) for to, result in zip(ends, found, strict=True))
    swing = None if low.cost is None or high.cost is None else high.cost - low.cost
    sure = swing is not None and (_surely_below(low, high) or _surely_below(high, low))
    return Bar(path=path, low=low, high=high, swing=swing, sure=sure)


def _surely_below(one: End, other: End) -> bool:
    return one.cost is not None and other.bound is not None and one.cost < other.bound


def _end(to: float, result: Result) -> End:
    return End(to=to, status=result.status, reason=result.reason, cost=result.cost, bound=result.bound)
