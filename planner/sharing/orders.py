"""A change shared out over what was changed, one part after another: in one order, or over all orders."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from planner.arrays import require
from planner.sharing.shapley import Terms


def orders_through(there: Sequence[bool]) -> tuple[list[int], list[int]]:
    """In how many orders the parts can be taken to come to each set, and from it to all of them.

    Parameters
    ----------
    there : 2^n flags; bit l of a place says whether part l is taken. False: nothing is known of that set,
        and no order leads through it

    Returns
    -------
    before, after : 2^n numbers of orders each; before[-1] is the number of all orders

    Raises
    ------
    ValueError
        If there is no such n.
    """
    parts = len(there).bit_length() - 1
    require(len(there) == 1 << parts, "a flag for each of 2^n sets")
    before, after = [0] * len(there), [0] * len(there)
    before[0], after[-1] = int(there[0]), int(there[-1])
    for taken in range(1, len(there)):
        if there[taken]:
            before[taken] = sum(before[taken ^ bit] for bit in _bits(taken))
    for taken in range(len(there) - 2, -1, -1):
        if there[taken]:
            after[taken] = sum(after[taken | bit] for bit in _bits(len(there) - 1 ^ taken))
    return before, after


def terms_of_orders(there: Sequence[bool]) -> Terms:
    """(G4)  w(S,l) = before(S) × after(S with l) / before(all)

    How each set counts in the share of each part: +w for S with l, -w for S. Where every set is there, this
    is the Shapley value.

    Raises
    ------
    ValueError
        If no order leads from nothing to everything.
    """
    before, after = orders_through(there)
    require(before[-1] > 0, "an order leads from nothing to everything")
    return [_of_part(part, before, after) for part in range(len(there).bit_length() - 1)]


def terms_of_path(path: Sequence[int]) -> Terms:
    """(G3)  change[k] = cost[k] - cost[k-1],    a term per step of a path of sets, each holding the last."""
    return [[(after, Fraction(1)), (before, Fraction(-1))] for before, after in _pairs(path)]


def _of_part(part: int, before: Sequence[int], after: Sequence[int]) -> list[tuple[int, Fraction]]:
    bit = 1 << part
    counts = ((taken, before[taken] * after[taken | bit]) for taken in range(len(before)) if not taken & bit)
    every = [(taken, Fraction(many, before[-1])) for taken, many in counts if many]
    return [term for taken, weight in every for term in ((taken | bit, weight), (taken, -weight))]


def _pairs(path: Sequence[int]) -> list[tuple[int, int]]:
    pairs = list(pairwise(path))
    require(all(before & after == before != after for before, after in pairs), "every set holds the last")
    return pairs


def _bits(taken: int) -> list[int]:
    return [1 << place for place in range(taken.bit_length()) if taken >> place & 1]
