"""The volumes that quotes are compared over: from one to another, and the steps between that are shown."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from planner.arrays import require
from planner.contracts.quotes import Quotes
from planner.contracts.talk import MOST_SEATS, rounding_factor

MOST_STEPS = 1000
_MOST_MINUTES = 1e9
_ROWS = 10
_BEYOND = 1.25


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes of talk a month, from `first` to `last`, shown every `step`."""

    first: float
    last: float
    step: float

    def __post_init__(self) -> None:
        require(0 <= self.first < self.last < math.inf, "the volumes rise from 0 or more")
        require(0 < self.step < math.inf, "the step is above 0")
        steps = (self.last - self.first) / self.step
        require(steps <= MOST_STEPS, f"there are at most {MOST_STEPS:,} steps")

    @property
    def volumes(self) -> tuple[float, ...]:
        """The volumes shown; `last` always is one."""
        count = math.floor((self.last - self.first) / self.step * (1 + 1e-12))
        steps = [self.first + self.step * number for number in range(count + 1)]
        return (*(volume for volume in steps if volume < self.last), self.last)


def usual_span(quotes: Quotes, talk_minutes: float | None = None) -> Span:
    """A span that shows every threshold: up to a quarter above the largest one or a forecast's month.

    Parameters
    ----------
    talk_minutes : of the forecast's month, if there is one
    """
    largest = talk_minutes if talk_minutes is not None else max(_thresholds(quotes), default=10_000.0)
    step = usual_step(largest * _BEYOND)
    return Span(step, max(step * math.ceil(largest * _BEYOND / step), 2 * step), step)


def span_of(usual: Span, first: float | None, last: float | None, step: float | None) -> Span:
    """A usual span with what a person wants otherwise.

    Raises
    ------
    ValueError
        If the volumes do not rise, or in too many steps.
    """
    end = usual.last if last is None else last
    require(0 < end < math.inf, "the volumes rise from 0 or more")
    every = (usual.step if last is None else usual_step(end)) if step is None else step
    start = min(usual.first if last is None else every, end / 2) if first is None else first
    return Span(start, end, every)


def usual_step(last: float) -> float:
    """A round step that goes some ten times into a volume: 1, 2 or 5 times a power of 10."""
    rough = last / _ROWS
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(
        round_number for round_number in (1, 2, 5, 10) if rough <= round_number * power * 1.001
    )


def _thresholds(quotes: Quotes) -> Iterator[float]:
    """Minutes of talk at which a contract's terms change."""
    for contract in quotes.vendors.values():
        if contract.by == "seat":
            each = contract.talk_minutes_per_seat or 0.0
            committed = contract.corridor.committed_seats if contract.corridor is not None else 0
            seats = max(contract.minimum_seats, committed)
            yield from [seats * each] if seats * each > 0 else []
            continue
        factor = rounding_factor(contract, quotes.talk_seconds_per_contact)
        yield from (tier.up_to / factor for tier in contract.tiers if tier.up_to is not None)
        if contract.cap is not None:
            yield contract.cap.covers_minutes / factor
        if contract.minimum_spend > 0 and contract.tiers[0].price > 0:
            yield min(contract.minimum_spend / contract.tiers[0].price, _MOST_MINUTES) / factor


def beyond_reach(quotes: Quotes, last: float) -> Iterator[tuple[str, str]]:
    """Place and problem of every contract that so many minutes cannot be compared with."""
    for name, contract in quotes.vendors.items():
        if contract.by != "seat":
            continue
        place = f"vendors.{name}.talk_minutes_per_seat"
        if contract.talk_minutes_per_seat is None:
            yield place, "is missing; it holds: minutes of talk that one seat gives a month"
        elif last / contract.talk_minutes_per_seat > MOST_SEATS:
            yield (
                place,
                f"makes {last:,.0f} minutes more than {MOST_SEATS:,} seats; compare over fewer minutes",
            )
