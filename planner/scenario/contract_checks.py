"""What the clauses of a contract owe each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planner.scenario.contracts import MinuteContract, PerformanceClause, SeatContract, Tier

_SAME = 1e-9


def contract_mistakes(place: str, contract: SeatContract | MinuteContract) -> Iterator[tuple[str, str]]:
    """Place and problem of every rule between fields that the contract breaks."""
    yield from _seats(place, contract) if contract.by == "seat" else _minutes(place, contract)
    for number, clause in enumerate(contract.performance, start=1):
        yield from _clause(f"{place}.performance.#{number}", clause)
    cuts = sum(clause.reduction for clause in contract.performance)
    if cuts > 1 + _SAME:
        yield f"{place}.performance", f"reductions must sum to at most 1, the whole fee (got {cuts:g})"


def _clause(place: str, clause: PerformanceClause) -> Iterator[tuple[str, str]]:
    ways = [clause.usual_result, clause.probability_of_missing]
    if ways.count(None) == 2:
        yield place, "must say how often it is missed; write usual_result or probability_of_missing"
    if ways.count(None) == 0:
        yield place, "must hold one of usual_result and probability_of_missing (got both)"


def _seats(place: str, contract: SeatContract) -> Iterator[tuple[str, str]]:
    most = contract.maximum_seats
    if most is not None and contract.minimum_seats > most:
        found = f"got {contract.minimum_seats}, maximum_seats {most}"
        yield f"{place}.minimum_seats", f"must be at most maximum_seats ({found})"
    if most is not None and contract.corridor is not None and contract.corridor.committed_seats > most:
        found = f"got {contract.corridor.committed_seats}, maximum_seats {most}"
        yield f"{place}.corridor.committed_seats", f"must be at most maximum_seats ({found})"


def _minutes(place: str, contract: MinuteContract) -> Iterator[tuple[str, str]]:
    yield from _tiers(f"{place}.tiers", contract.tiers)
    cap = contract.cap
    if cap is not None and cap.amount < contract.minimum_spend:
        found = f"got {cap.amount:g}, minimum_spend {contract.minimum_spend:g}"
        yield f"{place}.cap.amount", f"must be at least minimum_spend ({found})"


def _tiers(place: str, tiers: tuple[Tier, ...]) -> Iterator[tuple[str, str]]:
    for number, tier in enumerate(tiers[:-1], start=1):
        if tier.up_to is None:
            yield f"{place}.#{number}.up_to", "is missing; only the last tier has no limit"
    if tiers[-1].up_to is not None:
        remedy = f"leave it out, or add a tier for the minutes above {tiers[-1].up_to:g}"
        yield f"{place}.#{len(tiers)}.up_to", f"must not limit the last tier; {remedy}"
    limits = [(number, tier.up_to) for number, tier in enumerate(tiers, start=1) if tier.up_to is not None]
    for (_, before), (number, limit) in pairwise(limits):
        if limit <= before:
            found = f"got {limit:g} after {before:g}"
            problem = f"must be above the limit of the tier before, or they overlap ({found})"
            yield f"{place}.#{number}.up_to", problem
