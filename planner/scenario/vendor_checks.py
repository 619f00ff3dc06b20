"""What a vendor's fields owe each other and the queues."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planner.scenario.contract_checks import contract_mistakes
from planner.scenario.vendors import Vendor
from planner.scenario.words import suggestion


def vendor_mistakes(place: str, vendor: Vendor, others: Collection[str]) -> Iterator[tuple[str, str]]:
    """Place and problem of every rule that a vendor breaks.

    Parameters
    ----------
    others : the names of the queues
    """
    for name in vendor.queues:
        if others and name not in others:
            yield f"{place}.queues", f"names no queue (got {name!r}; {suggestion(name, [*others])})"
    for name in sorted({name for name in vendor.queues if vendor.queues.count(name) > 1}):
        yield f"{place}.queues", f"names {name!r} twice; keep one"
    yield from contract_mistakes(f"{place}.contract", vendor.contract)
    if vendor.contract.most_minutes_changed_per_month is not None:
        yield (
            f"{place}.contract.most_minutes_changed_per_month",
            "says nothing within one plan, which has no month before it; leave it out",
        )


def same_name(vendors: Collection[str], pools: Collection[str]) -> Iterator[tuple[str, str]]:
    """Vendors that are called like a pool, so that a plan could not tell them apart."""
    for name in vendors:
        if name in pools:
            yield f"vendors.{name}", "is the name of a pool too; give one of them another name"
