"""The sweep, on one page: every alternative at every volume, who leads where, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.errors import InvalidInput, Mistake
from planner.problem import Problem
from planner.sourcing.alternatives import contacts_a_day
from planner.sourcing.asking import Answer, Ask, Asking, Terms
from planner.sourcing.document import Never, Point, Price, Sourcing
from planner.sourcing.leads import leads, surely_cheapest
from planner.sourcing.prices import price_change

PRICES: tuple[Price, ...] = ("labour", "vendors", "technology")


def sourcing(problem: Problem, volumes: Sequence[float], terms: Terms, tolerance: float = 0.05) -> Sourcing:
    """Who is cheapest at which volume.

    Parameters
    ----------
    problem : its scenario names the alternatives
    volumes : contacts a day, rising, each above 0
    tolerance : to which a volume where the cheapest changes is searched for, a share of it

    Raises
    ------
    InvalidInput
        If the scenario names no alternatives, or its forecast has no contacts to scale.
    """
    _check(problem)
    names, asking = [*problem.scenario.sourcing], Asking(problem, terms)
    asking.of([Ask(name, volume) for volume in volumes for name in names])

    def at(volume: float) -> dict[str, Answer]:
        return dict(zip(names, asking.of([Ask(name, volume) for name in names]), strict=True))

    found = leads(volumes, lambda volume: surely_cheapest(at(volume)), tolerance)
    swept = sorted({ask.volume for ask in asking.known})
    known = {volume: at(volume) for volume in swept}
    beaten = [name for name in names if name not in {lead.alternative for lead in found}]
    never = tuple(each for name in beaten for each in _never(asking, name, known))
    return Sourcing(
        scenario=problem.scenario.name,
        currency=problem.scenario.currency,
        forecast_contacts_a_day=contacts_a_day(problem),
        gap=terms.gap,
        points=tuple(_points(problem, known)),
        leads=tuple(found),
        never=never,
    )


def _check(problem: Problem) -> None:
    mistakes = []
    if not problem.scenario.sourcing:
        told = "is missing; name two alternatives or more, such as own: {pools: own, technology: saas}"
        mistakes.append(Mistake("scenario", "sourcing", told))
    if problem.forecast.agents is not None or contacts_a_day(problem) == 0:
        mistakes.append(Mistake("forecast", "", "has no contacts that could be scaled to other volumes"))
    if mistakes:
        raise InvalidInput(mistakes)


def _points(problem: Problem, known: dict[float, dict[str, Answer]]) -> Iterator[Point]:
    months, days = problem.calendar.months, len(problem.calendar.days)
    for volume, answers in known.items():
        for name, answer in answers.items():
            planned = answer.status == "plan"
            yield Point(
                contacts_a_day=volume,
                alternative=name,
                status=answer.status,
                cost_a_month=answer.cost / months if planned else None,
                bound_a_month=answer.bound / months if planned else None,
                cost_a_contact=answer.cost / (volume * days) if planned else None,
            )


def _never(asking: Asking, name: str, known: dict[float, dict[str, Answer]]) -> Iterator[Never]:
    """What would make an alternative the cheapest where it is nearest; nothing where it has no plan."""
    planned = {volume: each for volume, each in known.items() if each[name].status == "plan"}
    rivals = {volume: {o: a for o, a in each.items() if o != name} for volume, each in planned.items()}
    with_rival = [volume for volume in planned if _least(rivals[volume]) < float("inf")]
    if not with_rival:
        return
    nearest = min(with_rival, key=lambda volume: planned[volume][name].cost / _least(rivals[volume]))
    others, mine = rivals[nearest], planned[nearest][name]
    prices = tuple(
        price_change(asking, Ask(name, nearest, price), others) for price in PRICES if mine.part(price) > 0
    )
    against = min(others, key=lambda other: others[other].cost)
    yield Never(alternative=name, contacts_a_day=nearest, against=against, prices=prices)


def _least(answers: dict[str, Answer]) -> float:
    return min(answer.cost for answer in answers.values())
