"""What ways to source owe the pools, queues and technologies they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.scenario.pools import Pool
from planner.scenario.sourcing import Alternative
from planner.scenario.technology import Technology
from planner.scenario.vendors import Vendor
from planner.scenario.words import suggestion


def sourcing_mistakes(
    alternatives: Mapping[str, Alternative | None],
    pools: Mapping[str, Pool | None],
    vendors: Mapping[str, Vendor | None],
    technologies: Mapping[str, Technology | None],
    queues: Sequence[str],
) -> Iterator[tuple[str, str]]:
    """Place and problem of every mistake; None stands for a part with mistakes of its own."""
    if len(alternatives) == 1:
        yield "sourcing", "needs two alternatives or more to compare (got 1)"
    for name, given in alternatives.items():
        if given is None:
            continue
        place = f"sourcing.{name}"
        unknown = [*_unknown(place, given, pools, vendors)]
        yield from unknown
        if not unknown and None not in (*pools.values(), *vendors.values()):
            yield from _served(place, given, {**pools, **vendors}, queues)
        yield from _technology(f"{place}.technology", given, pools, technologies)


def _unknown(
    place: str,
    given: Alternative,
    pools: Mapping[str, Pool | None],
    vendors: Mapping[str, Vendor | None],
) -> Iterator[tuple[str, str]]:
    for pool in given.pools:
        if pool not in pools:
            yield f"{place}.pools", f"names no pool (got {pool!r}; {suggestion(pool, [*pools])})"
    for vendor in given.vendors:
        if vendor not in vendors:
            yield f"{place}.vendors", f"names no vendor (got {vendor!r}; {suggestion(vendor, [*vendors])})"


def _served(
    place: str, given: Alternative, labour: Mapping[str, Pool | Vendor | None], queues: Sequence[str]
) -> Iterator[tuple[str, str]]:
    mine = [labour.get(name) for name in (*given.pools, *given.vendors)]
    served = {queue for one in mine if one is not None for queue in one.queues}
    for queue in queues:
        if queue not in served:
            yield place, f"serves no queue {queue!r}; add a pool or vendor that does"


def _technology(
    place: str,
    given: Alternative,
    pools: Mapping[str, Pool | None],
    technologies: Mapping[str, Technology | None],
) -> Iterator[tuple[str, str]]:
    if given.technology is None:
        return
    if given.technology not in technologies:
        remedy = suggestion(given.technology, [*technologies])
        yield place, f"names no technology (got {given.technology!r}; {remedy})"
        return
    platform = technologies[given.technology]
    for name in given.pools if platform is not None and platform.pools is not None else ():
        pool = pools.get(name)
        allowed = platform is not None and platform.pools is not None and name in platform.pools
        if pool is not None and not pool.brings_platform and not allowed:
            yield place, f"{given.technology} does not let {name} work; add {name} to its pools"
