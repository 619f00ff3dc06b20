"""A year as it is delivered: the plan of every season, what the year pays, and the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen
from planner.certificate import Certificate
from planner.plan import Plan
from planner.staffing import Run, evaluate_roster
from planner.staffing.provenance import versions
from planner.year.alternatives import Alternative
from planner.year.checks import notes_of
from planner.year.document import AiRow, SeasonRow, TeamRow, Way, WayRow, YearCost, YearItem, YearPlan
from planner.year.figures import ai_by_season, ai_fees
from planner.year.groups import Group
from planner.year.joint import Search
from planner.year.known import Made
from planner.year.master import Answer
from planner.year.question import Year, setups
from planner.year.variants import within

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Delivered:
    """A planned year, its seasons' plans in their order, and their certificates, if any were asked for."""

    year: YearPlan
    plans: tuple[Plan, ...]
    certificates: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What a search and what came after it found.

    others : the other ways to staff the year
    plans, certificates : of every season; no certificates where none were asked for
    """

    search: Search
    others: Mapping[Way, Alternative]
    plans: tuple[Plan, ...]
    certificates: tuple[Certificate, ...] = ()


def delivered(year: Year, found: Results, run: Run) -> Delivered:
    """The best year of a search as a document, its seasons' plans beside it."""
    search, plans = found.search, found.plans
    best = search.best
    assert best is not None
    limits = season_limits(search)
    costs = tuple(_costs(year, search, limits, plans))
    cost = sum(line.amount for line in costs)
    bound = min(search.bound, cost)
    gap = (cost - bound) / max(1.0, cost)
    document = YearPlan(
        year=year.rules.name,
        currency=year.rules.currency,
        versions=versions(),
        status="optimal" if gap <= search.workshop.limits.gap else "feasible",
        cost=cost,
        bound=bound,
        gap=gap,
        seconds=run.seconds,
        stopped=search.stopped,
        seasons=tuple(_season_rows(year, found)),
        teams=tuple(_team_rows(year, search, limits)),
        ai=tuple(_ai_rows(year, limits)),
        platform=next((name for name, on in year.linked.on(limits[0]).platforms.items() if on), None),
        costs=costs,
        ways=tuple(_ways(best, bound, found.others)),
        notes=(*notes_of(year.rules, year.seasons), *_repaired(cost, best.cost, bool(found.certificates))),
    )
    return Delivered(document, plans, found.certificates)


def season_limits(search: Search) -> Floats:
    """(S, D) whole people for the shifts of every season, as many as its team has, and its AI."""
    best = search.best
    assert best is not None
    shifts = np.floor(best.path.on_shifts(search.asked.teams).T + _SLACK)
    pools = shifts.shape[1]
    return frozen(np.hstack([shifts, np.round(best.limits[:, pools:])]))


def season_plans(year: Year, search: Search) -> Iterator[Plan]:
    """The plan of every season with just its people; alike seasons share it."""
    limits = season_limits(search)
    known: dict[tuple[int, tuple[float, ...]], Plan] = {}
    for s, group in enumerate(search.groups.of):
        key = id(group), tuple(limits[s])
        if key not in known:
            made = group.known.best(limits[s])
            assert made is not None
            known[key] = _plan(year, group, made, limits[s])
        yield known[key]


def _plan(year: Year, group: Group, made: Made, limits: Floats) -> Plan:
    """A plan with these people: made for them, or for fewer, and then more of them are paid."""
    assert made.plan is not None
    if made.held and bool(np.all(made.limits == limits)):
        return made.plan
    shares = {row.queue: row.share for row in made.plan.automation}
    plan = evaluate_roster(within(group.problem, year.linked, limits), made.plan.seats, shares)
    pay = float(group.relaxation.pay @ limits[: group.relaxation.pay.size])
    bound = min(group.known.least(limits) + pay, plan.cost)
    fields = {
        "status": made.plan.status if made.held else "feasible",
        "bound": bound,
        "gap": (plan.cost - bound) / max(1.0, plan.cost),
        "solver": made.plan.solver,
        "stopped": made.plan.stopped,
    }
    return plan.model_copy(update=fields)


def _repaired(cost: float, before: float, certified: bool) -> Iterator[str]:
    if certified:
        yield (
            f"the seasons' plans were repaired by a replay, which cost {cost - before:,.0f} more; the other "
            "ways were not, so they stand beside the joint plan as it was before"
        )


