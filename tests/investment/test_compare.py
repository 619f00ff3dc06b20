"""Platforms beside a baseline, by hand."""

from __future__ import annotations

import pytest

from planner.investment import CashFlow, CashFlows, Horizon, Side, cash_flows, flows_beside
from planner.scenario.technology import Technology

KNOWN = {
    "own": Technology(
        capital=300_000.0,
        hardware_share=0.5,
        life_years=5.0,
        discount_rate=0.08,
        upkeep_share_per_year=0.175,
    ),
    "saas": Technology(subscription_per_year=55_000.0, seat_price_per_month=100.0),
    "free": Technology(),
}


def flow(option: str, against: str, seats: tuple[float, ...], rate: float | None = None) -> CashFlow:
    return cash_flows(("s", "CNY"), KNOWN, (against, [option]), Horizon(seats, rate)).flows[0]


def test_an_own_platform_beside_a_service() -> None:
    """132 seats: the service costs 17,783.33 a month, the upkeep 2,187.50; 15,595.83 are saved."""
    found = flow("own", "saas", (132.0,) * 3)
    assert found.invested == 300_000.0
    assert found.saved == pytest.approx(36 * 15_595.8333333)
    assert found.return_on_investment == pytest.approx(0.8715)
    assert found.payback_month == pytest.approx(300_000 / 15_595.8333333)
    assert found.net_present_value == pytest.approx(199_742, abs=1)


def test_months_add_up_to_the_whole() -> None:
    found = flow("own", "saas", (10.0, 20.0, 30.0))
    assert len(found.months) == 37
    assert sum(month.present_value for month in found.months) == pytest.approx(found.net_present_value)
    assert found.months[-1].cumulative == pytest.approx(found.saved - found.invested)
    assert found.months[13].saved - found.months[12].saved == pytest.approx(1_000.0)


def test_the_other_way_round_everything_changes_its_sign() -> None:
    there, back = flow("own", "saas", (50.0,) * 3), flow("saas", "own", (50.0,) * 3)
    assert back.invested == -there.invested
    assert back.net_present_value == pytest.approx(-there.net_present_value)
    assert back.discount_rate == there.discount_rate == 0.08
    assert back.return_on_investment is None


def test_a_platform_beside_itself_is_worth_nothing() -> None:
    found = flow("own", "own", (9.0,))
    assert (found.net_present_value, found.payback_month, found.return_on_investment) == (0.0, 0.0, None)


def test_a_rate_that_is_given_goes_before_the_platforms_own() -> None:
    assert flow("own", "saas", (132.0,) * 3, 0.0).net_present_value == pytest.approx(261_450.0)


def test_beside_a_platform_that_is_free_nothing_is_ever_paid_back() -> None:
    found = flow("own", "free", (132.0,) * 3)
    assert found.saved < 0
    assert found.payback_month is None


def test_two_plans_differ_by_their_people_and_seats_too() -> None:
    """Own: 2,187.50 a month and people at 70,000. Service: 4,583.33 + 12 × 100, people at 80,000."""
    own = Side("own", KNOWN["own"], (10.0,) * 3, people=70_000.0)
    saas = Side("saas", KNOWN["saas"], (12.0,) * 3, people=80_000.0)
    found = flows_beside(("s", "CNY"), [own], saas).flows[0]
    monthly = 80_000 + 4_583.0 + 1 / 3 + 1_200 - 70_000 - 2_187.5
    assert found.people_saved_a_month == 10_000.0
    assert found.saved == pytest.approx(36 * monthly)
    assert found.payback_month == pytest.approx(300_000 / monthly)


def test_the_document_names_what_was_compared() -> None:
    found = cash_flows(("s", "CNY"), KNOWN, ("saas", ["own", "free"]), Horizon((1.0, 2.0)))
    assert (found.against, found.years, found.seats) == ("saas", 2, (1.0, 2.0))
    assert [one.option for one in found.flows] == ["own", "free"]
    assert CashFlows.model_validate_json(found.to_json()) == found
