"""A platform's money by the month: hand figures, discounted sums, and the page that explains them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import planner.technology
from planner.scenario.technology import Technology
from planner.technology import Option, annuity, fixed_per_month, monthly_rate

ROOT = Path(__file__).resolve().parents[2]
EQUATION = re.compile(r"\(T(\d+)\)  (.+)")


def page() -> str:
    return (ROOT / "docs" / "explanation" / "technology.md").read_text(encoding="utf-8")


def test_twelve_months_compound_to_a_year() -> None:
    assert (1 + monthly_rate(0.08)) ** 12 == pytest.approx(1.08)


def test_an_annuity_of_a_textbook() -> None:
    """1,000 over one year at 1 % a month are 88.85 a month (any table of annuities)."""
    assert annuity(1000.0, 1.0, 1.01**12 - 1) == pytest.approx(88.8488, abs=5e-5)


def test_without_interest_the_capital_is_spread_evenly() -> None:
    assert annuity(360_000.0, 3.0, 0.0) == 10_000.0


@given(capital=st.floats(1, 1e7), years=st.integers(1, 20), rate=st.floats(0.001, 1.0))
def test_the_payments_discounted_are_worth_the_capital(capital: float, years: int, rate: float) -> None:
    months = np.arange(1, 12 * years + 1)
    worth = annuity(capital, float(years), rate) * float(((1 + rate) ** (-months / 12)).sum())
    assert worth == pytest.approx(capital, rel=1e-9)


def test_upkeep_is_a_share_of_the_hardware_alone() -> None:
    own = Technology(capital=120_000.0, hardware_share=0.5, life_years=10.0, upkeep_share_per_year=0.2)
    assert fixed_per_month(own) == pytest.approx(1_000.0 + 60_000.0 * 0.2 / 12)


def test_a_subscription_has_no_capital() -> None:
    assert fixed_per_month(Technology(subscription_per_year=48_000.0)) == 4_000.0


def test_a_platform_costs_itself_and_its_seats() -> None:
    option = Option("saas", 900.0, 35.0, np.array([True]))
    assert option.cost(4) == 1_040.0


FORMULAS = (monthly_rate, annuity, fixed_per_month, Option.cost)


@pytest.mark.parametrize("number", range(1, 5))
def test_the_page_has_the_equation_of_the_docstring(number: int) -> None:
    formula: Any = FORMULAS[number - 1]
    found = EQUATION.match(inspect.getdoc(formula) or "")
    assert found
    assert int(found[1]) == number
    equation = re.split(r";|   ", found[2])[0].rstrip(".")
    assert f"    (T{number})  {equation}\n" in page()


def test_every_equation_is_written_once_and_every_cited_one_exists() -> None:
    defined = re.findall(r"^    \(T(\d+)\)", page(), re.MULTILINE)
    sources = (ROOT / "planner").rglob("*.py")
    cited = {number for file in sources for number in re.findall(r"\(T(\d+)\)", file.read_text())}
    assert defined == sorted(set(defined), key=int)
    assert cited == set(defined)


def test_public_names_are_sorted_and_real() -> None:
    names = planner.technology.__all__
    assert names == sorted(names)
    assert all(hasattr(planner.technology, name) for name in names)
