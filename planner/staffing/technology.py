"""The platform of a plan: its cost lines, and what each of the others would cost with the same people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.arrays import Counts
from planner.errors import InvalidInput, Mistake
from planner.plan import CostLine, TechnologyRow
from planner.program.candidate import Candidate
from planner.program.instance import Instance
from planner.program.platforms import possible


def technology_lines(on: Instance, made: Candidate) -> Iterator[CostLine]:
    """What the chosen platform costs over the calendar, by itself and by its seats."""
    if made.platform is not None:
        option = on.technologies[made.platform]
        seats = option.seat * made.platform_seats
        yield CostLine(item="technology_fixed", pool=None, queue=None, amount=option.fixed)
        yield CostLine(item="technology_seats", pool=None, queue=None, amount=seats)


def technology_rows(on: Instance, made: Candidate) -> Iterator[TechnologyRow]:
    """Every platform at the plan's seats; none where the scenario says nothing of them."""
    allowed, months = possible(on, made.people), on.calendar.months
    for number, option in enumerate(on.technologies):
        cost = option.cost(made.platform_seats)
        yield TechnologyRow(
            option=option.name,
            chosen=number == made.platform,
            possible=number in allowed,
            seats=made.platform_seats,
            monthly_cost=cost / months,
            cost=cost,
        )


def check_platform(on: Instance, people: Sequence[Counts]) -> None:
    """Find out whether a platform lets the people of a roster work.

    Raises
    ------
    InvalidInput
        If there are platforms to choose from, and none does.
    """
    if not on.technologies or possible(on, people):
        return
    working = [pool.name for pool, x in zip(on.pools, people, strict=True) if x.any()]
    problem = (
        f"no technology lets these pools work together: {', '.join(working)}; name them in the pools of one "
        "under technologies, or take their seats out"
    )
    raise InvalidInput([Mistake("seats", "", problem)])
