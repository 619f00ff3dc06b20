"""When the verdicts are looked at while replications go on."""

from __future__ import annotations

FIRST = 50
"""Replications before the first look; fewer say little of a rare interval."""


def looks(replications: int) -> tuple[int, ...]:
    """(V5)  After 50, 100, 200, ... replications, and after the last.

    Whoever stops as soon as the figures please him is wrong more often than he says. So the looks are few,
    known before the first replication, and share the error allowed in equal parts.
    """
    found = []
    next_one = FIRST
    while next_one < replications:
        found.append(next_one)
        next_one *= 2
    return (*found, replications)
