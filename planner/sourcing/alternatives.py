"""The problem of one alternative at one volume: its pools, vendors, technology, forecast and prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from planner.arrays import frozen
from planner.problem import Problem
from planner.scenario.pools import Pool
from planner.scenario.seat_pay import SeatPay
from planner.scenario.sourcing import Alternative
from planner.scenario.technology import Technology
from planner.scenario.vendors import Vendor
from planner.sourcing.document import Price


def contacts_a_day(problem: Problem) -> float:
    """(O1)  contacts a day = sum of the forecast's contacts / days of the calendar, closed days too."""
    return float(problem.forecast.contacts.sum()) / len(problem.calendar.days)


def problem_of(
    problem: Problem, chosen: Alternative, volume: float, factors: Mapping[Price, float] | None = None
) -> Problem:
    """The problem with an alternative's pools, vendors and technology alone, at so many contacts a day.

    The one place that narrows a scenario to an alternative: whatever else one may come to name belongs here.

    Parameters
    ----------
    volume : contacts a day; every interval of every queue is scaled alike
    factors : on the wages of the pools, all prices of vendors by minute or seat, all of technology; 1 where
        left out
    """
    asked, given = dict(factors or {}), problem.scenario
    pools = {name: _paid(given.pools[name], asked) for name in chosen.pools}
    vendors = {name: _billed(given.vendors[name], asked.get("vendors", 1.0)) for name in chosen.vendors}
    technologies = {
        name: _priced(rules, asked.get("technology", 1.0))
        for name, rules in given.technologies.items()
        if chosen.technology in {None, name}
    }
    empty = {name: _nobody(rules) for name, rules in given.pools.items()}
    fields = {"pools": pools or empty, "vendors": vendors, "technologies": technologies, "sourcing": {}}
    scaled = frozen(problem.forecast.contacts * (volume / contacts_a_day(problem)))
    return replace(
        problem,
        scenario=given.model_copy(update=fields),
        forecast=replace(problem.forecast, contacts=scaled),
    )


def _nobody(pool: Pool) -> Pool:
    fields: dict[str, object] = {"maximum_seats": 0, "minimum_headcount": 0}
    if isinstance(pool.pay, SeatPay):
        fields["pay"] = pool.pay.model_copy(update={"signed": False, "seats_now": None})
    return pool.model_copy(update=fields)


def _paid(pool: Pool, factors: Mapping[Price, float]) -> Pool:
    if isinstance(pool.pay, SeatPay):
        return pool.model_copy(update={"pay": _seated(pool.pay, factors.get("vendors", 1.0))})
    pay = pool.pay.model_copy(update={"wage": pool.pay.wage * factors.get("labour", 1.0)})
    return pool.model_copy(update={"pay": pay})


def _seated(pay: SeatPay, factor: float) -> SeatPay:
    """Pay by the seat with every price of the contract times a factor."""
    fields: dict[str, object] = {"price": pay.price * factor}
    if pay.corridor is not None:
        prices = {name: getattr(pay.corridor, name) * factor for name in ("price_above", "charge_below")}
        fields["corridor"] = pay.corridor.model_copy(update=prices)
    if pay.setup_fee is not None:
        fields["setup_fee"] = pay.setup_fee.model_copy(update={"amount": pay.setup_fee.amount * factor})
    return pay.model_copy(update=fields)


def _billed(vendor: Vendor, factor: float) -> Vendor:
    """The vendor with every price of its contract times a factor."""
    given = vendor.contract
    tiers = tuple(tier.model_copy(update={"price": tier.price * factor}) for tier in given.tiers)
    fields: dict[str, object] = {"tiers": tiers, "minimum_spend": given.minimum_spend * factor}
    if given.cap is not None:
        prices = {name: getattr(given.cap, name) * factor for name in ("amount", "price_beyond")}
        fields["cap"] = given.cap.model_copy(update=prices)
    if given.setup_fee is not None:
        fields["setup_fee"] = given.setup_fee.model_copy(update={"amount": given.setup_fee.amount * factor})
    return vendor.model_copy(update={"contract": given.model_copy(update=fields)})


def _priced(rules: Technology, factor: float) -> Technology:
    prices = ("capital", "subscription_per_year", "seat_price_per_month")
    return rules.model_copy(update={name: getattr(rules, name) * factor for name in prices})