def _team_rows(year: Year, search: Search, limits: Floats) -> Iterator[TeamRow]:
    best, teams = search.best, search.asked.teams
    assert best is not None
    path = best.path
    for s, season in enumerate(year.seasons):
        for p, pool in enumerate(teams.pools):
            people = float(path.people[p, s])
            yield TeamRow(
                season=season.name,
                pool=pool,
                people=round(people),
                on_shifts=round(float(limits[s, p])),
                needed=_needed(search, s, p, limits),
                joining=_clean(path.joining[p, s]),
                leaving=_clean(path.leaving[p, s]),
                left=_clean((1.0 - teams.stay[p, s]) * people),
            )


def _needed(search: Search, s: int, p: int, limits: Floats) -> int:
    made = search.groups.of[s].known.best(limits[s])
    assert made is not None
    return round(float(made.limits[p]))


def _clean(amount: float) -> float:
    return 0.0 if abs(amount) < _SLACK else float(amount)


def _season_rows(year: Year, found: Results) -> Iterator[SeasonRow]:
    for s, (season, plan) in enumerate(zip(year.seasons, found.plans, strict=True)):
        assert plan.bound is not None
        yield SeasonRow(
            season=season.name,
            scenario=plan.scenario,
            weeks=season.rules.lasts_weeks,
            repeats=season.repeats,
            plan_cost=plan.cost,
            plan_bound=plan.bound,
            cost=plan.cost * season.repeats,
            met=all(row.met for row in plan.service),
            certified=found.certificates[s].verdict == "kept" if found.certificates else None,
        )


def _ai_rows(year: Year, limits: Floats) -> Iterator[AiRow]:
    bought = year.linked.on(limits[0]).ai
    for (queue, on), fee in zip(bought.items(), ai_fees(year), strict=True):
        yield AiRow(queue=queue, bought=on, cost=float(fee) if on else 0.0)


def _costs(year: Year, search: Search, limits: Floats, plans: tuple[Plan, ...]) -> Iterator[YearCost]:
    """(Y5) item by item: seasons' plans, then what the year pays beside them."""
    amounts: dict[tuple[YearItem, str | None, str | None], float] = {}

    def add(item: YearItem, pool: str | None, queue: str | None, amount: float) -> None:
        amounts[item, pool, queue] = amounts.get((item, pool, queue), 0.0) + amount

    for season, plan in zip(year.seasons, plans, strict=True):
        for line in plan.costs:
            add(line.item, line.pool, line.queue, line.amount * season.repeats)
    for item, name, amount in _people_costs(search, limits):
        add(item, name, None, amount)
    switches = year.linked.on(limits[0])
    for vendor, fee in setups(year).items():
        add("vendor_setup", vendor, None, fee if switches.vendors[vendor] else 0.0)
    for queue, of in year.rules.ai.items():
        on = float(switches.ai[queue])
        add("ai_setup", None, queue, on * of.setup_cost)
        add("ai_fixed", None, queue, on * sum(ai_by_season(year, queue)))
    for (item, pool_or_none, queue_or_none), amount in amounts.items():
        if abs(amount) > 1e-9:
            yield YearCost(item=item, pool=pool_or_none, queue=queue_or_none, amount=amount)


def _people_costs(search: Search, limits: Floats) -> Iterator[tuple[YearItem, str, float]]:
    """What the year pays for people beside the seasons' plans: item, pool, money."""
    best, teams = search.best, search.asked.teams
    assert best is not None
    path = best.path
    learning = teams.pay * (path.people - limits[:, : len(teams.pools)].T)
    for p, pool in enumerate(teams.pools):
        yield "learning", pool, float(learning[p].sum())
        yield "hiring", pool, float(teams.hiring[p] @ path.joining[p])
        yield "training", pool, float(teams.training[p] @ path.joining[p])
        yield "severance", pool, float(teams.severance[p] @ path.leaving[p])


def _ways(best: Answer, bound: float, others: Mapping[Way, Alternative]) -> Iterator[WayRow]:
    cost = best.cost
    people = _people(best.path.people)
    yield WayRow(way="joint", cost=cost, bound=bound, dearer=0.0, surely=0.0, people=people)
    for way, found in others.items():
        dearer = None if found.cost is None else found.cost - cost
        surely = None if found.bound is None or found.bound <= cost else found.bound - cost
        least = None if found.bound is None or not np.isfinite(found.bound) else found.bound
        yield WayRow(
            way=way,
            cost=found.cost,
            bound=least,
            dearer=dearer,
            surely=surely,
            people=() if found.path is None else _people(found.path.people),
            why=found.why,
        )


def _people(people: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(round(float(number), 6) for number in row) for row in people)
