"""What investments owe the queues and pools that they change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from planner.scenario.investments import Investment, QueueEffect
from planner.scenario.pools import Pool
from planner.scenario.scenario import Queue
from planner.scenario.words import suggestion

_SAME = 1e-9


def investment_mistakes(
    investments: Mapping[str, Investment | None],
    queues: Mapping[str, Queue | None],
    pools: Mapping[str, Pool | None],
) -> Iterator[tuple[str, str]]:
    """Place and problem of every mistake; None stands for a part with mistakes of its own."""
    right = {name: given for name, given in investments.items() if given is not None}
    for name, given in right.items():
        place = f"investments.{name}"
        yield from _money(place, given)
        yield from _named(f"{place}.queues", "queue", [*given.queues], [*queues])
        yield from _named(f"{place}.pools", "pool", [*given.pools], [*pools])
        for queue, effect in given.queues.items():
            yield from _needs(f"{place}.queues.{queue}", effect, queues.get(queue))
    for name, rules in queues.items():
        if rules is not None:
            yield from _beyond(name, rules, right, pools)


def _money(place: str, given: Investment) -> Iterator[tuple[str, str]]:
    if given.capital > 0 and given.life_years is None:
        yield f"{place}.life_years", "is needed with capital; write such as life_years: 3"
    if not given.changes_something and given.saves_per_month == 0 and given.take == "if_it_pays":
        yield (
            place,
            "changes nothing; write what it does under queues or pools, or saves_per_month, or take: always",
        )


def _named(place: str, what: str, given: list[str], known: list[str]) -> Iterator[tuple[str, str]]:
    for name in given:
        if known and name not in known:
            yield f"{place}.{name}", f"is no {what} ({suggestion(name, known)})"


def _needs(place: str, effect: QueueEffect, queue: Queue | None) -> Iterator[tuple[str, str]]:
    if queue is None:
        return
    if effect.more_resolved > 0 and queue.repeats is None:
        yield f"{place}.more_resolved", "says nothing unless the queue has repeats; write repeats there"
    if effect.more_contained > 0 and queue.automation is None:
        yield (
            f"{place}.more_contained",
            "says nothing unless the queue has automation; write automation there",
        )


def _beyond(
    name: str, rules: Queue, given: Mapping[str, Investment], pools: Mapping[str, Pool | None]
) -> Iterator[tuple[str, str]]:
    """Shares that all investments together would raise above 1."""
    place = f"queues.{name}"
    if rules.repeats is not None:
        solved = [rules.repeats.first_contact_resolution]
        solved += [
            pool.first_contact_resolution.get(name, 0.0) for pool in pools.values() if pool is not None
        ]
        more = _together(name, given, lambda effect: effect.more_resolved)
        if more > 0 and max(solved) + more > 1 + _SAME:
            yield (
                place,
                f"investments together raise first-contact resolution to {max(solved) + more:.4g}; "
                "at most 1 can be",
            )
    if rules.automation is not None:
        kept = [intent.containment for intent in rules.automation.intents if intent.automatable]
        more = _together(name, given, lambda effect: effect.more_contained)
        if kept and more > 0 and max(kept) + more > 1 + _SAME:
            yield place, f"investments together raise containment to {max(kept) + more:.4g}; at most 1 can be"


def _together(name: str, given: Mapping[str, Investment], of: Callable[[QueueEffect], float]) -> float:
    return sum(of(one.queues[name]) for one in given.values() if name in one.queues and one.take != "never")
