"""Whole cents that add up: largest remainders, in exact whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from planner.arrays import require

CENTS = 100


def cents(money: float | Fraction) -> int:
    """An amount in whole cents, the nearest."""
    return round(Fraction(money) * CENTS)


def amount(whole: int) -> Decimal:
    """So many cents as money with two decimals."""
    return Decimal(whole).scaleb(-2)


def in_cents(exact: Sequence[Fraction], total: int) -> tuple[int, ...]:
    """(D8)  cents[i] = floor(100 × amount[i]), and one more for the largest remainders, till they add up

    Parameters
    ----------
    exact : money, of either sign
    total : cents that the result adds up to

    Returns
    -------
    Whole cents, each at most one away from its exact amount; of equal remainders the first ones rise

    Raises
    ------
    ValueError
        If the total is a cent or more away from the exact sum: then something is missing, not rounded.
    """
    wanted = [CENTS * money for money in exact]
    require(abs(sum(wanted, Fraction(0)) - total) < 1, "the total is the amounts' sum to the cent")
    floors = [money.numerator // money.denominator for money in wanted]
    missing = total - sum(floors)
    order = sorted(range(len(wanted)), key=lambda place: floors[place] - wanted[place])
    rising = set(order[:missing])
    return tuple(floor + (place in rising) for place, floor in enumerate(floors))


def divided(money: Fraction, weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """An amount in proportion to weights, exactly.

    Raises
    ------
    ValueError
        If all weights are 0.
    """
    whole = sum(weights, Fraction(0))
    require(whole > 0, "some weight is above 0")
    return tuple(money * weight / whole for weight in weights)
