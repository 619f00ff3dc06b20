"""What technologies owe the pools, and their own fields each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.scenario.pools import Pool
from planner.scenario.technology import Technology
from planner.scenario.words import suggestion


def technology_mistakes(
    technologies: Mapping[str, Technology | None], pools: Mapping[str, Pool | None]
) -> Iterator[tuple[str, str]]:
    """Place and problem of every mistake; None stands for a part with mistakes of its own."""
    for name, given in technologies.items():
        if given is not None:
            yield from _money(f"technologies.{name}", given)
            yield from _named(f"technologies.{name}.pools", given, pools)


def _money(place: str, given: Technology) -> Iterator[tuple[str, str]]:
    if given.capital > 0 and given.life_years is None:
        yield f"{place}.life_years", "is needed with capital; write such as life_years: 5"
    if given.capital == 0 and given.upkeep_share_per_year > 0:
        yield (
            f"{place}.upkeep_share_per_year",
            "is a share of the hardware, and there is none; write capital, or subscription_per_year",
        )


def _named(place: str, given: Technology, pools: Mapping[str, Pool | None]) -> Iterator[tuple[str, str]]:
    if given.pools is None or not pools:
        return
    for name in given.pools:
        if name not in pools:
            yield place, f"names no pool (got {name!r}; {suggestion(name, [*pools])})"
    if not given.pools and not any(pool is None or pool.brings_platform for pool in pools.values()):
        yield (
            place,
            "lets nobody work: no pool brings a platform; name a pool, or write brings_platform: true at one",
        )
