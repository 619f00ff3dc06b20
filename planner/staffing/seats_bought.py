"""What is ordered of vendors who are paid by the seat, as the plan's tables and notes."""

from __future__ import annotations

from collections.abc import Iterator

from planner.contracts.binding import Binding
from planner.contracts.checks import notes_on
from planner.contracts.horizon import due_at_once, horizon_invoice
from planner.errors import InvalidInput, Mistake
from planner.plan import ContractRow, CostLine
from planner.program.candidate import Candidate
from planner.program.instance import Instance, PoolInstance
from planner.program.seat_offers import SeatOffer
from planner.program.seats_ordered import seats_needed, seats_ordered


def seat_lines(on: Instance, made: Candidate) -> Iterator[CostLine]:
    """The fee of every pool that is paid by the seat."""
    for pool, offer, _, ordered in _offers(on, made):
        yield CostLine(item="vendor_fees", pool=pool.name, queue=None, amount=offer.fee(ordered))


def seat_contract_rows(on: Instance, made: Candidate) -> Iterator[ContractRow]:
    """The contract of every pool that is paid by the seat, those that the plan leaves off too."""
    for pool, offer, _, ordered in _offers(on, made):
        using = ordered > 0 or offer.rules.signed
        month = horizon_invoice(offer.rules, ordered, offer.months) if using else None
        yield ContractRow(
            vendor=pool.name,
            on=using,
            months=offer.months,
            volume=ordered,
            month=month,
            due_at_once=due_at_once(offer.rules) if using else 0.0,
            fee=offer.fee(ordered),
            expected_cut=0.0 if month is None else month.expected_cut * offer.months,
        )


def seat_notes(on: Instance, made: Candidate) -> Iterator[str]:
    """Which clauses bind, what they cost, and what is odd about a contract."""
    for pool, offer, needed, ordered in _offers(on, made):
        if ordered == 0 and not offer.rules.signed:
            yield f"{pool.name}: the contract is left off; the plan is cheaper without it"
            continue
        month = horizon_invoice(offer.rules, ordered, offer.months)
        told = (_told(clause, ordered) for clause in month.binding)
        limits = _limits(offer, needed, ordered)
        yield from (f"{pool.name}: {note}" for note in (*told, *limits, *_odd(offer)))


def check_seats(on: Instance, made: Candidate) -> None:
    """Find out whether the contracts supply the seats that a roster needs.

    Raises
    ------
    InvalidInput
        If one needs more than can be had.
    """
    mistakes = [
        Mistake("seats", "", f"{pool.name}: needs {needed} seats, and its contract has {most}; take some out")
        for pool, offer, needed, _ in _offers(on, made)
        if (most := offer.rules.most_ordered) is not None and needed > most
    ]
    if mistakes:
        raise InvalidInput(mistakes)


def _offers(on: Instance, made: Candidate) -> Iterator[tuple[PoolInstance, SeatOffer, int, int]]:
    """Pools paid by the seat with their offer, the seats that their people need, and those ordered."""
    for pool, people, headcount in zip(on.pools, made.people, made.headcount, strict=True):
        if pool.offer is not None:
            needed = seats_needed(pool, people, headcount)
            yield pool, pool.offer, needed, seats_ordered(pool, people, headcount)


def _told(bound: Binding, ordered: int) -> str:
    """A clause that binds and what it costs a month."""
    money = f"{abs(bound.costs):,.2f} a month"
    unused = f"{bound.unused or 0.0:,.6g} seats"
    if bound.clause == "minimum_seats" and ordered == 0:
        return f"the minimum of {unused} buys nothing and costs {money}: not a seat is used"
    if bound.clause == "minimum_seats":
        return f"the minimum binds and costs {money} ({unused} are paid for and not used)"
    if bound.clause == "below_corridor":
        return f"{unused} are missing below the corridor, which costs {money}"
    more = "costs" if bound.costs > 0 else "saves"
    return f"seats above the corridor: their price {more} {money} against the ordinary one"


def _limits(offer: SeatOffer, needed: int, ordered: int) -> Iterator[str]:
    """What keeps the number of seats from being another."""
    if ordered > needed and ordered == offer.rules.fewest_ordered:
        yield f"{needed} seats are needed and {ordered} kept: no more may be given up in a month"
    elif ordered > needed:
        yield f"{needed} seats are needed and {ordered} ordered: missing ones would cost more"
    if ordered == offer.rules.most_ordered:
        yield f"all {ordered} seats that can be had are ordered; more might save money elsewhere"


def _odd(offer: SeatOffer) -> Iterator[str]:
    """What is odd about a contract; its setup fee is told by what the plan pays of it."""
    yield from notes_on(offer.rules.model_copy(update={"setup_fee": None}))
    once = due_at_once(offer.rules)
    if once > 0:
        yield f"the setup fee of {once:,.2f} is due at once and all in this plan (write months to spread it)"
