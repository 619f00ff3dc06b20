"""A scenario between two others: every field from the one or from the other, by its cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any, TypeVar

from planner.scenario.automation import Automation
from planner.scenario.document import Document
from planner.scenario.pools import Pool
from planner.scenario.scenario import ForecastFile, Queue, Scenario
from planner.scenario.seat_pay import SeatPay
from planner.scenario.technology import Technology
from planner.scenario.vendors import Vendor
from planner.seasons.causes import (
    AUTOMATION,
    INVESTMENT,
    MONEY,
    POOL,
    QUEUE,
    REST,
    SCENARIO,
    TECHNOLOGY,
    TURNOVER,
    UNCERTAINTY,
    VENDOR,
    Cause,
    Fields,
)

Part = TypeVar("Part", bound=Document)


@dataclass(frozen=True, slots=True)
class Taken:
    """The causes that are taken from the second of two; all else is the first's."""

    causes: Set[Cause]

    def of(self, cause: Cause | None, first: Part, second: Part) -> Part:
        """Whose part counts."""
        return second if cause in self.causes else first

    def blend(self, first: Part, second: Part, fields: Fields, **apart: Any) -> Part:
        """A part field by field; `apart` has fields that were decided already."""
        chosen = {
            name: getattr(self.of(fields.get(name, REST), first, second), name)
            for name in type(first).model_fields
            if name not in apart
        }
        return first.model_copy(update={**chosen, **apart})

    def named(
        self, first: Mapping[str, Part], second: Mapping[str, Part], mix: Callable[[Part, Part], Part]
    ) -> dict[str, Part]:
        """Parts by name: the names are structure, and what both have is mixed."""
        names = second if REST in self.causes else first
        return {
            name: mix(first[name], second[name]) if name in first and name in second else part
            for name, part in names.items()
        }


def mixed_scenario(first: Scenario, second: Scenario, causes: Set[Cause]) -> Scenario:
    """The first scenario with these causes taken from the second; without its sourcing and its forecast file.

    A field that no table of `causes.py` names is structure, so that with every cause taken all that
    matters is the second's.
    """
    take = Taken(causes)
    queues = take.named(first.queues, second.queues, lambda a, b: _queue(take, a, b))
    pools = take.named(first.pools, second.pools, lambda a, b: _pool(take, a, b))
    vendors = take.named(first.vendors, second.vendors, lambda a, b: _vendor(take, a, b))
    technologies = take.named(first.technologies, second.technologies, lambda a, b: _technology(take, a, b))
    return take.blend(
        first,
        second,
        SCENARIO,
        queues=queues,
        pools={name: _resolving(pool, queues) for name, pool in pools.items()},
        vendors=vendors,
        technologies=technologies,
        investments=take.named(
            first.investments, second.investments, lambda a, b: take.blend(a, b, INVESTMENT)
        ),
        uncertainty=take.blend(first.uncertainty, second.uncertainty, UNCERTAINTY),
        forecast=ForecastFile(),
        sourcing={},
    )


def _queue(take: Taken, first: Queue, second: Queue) -> Queue:
    return take.blend(first, second, QUEUE, automation=_automation(take, first.automation, second.automation))


def _automation(take: Taken, first: Automation | None, second: Automation | None) -> Automation | None:
    """What AI may take; where only one has any, its prices come with it."""
    if first is None or second is None:
        return second if "automation" in take.causes else first
    return take.blend(first, second, AUTOMATION)


def _pool(take: Taken, first: Pool, second: Pool) -> Pool:
    turnover = take.blend(first.turnover, second.turnover, TURNOVER)
    by_wages = not isinstance(first.pay, SeatPay) and not isinstance(second.pay, SeatPay)
    cause: Cause = "prices" if by_wages or _terms(first.pay) == _terms(second.pay) else "contracts"
    pay = second.pay if cause in take.causes else first.pay
    return take.blend(first, second, POOL, turnover=turnover, pay=pay)


def _resolving(pool: Pool, queues: Mapping[str, Queue]) -> Pool:
    """The pool with first-contact resolution of queues that it serves and that have repeats."""
    kept = {
        name: share
        for name, share in pool.first_contact_resolution.items()
        if name in pool.queues and name in queues and queues[name].repeats is not None
    }
    return pool.model_copy(update={"first_contact_resolution": kept})


def _vendor(take: Taken, first: Vendor, second: Vendor) -> Vendor:
    same_terms = _terms(first.contract) == _terms(second.contract)
    cause: Cause = "prices" if same_terms else "contracts"
    contract = take.of(cause, first.contract, second.contract)
    return take.blend(first, second, VENDOR, contract=contract)


def _terms(contract: Document) -> object:
    """A contract without its money."""
    return _without_money(contract.model_dump())


def _without_money(given: object) -> object:
    if isinstance(given, dict):
        return {name: _without_money(part) for name, part in given.items() if name not in MONEY}
    return [_without_money(part) for part in given] if isinstance(given, (list, tuple)) else given


def _technology(take: Taken, first: Technology, second: Technology) -> Technology:
    return take.blend(first, second, TECHNOLOGY)
