"""When the verdicts are looked at while replications go on."""

from __future__ import annotations

FIRST = 50
"""Replications before the first look; fewer say little of a rare interval."""


def looks(replications: int) -> tuple[int, ...]:
    """(V8)  After 50, 100, 200, ... replications, and after the last.

    Whoever stops as soon as the figures please him is wrong more often than he says. So the looks are few,
    known before the first replication, and share the error allowed.
    """
    found = []
    next_one = FIRST
    while next_one < replications:
        found.append(next_one)
        next_one *= 2
    return (*found, replications)


def spent(replications: int, schedule: tuple[int, ...]) -> float:
    """(V9)  Share of the error that a look may spend: that of the replications since the look before."""
    return (replications - _before(replications, schedule)) / schedule[-1]


def left(replications: int, schedule: tuple[int, ...]) -> float:
    """(V9)  Share of the error that is not spent yet, for a replay that ends here whatever it says."""
    return 1.0 - _before(replications, schedule) / schedule[-1]


def _before(replications: int, schedule: tuple[int, ...]) -> int:
    """Replications of the look before; 0 where there was none."""
    return max((look for look in schedule if look < replications), default=0)
