"""Prices from duals beside finite differences of relaxations and beside plans made again."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from planner.cli.app import app
from planner.diagnosis import rules_of
from planner.diagnosis.edits import Edit, edited
from planner.explaining import Prices, prices_of
from planner.explaining.prices import steps_of
from planner.explaining.relaxed import price_of, relaxed
from planner.plan import Plan
from planner.problem import Problem
from planner.program.build import build
from planner.program.instance import instance
from planner.report.prices_text import print_prices
from planner.solver.linear import LinearSession
from planner.solver.relaxation import NoPointHolds
from planner.staffing import make_plan
from tests.program.small_problems import pool, problem, queue, scenario, shifts

LONG, SHORT = shifts("08:00", 4.0), shifts(["08:00", "10:00"], 2.0)
H = 1e-4


def made(
    contacts: list[float], rate: float, seats: int, books: int, contract: float, wage: float = 30.0
) -> Problem:
    own = pool(LONG, SHORT, pay={"by": "month", "wage": 3000.0}, maximum_headcount=books)
    own["contract"] = {"hours_per_week": contract}
    home = pool(SHORT, wage=wage, maximum_seats=seats)
    calls = {"calls": queue(service={"answer_rate": rate, "average_wait_seconds": 12.0, "floor": 0.7})}
    return problem(scenario(calls, {"own": own, "home": home}), {"calls": contacts})


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    contacts = draw(st.lists(st.integers(4, 60).map(float), min_size=4, max_size=4))
    rate = draw(st.sampled_from([0.8, 0.85, 0.9, 0.93]))
    seats, books = draw(st.integers(1, 5)), draw(st.integers(2, 9))
    return made(contacts, rate, seats, books, draw(st.sampled_from([14.0, 20.0, 40.0])))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(problems())
def test_duals_lie_between_the_differences_on_both_sides(of: Problem) -> None:
    ruled = rules_of(of)
    with LinearSession(time.monotonic() + 60.0) as session:
        try:
            base = relaxed(ruled.problem, session)
        except NoPointHolds:
            return
        near = 2e-5 * base.cost
        for step in steps_of(ruled):
            part = 1.0 if step.steps.whole else H
            moved = [
                edited(ruled.problem, (Edit(step.steps.place, step.at(sign * part)),)) for sign in (1, -1)
            ]
            price = price_of(base, build(instance(moved[0])).matrix)
            if price is None:
                continue
            sides = []
            for sign, one in zip((1, -1), moved, strict=True):
                try:
                    sides.append(sign * (relaxed(one, session).cost - base.cost))
                except NoPointHolds:
                    sides.append(sign * float("inf"))
            assert min(sides) - near <= price <= max(sides) + near, (step.rule.field, price, sides)


def test_one_more_seat_of_the_cheaper_pool_saves_what_the_dearer_one_costs_more() -> None:
    own = pool(LONG, wage=20.0, maximum_seats=3)
    of = scenario({"calls": queue(service={"floor": None})}, {"own": own, "home": pool(LONG, wage=30.0)})
    plan = make_plan(problem(of, {}, agents={"calls": [8.0]}))
    (seats,) = [one for one in prices_of(plan, 60.0).prices if one.field == "pools.own.maximum_seats"]
    assert seats.price == pytest.approx(-4 * (30.0 - 20.0))
    assert seats.holds_to == 7.0
    assert seats.difference == pytest.approx(-40.0)
    assert seats.least is not None
    assert seats.most is not None
    assert seats.least <= -40.0 <= seats.most + 1e-6


@pytest.fixture(scope="module")
def found() -> tuple[Plan, Prices]:
    plan = make_plan(made([14.0, 40.0, 30.0, 9.0], 0.9, 2, 4, 20.0))
    return plan, prices_of(plan, 60.0)


def test_a_plan_made_with_the_step_confirms_the_price(found: tuple[Plan, Prices]) -> None:
    plan, prices = found
    assert prices.complete
    priced = [one for one in prices.prices if one.price]
    assert priced
    for one in priced:
        assert one.difference is not None
        assert one.least is not None
        assert one.most is not None
        assert one.least - 1e-6 <= one.difference <= one.most + 1e-6
    assert prices.relaxation <= prices.bound + 1e-6 * plan.cost


def test_a_looser_limit_never_costs_and_a_stricter_promise_never_saves(found: tuple[Plan, Prices]) -> None:
    for one in found[1].prices:
        if one.price:
            assert (one.price < 0) == one.field.startswith("pools."), one


def test_the_price_holds_as_far_as_the_relaxations_say(found: tuple[Plan, Prices]) -> None:
    _, prices = found
    for one in prices.prices:
        for point in one.tried:
            expected = (one.price or 0.0) * (point.value - one.value) / one.step
            off = abs(point.cost - prices.relaxation - expected)
            if one.holds_to is not None and abs(point.value - one.value) <= abs(one.holds_to - one.value):
                assert off <= 0.05 * abs(expected) + 1e-5 * prices.cost


def test_prices_are_printed_and_are_one_object(found: tuple[Plan, Prices], tmp_path: Path) -> None:
    plan, prices = found
    shown = io.StringIO()
    print_prices(prices, Console(file=shown, width=100))
    assert "Prices of one step, CNY" in shown.getvalue()
    (tmp_path / "plan.json").write_text(plan.to_json())
    result = CliRunner().invoke(app, ["prices", str(tmp_path), "--seconds", "30", "--json"])
    assert result.exit_code == 0
    told: dict[str, Any] = json.loads(result.stdout)
    assert told["schema"] == "planner.prices/1"
    assert {one["field"] for one in told["prices"]} == {one.field for one in prices.prices}


def test_a_forecast_beside_a_plan_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["prices", str(tmp_path), "--forecast", "f.csv"])
    assert result.exit_code == 2
