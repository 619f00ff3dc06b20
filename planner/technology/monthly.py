"""A platform's money by the month."""

from __future__ import annotations

from planner.scenario.technology import Technology

MONTHS_A_YEAR = 12.0


def monthly_rate(discount_rate: float) -> float:
    """(T1)  i = (1 + discount_rate)^(1/12) - 1."""
    return float((1.0 + discount_rate) ** (1.0 / MONTHS_A_YEAR) - 1.0)


def annuity(capital: float, life_years: float, discount_rate: float) -> float:
    """(T2)  annuity = capital × i / (1 - (1 + i)^(-12 life_years)); capital / (12 life_years) where i = 0.

    Parameters
    ----------
    capital : money paid before the first month
    life_years : years, above 0
    discount_rate : share a year, at or above 0

    Returns
    -------
    money at the end of every month of the life, worth as much as the capital
    """
    months, i = MONTHS_A_YEAR * life_years, monthly_rate(discount_rate)
    return capital / months if i == 0 else capital * i / (1.0 - (1.0 + i) ** -months)


def fixed_per_month(of: Technology) -> float:
    """(T3)  fixed = annuity + (upkeep_share_per_year × hardware + subscription_per_year) / 12.

    Money a month, whatever the number of seats.
    """
    spread = annuity(of.capital, of.life_years, of.discount_rate) if of.life_years is not None else 0.0
    return spread + running_per_month(of)


def running_per_month(of: Technology) -> float:
    """Money a month once the capital is paid, seats apart: the second term of (T3)."""
    return (of.upkeep_share_per_year * of.hardware + of.subscription_per_year) / MONTHS_A_YEAR
