"""A month and an hour of one person's work."""

from __future__ import annotations

from planner.scenario.pools import MonthlyPay, Pool
from planner.scenario.seat_pay import SeatPay

WEEKS_A_YEAR, MONTHS_A_YEAR = 52.0, 12.0


def month_hours(rules: Pool) -> float:
    """(L1)  month_hours = hours_per_week x 52 / 12."""
    return rules.contract.hours_per_week * WEEKS_A_YEAR / MONTHS_A_YEAR


def hourly_wage(rules: Pool) -> float:
    """(L2)  hourly_wage = wage where pay is by the hour, wage / month_hours where it is by the month.

    0 where pay is by the seat: wages are the vendor's.
    """
    if isinstance(rules.pay, SeatPay):
        return 0.0
    return rules.pay.wage / month_hours(rules) if isinstance(rules.pay, MonthlyPay) else rules.pay.wage


def benefits(rules: Pool) -> float:
    """On top of the wage, as a share of it; 0 where pay is by the seat."""
    return 0.0 if isinstance(rules.pay, SeatPay) else rules.pay.benefits
