"""One way to go where the program chooses among few: pieces of fees, and a platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

OFF = -1
"""In place of a piece: the contract is off."""


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """Some fees on some of their pieces, and one platform.

    bound : money no such plan can undercut
    platform : the one held; None where any may be
    pieces : {fee: (first, last)} in the order of piecewise_fees; any piece of a fee that is not named
    """

    bound: float
    platform: int | None = field(compare=False)
    pieces: Mapping[int, tuple[int, int]] = field(compare=False)


def for_more_work(ways: Sequence[Way]) -> tuple[Way, ...]:
    """The same ways for a program in which every plan costs as much here or more, and bills as much or more.

    A plan there has people who would do here, with no more on any fee: so what it costs is no less than the
    least bound of the ways here whose pieces may lie at or below its own.
    """
    return tuple(
        replace(way, bound=min(one.bound for one in ways if _may_lie_below(one, way))) for way in ways
    )


def _may_lie_below(one: Way, other: Way) -> bool:
    if None not in (one.platform, other.platform) and one.platform != other.platform:
        return False
    shared = one.pieces.keys() & other.pieces.keys()
    return all(one.pieces[fee][0] <= other.pieces[fee][1] for fee in shared)
