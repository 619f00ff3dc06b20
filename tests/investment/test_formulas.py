"""Present value, return and payback: hand figures, closed forms, and the page that explains them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import planner.investment
from planner.arrays import Floats
from planner.investment import effects, net_present_value, payback_month, return_on_investment
from planner.investment.compare import beside
from planner.investment.outlays import outlays
from planner.scenario.technology import Technology
from planner.staffing.investing import _Tree
from planner.technology import annuity

ROOT = Path(__file__).resolve().parents[2]
EQUATION = re.compile(r"\(F(\d+)\)  (.+)")
FORMULAS = (
    outlays, beside, net_present_value, return_on_investment, payback_month, effects.cost_per_month,
    effects.with_effects, effects._automation, effects._repeats, effects._pool, _Tree._with_bound,
)  # fmt: skip


def page() -> str:
    return (ROOT / "docs" / "explanation" / "investment.md").read_text(encoding="utf-8")


def level(invested: float, saved: float, months: int) -> Floats:
    return np.concatenate([[-invested], np.full(months, saved)])


def test_a_present_value_by_hand() -> None:
    """1,000 now for 600 after one year and 600 after two, at 10 %: -1000 + 545.45 + 495.87."""
    flow = np.zeros(25)
    flow[[0, 12, 24]] = -1000.0, 600.0, 600.0
    assert net_present_value(flow, 0.1) == pytest.approx(41.322314, abs=1e-6)


def test_at_no_interest_the_present_value_is_the_sum() -> None:
    assert net_present_value(level(500.0, 20.0, 36), 0.0) == pytest.approx(220.0)


@given(rate=st.floats(0.001, 0.9), saved=st.floats(1, 1e5), years=st.integers(1, 10))
def test_level_savings_are_worth_what_the_closed_form_says(rate: float, saved: float, years: int) -> None:
    i = (1 + rate) ** (1 / 12) - 1
    closed = saved * (1 - (1 + i) ** (-12 * years)) / i - 1000.0
    found = net_present_value(level(1000.0, saved, 12 * years), rate)
    assert found == pytest.approx(closed, rel=1e-9, abs=1e-6)


@given(rate=st.floats(0, 0.9), capital=st.floats(1, 1e6), years=st.integers(1, 10))
def test_savings_of_its_annuity_make_capital_worth_nothing(rate: float, capital: float, years: int) -> None:
    flow = level(capital, annuity(capital, float(years), rate), 12 * years)
    assert net_present_value(flow, rate) == pytest.approx(0.0, abs=1e-6 * capital)


def test_the_return_counts_what_comes_back_beyond_the_capital() -> None:
    assert return_on_investment(300_000.0, 450_000.0) == pytest.approx(0.5)
    assert return_on_investment(300_000.0, 150_000.0) == pytest.approx(-0.5)


@pytest.mark.parametrize("invested", [0.0, -100.0])
def test_where_nothing_is_invested_there_is_no_return(invested: float) -> None:
    assert return_on_investment(invested, 50.0) is None


@pytest.mark.parametrize(
    "flow, month",
    [
        (level(1000.0, 100.0, 36), 10.0),
        (level(1000.0, 300.0, 36), 10 / 3),
        (level(1000.0, 27.0, 36), None),
        (level(1000.0, -5.0, 36), None),
        (level(0.0, 5.0, 3), 0.0),
        (np.array([-100.0, 60.0, 60.0, -50.0, 40.0]), 3.75),
        (np.array([-100.0, 100.0, 0.0]), 1.0),
        (np.array([50.0, -20.0, -20.0]), 0.0),
    ],
)
def test_payback_is_the_month_from_which_nothing_is_owed_again(flow: Floats, month: float | None) -> None:
    found = payback_month(flow)
    assert found == (None if month is None else pytest.approx(month))


@given(invested=st.floats(1, 1e6), saved=st.floats(1, 1e5))
def test_payback_of_level_savings_is_the_quotient(invested: float, saved: float) -> None:
    found, quotient = payback_month(level(invested, saved, 60)), invested / saved
    assert (found is None) if quotient > 60.001 else quotient > 59.999 or found == pytest.approx(quotient)


def test_upkeep_subscription_and_seats_are_paid_every_month() -> None:
    of = Technology(
        capital=1000.0,
        hardware_share=0.6,
        life_years=5.0,
        upkeep_share_per_year=0.2,
        subscription_per_year=120.0,
        seat_price_per_month=7.0,
    )
    paid = outlays(of, np.array([1.0, 2.0, 0.0]))
    assert paid.running == pytest.approx([0.0, 27.0, 34.0, 20.0])
    assert paid.capital == pytest.approx([1000.0, 0.0, 0.0, 0.0])


@pytest.mark.parametrize("life, due", [(1.0, [0, 12, 24]), (1.5, [0, 18]), (3.0, [0]), (2.04, [0, 25])])
def test_capital_is_paid_again_when_its_life_ends_before_the_horizon(life: float, due: list[int]) -> None:
    paid = outlays(Technology(capital=50.0, life_years=life), np.ones(36))
    assert np.flatnonzero(paid.capital).tolist() == due


@pytest.mark.parametrize("number", range(1, 12))
def test_the_page_has_the_equation_of_the_docstring(number: int) -> None:
    formula: Any = FORMULAS[number - 1]
    found = EQUATION.match(inspect.getdoc(formula) or "")
    assert found
    assert int(found[1]) == number
    assert f"    (F{number})  {found[2].rstrip('.')}\n" in page()


def test_every_equation_is_written_once_and_every_cited_one_exists() -> None:
    defined = re.findall(r"^    \(F(\d+)\)", page(), re.MULTILINE)
    sources = (ROOT / "planner").rglob("*.py")
    cited = {number for file in sources for number in re.findall(r"\(F(\d+)\)", file.read_text())}
    assert [int(number) for number in defined] == list(range(1, 12))
    assert cited == set(defined)


def test_public_names_are_sorted_and_real() -> None:
    names = planner.investment.__all__
    assert names == sorted(names)
    assert all(hasattr(planner.investment, name) for name in names)
