"""The Shapley value of a game given by the cost of every coalition, exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import comb
from typing import TypeAlias

from planner.arrays import require

MOST_PLAYERS = 8

Terms: TypeAlias = Sequence[Sequence[tuple[int, Fraction]]]
"""Per player, coalitions by their bits and how much the cost of each counts in the player's share."""
Costs: TypeAlias = Mapping[int, Fraction] | Sequence[Fraction]
"""A cost for every coalition that counts, by its bits."""


def shapley(cost: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """(D9)  phi[l] = sum over S without l of |S|! (n - |S| - 1)! / n! × (c(S with l) - c(S))

    Parameters
    ----------
    cost : 2^n costs; bit l of a place says whether player l is in the coalition; that of nobody is 0

    Returns
    -------
    n shares, which add up to the cost of all together

    Raises
    ------
    ValueError
        If there is no such n, or nobody costs something.
    """
    return values(_terms(_players(cost)), cost)


def shapley_range(low: Sequence[Fraction], high: Sequence[Fraction]) -> tuple[tuple[Fraction, Fraction], ...]:
    """(D11)  low phi[l] = sum over S with l of w(S) × low c(S) - sum over S without l of w(S) × high c(S)

    and high phi[l] with low and high changed about. Every coalition stands in (D9) once for each player, with
    l for its cost and without l against it: so the range is exact where each cost may be anything between.

    Parameters
    ----------
    low, high : 2^n costs each, as in `shapley`

    Returns
    -------
    n pairs: least and largest share of each player

    Raises
    ------
    ValueError
        If there is no such n, or nobody costs something.
    """
    require(len(low) == len(high), "every coalition has a least and a largest cost")
    return ranges(_terms(_players(low)), low, high)


def values(terms: Terms, cost: Costs) -> tuple[Fraction, ...]:
    """The share of each player, when every coalition counts as its terms say."""
    return tuple(sum((weight * cost[mask] for mask, weight in mine), Fraction(0)) for mine in terms)


def ranges(terms: Terms, low: Costs, high: Costs) -> tuple[tuple[Fraction, Fraction], ...]:
    """Least and largest share of each player, when every cost may be anything between its low and high."""
    return tuple(
        (
            sum((w * (low if w > 0 else high)[mask] for mask, w in mine), Fraction(0)),
            sum((w * (high if w > 0 else low)[mask] for mask, w in mine), Fraction(0)),
        )
        for mine in terms
    )


def _players(cost: Sequence[Fraction]) -> int:
    players = len(cost).bit_length() - 1
    require(players >= 1 and len(cost) == 1 << players, "a cost for each of 2^n coalitions")
    require(cost[0] == 0, "nobody costs nothing")
    return players


def _terms(players: int) -> Terms:
    """Per player every coalition and how its cost counts: w(S), with the sign of (D11).

    |S|! (n - |S| - 1)! / n! is 1 / (n × (n - 1 over |S|)), |S| being without the player.
    """
    return [
        [
            (
                mask,
                _weight(players, mask.bit_count() - 1)
                if mask >> player & 1
                else -_weight(players, mask.bit_count()),
            )
            for mask in range(1 << players)
        ]
        for player in range(players)
    ]


def _weight(players: int, others: int) -> Fraction:
    return Fraction(1, players * comb(players - 1, others))
