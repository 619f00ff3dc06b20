"""What the contacts of a line cost, beside what they are worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from planner.allocation.allocation import Cell, DearContacts, LineCost
from planner.allocation.ownership import Ownership
from planner.allocation.work import Work
from planner.arrays import Floats
from planner.sharing.cents import amount, cents


def line_costs(
    made: Sequence[Cell], owned: Ownership, work: Work, interval: Sequence[tuple[Decimal, Decimal]] | None
) -> Iterator[LineCost]:
    """Every line with its cost and its contacts; interval : lowest and highest cost per line, if known."""
    whole = _sum(made)
    for place, line in enumerate(owned.lines):
        cost = _sum([cell for cell in made if cell.line == line])
        low, high = (None, None) if interval is None else interval[place]
        contacts, served = _contacts(owned, work, place, owned.queues)
        yield LineCost(
            line=line,
            cost=cost,
            low=None if low is None else min(low, cost),  # cents of its cells may round past the range
            high=None if high is None else max(high, cost),
            share=float(cost / whole) if whole else None,
            contacts=contacts,
            served=served,
            cost_per_contact=_each(cost, contacts),
            cost_per_served=_each(cost, served),
            value_per_contact=owned.value[place],
        )


def dear_contacts(made: Sequence[Cell], owned: Ownership, work: Work) -> list[DearContacts]:
    """(D7)  loss = cost - value × served,    listed where it is above 0

    Of lines and of their queues, the dearest first. Queues are told apart where every cell says which queue
    its money went to.
    """
    by_queue = all(cell.queue is not None for cell in made)
    found = [
        entry
        for place, value in enumerate(owned.value)
        if value is not None
        for queue in (None, *_queues_of(owned, place, by_queue))
        if (entry := _entry(made, (owned, work), (place, queue), value)).loss > 0
    ]
    return sorted(found, key=_dearness, reverse=True)


def _dearness(entry: DearContacts) -> float:
    return float("inf") if entry.cost_per_served is None else entry.cost_per_served


def _queues_of(owned: Ownership, place: int, by_queue: bool) -> list[str]:
    """Queues of a line, where it has several."""
    held = [queue for queue, row in zip(owned.queues, owned.share, strict=True) if row[place] > 0]
    return held if by_queue and len(held) > 1 else []


def _entry(
    made: Sequence[Cell], of: tuple[Ownership, Work], whose: tuple[int, str | None], value: float
) -> DearContacts:
    (owned, work), (place, queue) = of, whose
    line = owned.lines[place]
    cost = _sum([cell for cell in made if cell.line == line and queue in (None, cell.queue)])
    contacts, served = _contacts(owned, work, place, owned.queues if queue is None else (queue,))
    return DearContacts(
        line=line,
        queue=queue,
        contacts=contacts,
        served=served,
        cost=cost,
        cost_per_contact=_each(cost, contacts),
        cost_per_served=_each(cost, served),
        value_per_contact=value,
        loss=cost - amount(cents(Fraction(value) * Fraction(served))),
    )


def _contacts(owned: Ownership, work: Work, place: int, queues: Sequence[str]) -> tuple[float, float]:
    """Contacts forecast and contacts served of a line, on these queues."""
    rows = [(work.queues.index(queue), float(owned.of(queue)[place])) for queue in queues]

    def count(each: Floats) -> float:
        return float(sum(each[:, row].sum() * part for row, part in rows))

    return count(work.contacts), count(work.served)


def _each(cost: Decimal, contacts: float) -> float | None:
    return float(cost) / contacts if contacts > 0 else None


def _sum(made: Sequence[Cell]) -> Decimal:
    return sum((cell.amount for cell in made), amount(0))
