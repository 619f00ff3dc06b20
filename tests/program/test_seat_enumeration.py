"""Seats by contract: the program, and the walk through it, find what trying every plan finds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from planner.contracts.horizon import horizon_fee
from planner.plan import Plan
from planner.problem import Problem
from planner.program.fees import fees
from planner.program.seat_offers import SeatOffer
from planner.scenario.seat_pay import SeatPay
from planner.solver.matrix import objective
from planner.staffing import make_plan
from tests.program.enumeration import cheapest
from tests.program.optimum import solved
from tests.program.seat_orders import month_of
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts

CASES: dict[str, Callable[[], Problem]] = {}
BUSY = [14.0, 30.0, 22.0, 9.0]
OWN = pool(shifts("08:00", 4.0), shifts("09:00", 2.0), wage=26.0)
SHIFTS = (shifts(["08:00", "10:00"], 2.0), shifts("08:00", 4.0))
MOST = 5


def case(build: Callable[[], Problem]) -> Callable[[], Problem]:
    CASES[build.__name__] = build
    return build


def seats(price: float = 2400.0, **terms: Any) -> dict[str, Any]:
    return {"by": "seat", "price": price, **terms}


def corridor(committed: int, above: float, below: float = 0.0, width: float = 0.2) -> dict[str, Any]:
    return {"committed_seats": committed, "width": width, "price_above": above, "charge_below": below}


def single(pay: dict[str, Any], own: dict[str, Any] | None = None, **rules: Any) -> Problem:
    relief = {**pool(*SHIFTS, pay=pay, **rules), "kind": "outsourced"}
    asked = {"calls": queue(service={"answer_rate": 0.9})}
    of = scenario(asked, {"own": own or OWN, "relief": relief})
    return problem(of, {"calls": BUSY})


@case
def one_price() -> Problem:
    return single(seats())


@case
def places_that_two_shifts_take_turns_on() -> Problem:
    return single(seats(3600.0, seats_are="places"))


@case
def a_minimum_that_is_not_worth_signing() -> Problem:
    return single(seats(minimum_seats=9))


@case
def a_minimum_that_is_signed() -> Problem:
    return single(seats(minimum_seats=4, signed=True))


@case
def a_minimum_worth_its_seats() -> Problem:
    return single(seats(1500.0, minimum_seats=3))


@case
def a_corridor_with_dear_seats_above() -> Problem:
    return single(seats(1800.0, corridor=corridor(2, 3300.0, 700.0)))


@case
def a_corridor_with_cheap_seats_above_is_not_convex() -> Problem:
    return single(seats(2600.0, minimum_seats=1, corridor=corridor(3, 1100.0, 400.0)))


@case
def cheap_seats_above_a_corridor_with_edges_between_seats() -> Problem:
    return single(seats(2600.0, corridor=corridor(3, 900.0, 1500.0, width=0.15)))


@case
def missing_seats_that_cost_more_than_seats() -> Problem:
    return single(seats(900.0, minimum_seats=1, corridor=corridor(8, 1200.0, 2000.0)))


@case
def places_with_a_corridor() -> Problem:
    return single(seats(3000.0, seats_are="places", corridor=corridor(2, 1500.0, 800.0)))


@case
def few_seats_to_be_had() -> Problem:
    return single(seats(900.0, maximum_seats=2))


@case
def few_places_to_be_had() -> Problem:
    return single(seats(900.0, maximum_seats=2, seats_are="places"))


@case
def a_setup_fee_that_is_spread() -> Problem:
    return single(seats(1500.0, setup_fee={"amount": 24000.0, "months": 12}))


@case
def a_setup_fee_that_is_due_at_once() -> Problem:
    return single(seats(1000.0, setup_fee={"amount": 80.0}))


@case
def seats_that_may_not_be_given_up_so_fast() -> Problem:
    return single(seats(4000.0, signed=True, seats_now=5, most_seats_changed_per_month=1))


@case
def seats_that_cannot_be_had_so_fast() -> Problem:
    return single(seats(900.0, signed=True, seats_now=1, most_seats_changed_per_month=1))


@case
def seats_beside_people_by_the_month() -> Problem:
    own = pool(shifts("08:00", 4.0), pay={"by": "month", "wage": 3000.0}, contract={"hours_per_week": 20.0})
    return single(seats(2000.0, minimum_seats=2), own, shrinkage=0.2, contract={"hours_per_week": 15.0})


@case
def two_vendors_by_the_seat() -> Problem:
    first = {**pool(*SHIFTS, pay=seats(1500.0, maximum_seats=3, minimum_seats=2)), "kind": "outsourced"}
    second = {**pool(shifts("08:00", 4.0), pay=seats(2300.0)), "kind": "outsourced"}
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, {"first": first, "second": second})
    return problem(of, {"calls": BUSY})


@case
def desks_and_licences_beside_posts() -> Problem:
    beside: dict[str, Any] = {
        "desk_cost_per_month": 400.0,
        "person_licence_per_month": 200.0,
        "minimum_headcount": 1,
    }
    return single(seats(1200.0, corridor=corridor(2, 800.0, 100.0)), shrinkage={"absence": 0.2}, **beside)


@case
def desks_and_licences_beside_places() -> Problem:
    beside: dict[str, Any] = {
        "desk_cost_per_month": 400.0,
        "person_licence_per_month": 200.0,
        "maximum_seats": 3,
    }
    return single(seats(1200.0, seats_are="places"), shrinkage={"absence": 0.2}, **beside)


def random_problem(seed: int) -> Problem:
    """A contract drawn at random, mostly not convex, beside own people by the hour or by the month."""
    draw = np.random.default_rng(seed)
    terms: dict[str, Any] = {"seats_are": str(draw.choice(["people", "places"]))}
    if draw.integers(3):
        above, below = (float(draw.integers(0, 4000)) for _ in range(2))
        terms["corridor"] = corridor(int(draw.integers(1, 7)), above, below, float(draw.choice([0.0, 0.15])))
    if draw.integers(2):
        terms["minimum_seats"] = int(draw.integers(1, 7))
    if draw.integers(2):
        terms["setup_fee"] = {"amount": float(draw.integers(10, 90))}
    terms["signed"] = bool(draw.integers(2))
    own = pool(shifts("08:00", 4.0), shifts("09:00", 2.0), wage=float(draw.integers(15, 35)))
    return single(seats(float(draw.integers(500, 4000)), **terms), own)


CASES |= {f"random_{seed}": partial(random_problem, seed) for seed in range(12)}
MORE: dict[str, Callable[[], Problem]] = {
    f"random_{seed}": partial(random_problem, seed) for seed in range(12, 60)
}
EVERY = [*CASES, *(pytest.param(name, marks=pytest.mark.slow) for name in MORE)]


@cache
def asked(name: str) -> Problem:
    return {**CASES, **MORE}[name]()


@cache
def expected(name: str) -> float:
    return cheapest(asked(name), MOST)


@cache
def planned(name: str) -> Plan:
    return make_plan(asked(name))


@pytest.mark.parametrize("name", EVERY)
def test_the_programs_optimum_is_the_cheapest_of_all_plans_with_seats(name: str) -> None:
    made = program(asked(name))
    assert objective(made.matrix, solved(made)) == pytest.approx(expected(name), rel=1e-5)


@pytest.mark.parametrize("name", EVERY)
def test_the_walk_ends_at_the_cheapest_of_all_plans_with_seats(name: str) -> None:
    plan = planned(name)
    assert plan.cost == pytest.approx(expected(name), rel=1e-5)
    assert plan.bound == pytest.approx(expected(name), rel=1e-5)
    assert all(promise.met for promise in plan.service)


def test_the_contracts_of_these_problems_are_used_in_every_way() -> None:
    """On and off, below, inside and above the corridor, at the minimum, at the most that can be had."""
    rows = [row for name in CASES for row in planned(name).contracts]
    clauses = {clause.clause for row in rows if row.month is not None for clause in row.month.binding}
    assert clauses == {"minimum_seats", "above_corridor", "below_corridor"}
    assert {row.on for row in rows} == {True, False}


@pytest.mark.parametrize("name", EVERY)
def test_the_fee_of_a_plan_is_the_invoices_at_its_seats(name: str) -> None:
    of, plan = asked(name), planned(name)
    for row in plan.contracts:
        pay = of.scenario.pools[row.vendor].pay
        assert isinstance(pay, SeatPay)
        by_invoice = horizon_fee(pay, row.volume, of.calendar.months) if row.on else 0.0
        assert row.fee == pytest.approx(by_invoice, rel=1e-9)
        if row.month is not None:
            assert row.fee == pytest.approx(row.months * row.month.fee + row.due_at_once, rel=1e-9)
    paid = sum(line.amount for line in plan.costs if line.item == "vendor_fees")
    assert paid == pytest.approx(sum(row.fee for row in plan.contracts), rel=1e-9)
    items = {line.item for line in plan.costs if line.pool in {row.vendor for row in plan.contracts}}
    assert items <= {"vendor_fees", "desks", "licences"}


@some.composite
def contracts(draw: some.DrawFn) -> SeatPay:
    """Any contract by the seat, sensible or not."""
    money = some.floats(0, 9000)
    terms: dict[str, Any] = {"minimum_seats": draw(some.integers(0, 30)), "signed": draw(some.booleans())}
    if draw(some.booleans()):
        width = draw(some.integers(0, 1000)) / 1000
        terms["corridor"] = corridor(draw(some.integers(1, 30)), draw(money), draw(money), width)
    if draw(some.booleans()):
        months = draw(some.none() | some.integers(1, 24))
        terms["setup_fee"] = {"amount": draw(money), "months": months}
    return SeatPay.model_validate(seats(draw(money), **terms))


@given(contracts(), some.floats(0.03, 14), some.integers(1, 35))
def test_the_curve_of_the_program_is_the_invoice_at_every_number_of_seats(
    pay: SeatPay, months: float, most: int
) -> None:
    offer = SeatOffer(pay, months)
    found = offer.curve(most).at(np.arange(most + 1.0))
    by_invoice = [horizon_fee(pay, number, months) for number in range(most + 1)]
    if not pay.signed:
        by_invoice[0] = 0.0
    assert found == pytest.approx(np.array(by_invoice), rel=1e-9, abs=1e-6)
    assert [offer.fee(number) for number in range(most + 1)] == pytest.approx(by_invoice, rel=1e-9, abs=1e-6)
    once = 0.0 if pay.setup_fee is None or pay.setup_fee.months is not None else pay.setup_fee.amount
    by_hand = [months * month_of(pay, number) + once for number in range(1, most + 1)]
    assert found[1:] == pytest.approx(np.array(by_hand), rel=1e-9, abs=1e-6)


@given(contracts(), some.integers(0, 30))
def test_a_plan_orders_the_seats_that_cost_least(pay: SeatPay, needed: int) -> None:
    offer = SeatOffer(pay, 1.0)
    ordered = offer.ordered(needed)
    assert ordered >= needed
    far = max(needed, 70)
    least = min(offer.fee(number) for number in range(needed, far + 1))
    assert offer.fee(ordered) == pytest.approx(least, rel=1e-9, abs=1e-6)


@given(contracts(), some.integers(0, 25))
def test_the_programs_pieces_price_whole_seats_as_the_invoice_does(pay: SeatPay, number: int) -> None:
    """No piece that so many seats may be on undercuts the fee, and one is the fee."""
    made = program(single({**pay.model_dump(exclude_none=True), "performance": []}))
    (columns,) = [one.seats for one in made.decide.pools if one.seats is not None]
    number = min(number, int(columns.curve.most))
    price = {variable.name: coefficient for variable, coefficient in fees(made.on, made.decide)}
    on_piece = [
        price[f"E_1_{i}"] + price[f"F_1_{i}"] * number
        for i, (first, last) in enumerate(zip(columns.curve.lower, columns.curve.upper, strict=True))
        if first <= number <= last
    ]
    off = [0.0] if number == 0 and not pay.signed else []
    offer = made.on.pools[1].offer
    assert offer is not None
    assert min([*on_piece, *off]) == pytest.approx(offer.fee(number), rel=1e-9, abs=1e-6)
