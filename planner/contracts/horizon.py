"""A contract over the days of a plan: the month's fee, as many times as the days make months."""

from __future__ import annotations

import math

from planner.arrays import frozen
from planner.contracts.curve import FeeCurve
from planner.contracts.invoice import Invoice, invoice
from planner.contracts.talk import fee_curve, monthly_setup
from planner.scenario.contracts import MinuteContract, SeatContract


def horizon_invoice(contract: SeatContract | MinuteContract, volume: float, months: float) -> Invoice:
    """The invoice of a month of the horizon: its minutes are scaled to a month, its seats are what they are.

    Parameters
    ----------
    volume : seats, or minutes billed over the horizon
    """
    monthly = volume if contract.by == "seat" else volume / months
    return invoice(contract, monthly)


def horizon_fee(contract: SeatContract | MinuteContract, volume: float, months: float) -> float:
    """Money for the horizon, with a setup fee that falls due at once.

    Equation (K14) of docs/explanation/contracts.md.
    """
    return months * horizon_invoice(contract, volume, months).fee + due_at_once(contract)


def due_at_once(contract: SeatContract | MinuteContract) -> float:
    """The setup fee where it is not spread over months; else 0."""
    setup = contract.setup_fee
    return setup.amount if setup is not None and setup.months is None else 0.0


def horizon_curve(contract: SeatContract | MinuteContract, months: float) -> FeeCurve:
    """The horizon's fee over seats, or over minutes billed in it, setup fee included.

    Equation (K14) of docs/explanation/contracts.md.
    """
    month = fee_curve(contract).plus(monthly_setup(contract))
    once = due_at_once(contract)
    by_minute = contract.by == "minute"
    return FeeCurve(
        frozen(month.lower * months) if by_minute else month.lower,
        frozen(month.upper * months) if by_minute else month.upper,
        frozen(month.fee * months + once),
        month.slope if by_minute else frozen(month.slope * months),
        month.at_zero * months + once,
    )


def billable(curve: FeeCurve, most: float) -> FeeCurve:
    """The pieces that so much volume can reach, the last one ending there."""
    reached = curve.lower < max(most, math.ulp(0.0))
    upper = curve.upper[reached].copy()
    upper[-1] = min(upper[-1], max(most, curve.lower[reached][-1] + 1e-9))
    return FeeCurve(
        curve.lower[reached], frozen(upper), curve.fee[reached], curve.slope[reached], curve.at_zero
    )
