"""Why no plan exists, on one page: rules, clashes, where they show, repairs, their prices."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from planner.diagnosis.best_effort import best_effort, hours_short
from planner.diagnosis.clash import Asking, Clash, Ruled, corrections
from planner.diagnosis.document import Clash as ClashRow
from planner.diagnosis.document import ClashRule, Infeasible, LeastShortfall, PricedRepair
from planner.diagnosis.edits import edited, written_out
from planner.diagnosis.feasible import Oracle, Price, decided_on
from planner.diagnosis.limits import pool_rules
from planner.diagnosis.promises import queue_rules
from planner.diagnosis.repairs import Found, smallest
from planner.diagnosis.rules import Rule
from planner.diagnosis.where import spots
from planner.errors import Interrupted, NoPlanExists, OutOfTime
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits
from planner.staffing.solved import Run
from planner.staffing.walk import make_plan

_MOST_REPAIRS, _MOST_TOGETHER = 8, 3
_LOOK_SHARE, _SHORT_SHARE = 0.6, 0.15
"""Of the time, for clashes and repairs, and for the least shortfall; what is left is for prices."""
_SEARCH_SECONDS = 20.0
_LEAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Effort:
    """How long may be spent on saying why.

    seconds : from now on
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
    ruled = rules_of(decided_on(problem))
    searching = effort.limits.model_copy(
        update={"time_limit_seconds": min(_SEARCH_SECONDS, effort.limits.time_limit_seconds)}
    )
    with Oracle(searching, started + _LOOK_SHARE * effort.seconds, effort.stopped) as oracle:
        known = _look(ruled, oracle)
        clashes = tuple(_told(ruled, oracle, clash) for clash in known.clashes)
    least = _least(problem, effort)
    oracle.limits = effort.limits
    priced = _priced((rules_of(problem).problem, oracle), known.repairs, started + effort.seconds)
    beside = [_dearer(one, least) for one in priced]
    return Infeasible(
        scenario=problem.scenario.name,
        currency=problem.scenario.currency,
        errors=tuple({"problem": reason} for reason in why.reasons),
        clashes=clashes,
        repairs=tuple(sorted(beside, key=lambda one: (one.cost is None, one.cost or 0.0))),
        least_shortfall=least,
        complete=known.complete and all(one.cost is not None for one in priced),
        seconds=time.monotonic() - started,
    )


def _look(ruled: Ruled, oracle: Oracle) -> _Known:
    """Clashes and repairs, as far as time allows."""
    known, alone = _Known(), dict[str, Found]()

    def repair(rule: Rule) -> bool:
        found = smallest(ruled, oracle, (rule,))
        if found is not None:
            alone[rule.field] = found
        return found is not None

    asking = Asking(ruled, oracle, repair)
    try:
        for clash, gone in corrections(asking, _MOST_REPAIRS, _MOST_TOGETHER):
            if clash is not None:
                known.clashes.append(clash)
            elif len(gone) > 1 and (together := smallest(ruled, oracle, gone)) is not None:
                known.repairs.append(together)
            elif len(gone) == 1 and gone[0].field not in alone:
                repair(gone[0])
        known.complete = bool(known.clashes)
    except (OutOfTime, Interrupted):
        if not known.clashes:
            known.clashes += [clash for clash in [asking.smallest_known()] if clash is not None]
    known.repairs[:0] = alone.values()
    return known


def _least(problem: Problem, effort: Effort) -> LeastShortfall | None:
    """What the plan with the least shortfall costs, if there is one in time."""
    deadline = time.monotonic() + max(_LEAST_SECONDS, _SHORT_SHARE * effort.seconds)
    try:
        plan = best_effort(problem, Run(time.monotonic(), effort.limits, stopped=effort.stopped), deadline)
    except (NoPlanExists, OutOfTime, Interrupted):
        return None
    return LeastShortfall(
        cost=plan.cost,
        promises_missed=sum(row.promise is not None for row in plan.shortfall),
        hours_short=hours_short(plan, problem.calendar.interval),
    )


def _dearer(one: PricedRepair, least: LeastShortfall | None) -> PricedRepair:
    if least is None or one.cost is None or least.cost <= 0:
        return one
    return one.model_copy(update={"dearer": one.cost / least.cost - 1.0})


def _told(ruled: Ruled, oracle: Oracle, clash: Clash) -> ClashRow:
    rules = (
        ClashRule(field=rule.field, value=rule.value, says=rule.says, necessary=necessary)
        for rule, necessary in zip(clash.rules, clash.necessary, strict=True)
    )
    alone = ruled.keeping(clash.rules)
    try:
        where = spots(alone, oracle.missing(alone)) if clash.by_fractions else ()
    except (OutOfTime, Interrupted):
        where = ()
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
    except (OutOfTime, NoPlanExists, Interrupted):
        return None
    return Price(plan.cost, plan.cost if plan.bound is None else plan.bound)
