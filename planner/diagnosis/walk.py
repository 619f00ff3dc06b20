"""Why no plan exists, on one page: rules, clashes, where they show, repairs, their prices."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from planner.diagnosis.clash import Asking, Clash, Ruled, corrections
from planner.diagnosis.document import Clash as ClashRow
from planner.diagnosis.document import ClashRule, Infeasible, PricedRepair
from planner.diagnosis.edits import edited, written_out
from planner.diagnosis.feasible import Oracle, Price, decided_on
from planner.diagnosis.limits import pool_rules
from planner.diagnosis.promises import queue_rules
from planner.diagnosis.repairs import Found, smallest
from planner.diagnosis.where import spots
from planner.errors import NoPlanExists, OutOfTime
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits
from planner.staffing.solved import Run
from planner.staffing.walk import make_plan

_MOST_REPAIRS, _MOST_TOGETHER = 8, 3
_PRICE_SHARE = 0.5
"""Of the time, kept for the prices of repairs."""
_SEARCH_SECONDS = 20.0
_LEAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Effort:
    """How long may be spent on saying why.

    seconds : from now on; half of them for prices
    limits : of the plans that price repairs; their time limit is what is left, shared out
    stopped : asked now and then; true ends it with what is known
    """

    seconds: float = 60.0
    limits: SolverLimits = field(default_factory=SolverLimits)
    stopped: Callable[[], bool] = lambda: False


@dataclass(slots=True)
class _Known:
    """What has been found out so far."""

    clashes: list[Clash] = field(default_factory=list)
    repairs: list[Found] = field(default_factory=list)
    complete: bool = False


def rules_of(problem: Problem) -> Ruled:
    """The problem with its promises written out, and every rule that may be left out."""
    scenario = written_out(problem.scenario)
    rules = (*queue_rules(scenario), *pool_rules(scenario))
    return Ruled(replace(problem, scenario=scenario), rules)


def diagnose(problem: Problem, why: NoPlanExists, effort: Effort | None = None) -> Infeasible:
    """The fewest rules that clash, where, and the cheapest repairs of a problem without a plan.

    Parameters
    ----------
    why : what `make_plan` said
    """
    effort, started = effort or Effort(), time.monotonic()
    ruled, known = rules_of(decided_on(problem)), _Known()
    until = started + (1.0 - _PRICE_SHARE) * effort.seconds
    searching = effort.limits.model_copy(
        update={"time_limit_seconds": min(_SEARCH_SECONDS, effort.limits.time_limit_seconds)}
    )
    with Oracle(searching, until, effort.stopped) as oracle:
        try:
            _look(Asking(ruled, oracle), known)
        except OutOfTime:
            known.complete = False
    clashes = tuple(_told(ruled, clash) for clash in known.clashes)
    priced = _priced((rules_of(problem).problem, oracle), known.repairs, started + effort.seconds)
    return Infeasible(
        scenario=problem.scenario.name,
        currency=problem.scenario.currency,
        errors=tuple({"problem": reason} for reason in why.reasons),
        clashes=clashes,
        repairs=tuple(sorted(priced, key=lambda one: (one.cost is None, one.cost or 0.0))),
        least_shortfall=None,
        complete=known.complete and all(one.cost is not None for one in priced),
        seconds=time.monotonic() - started,
    )


def _look(asking: Asking, known: _Known) -> None:
    """Clashes and repairs, as they are found."""
    for clash, gone in corrections(asking, _MOST_REPAIRS, _MOST_TOGETHER):
        if clash is not None:
            known.clashes.append(clash)
        elif gone:
            repair = smallest(asking.ruled, asking.oracle, gone)
            if repair is not None:
                known.repairs.append(repair)
    known.complete = bool(known.clashes)


def _told(ruled: Ruled, clash: Clash) -> ClashRow:
    where = spots(ruled, clash, time.monotonic() + _SEARCH_SECONDS) if clash.by_fractions else ()
    rules = (
        ClashRule(field=rule.field, value=rule.value, says=rule.says, necessary=necessary)
        for rule, necessary in zip(clash.rules, clash.necessary, strict=True)
    )
    return ClashRow(
        rules=tuple(rules),
        minimal=clash.minimal,
        proof="fractions" if clash.by_fractions else "whole people",
        where=where,
    )


def _priced(asked: tuple[Problem, Oracle], repairs: Sequence[Found], deadline: float) -> list[PricedRepair]:
    """The plan with each repair, each within its share of the time that is left."""
    (problem, oracle), priced = asked, []
    for number, repair in enumerate(repairs):
        left = (deadline - time.monotonic()) / (len(repairs) - number)
        changed = edited(problem, repair.edits)
        price = oracle.price(changed) or _price(changed, left, oracle)
        known = (None, None) if price is None else (price.cost, price.bound)
        priced.append(PricedRepair(changes=repair.changes, cost=known[0], bound=known[1], dearer=None))
    return priced


def _price(problem: Problem, seconds: float, oracle: Oracle) -> Price | None:
    most = min(max(seconds, _LEAST_SECONDS), oracle.limits.time_limit_seconds)
    limits = oracle.limits.model_copy(update={"time_limit_seconds": most})
    try:
        plan = make_plan(problem, Run(time.monotonic(), limits, stopped=oracle.stopped))
    except (OutOfTime, NoPlanExists):
        return None
    return Price(plan.cost, plan.cost if plan.bound is None else plan.bound)
