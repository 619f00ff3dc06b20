"""The families of rows about seats by contract, on decisions written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from planner.program.build import Program
from planner.solver.matrix import objective
from tests.program.points import broken, point
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts

MONTHS = 12 / 365
CORRIDOR = {"committed_seats": 4, "width": 0.125, "price_above": 1000.0, "charge_below": 200.0}
"""From 3.5 to 4.5 seats."""


def seated(**terms: Any) -> Program:
    """One pool with two shifts of two hours after each other, paid by the seat, and nobody else."""
    pay = {"by": "seat", "price": 1500.0, **terms}
    vendor = {**pool(shifts(["08:00", "10:00"], 2.0), pay=pay), "kind": "outsourced"}
    return program(problem(scenario({"calls": queue()}, {"vendor": vendor}), {"calls": [20.0]}))


# (M30) seats suffice


def test_everybody_on_the_books_has_a_seat() -> None:
    made = seated()
    assert broken(made, {"W_0": 5.0, "N_0": 5.0}, "enough") == []
    assert broken(made, {"W_0": 5.0, "N_0": 4.9}, "enough") == ["enough_0"]


def test_a_place_is_taken_by_one_shift_after_the_other() -> None:
    made = seated(seats_are="places")
    assert broken(made, {"x_0_0": 3.0, "x_0_1": 3.0, "N_0": 3.0}, "enough") == []
    assert broken(made, {"x_0_0": 3.0, "x_0_1": 4.0, "N_0": 3.0}, "enough") == ["enough_0_1"]


# (M31) seat pieces


@pytest.mark.parametrize(
    ("seats", "piece", "month"),
    [
        (2.0, 0, 2 * 1500 + 1.5 * 200),
        (3.0, 0, 3 * 1500 + 0.5 * 200),
        (4.0, 1, 4 * 1500),
        (4.0, 2, 4 * 1500),
        (5.0, 2, 4.5 * 1500 + 0.5 * 1000),
        (6.0, 3, 4.5 * 1500 + 1.5 * 1000),
    ],
)
def test_seats_cost_what_the_invoice_says_on_the_piece_they_are_on(
    seats: float, piece: int, month: float
) -> None:
    made = seated(corridor=CORRIDOR)
    here = {"N_0": seats, "G_0": 1.0, f"E_0_{piece}": 1.0, f"F_0_{piece}": seats}
    for rows in ("ordered", "begins", "ends", "on"):
        assert broken(made, here, rows) == []
    assert objective(made.matrix, point(made, here)) == pytest.approx(MONTHS * month)


def test_seats_may_not_be_on_a_piece_that_they_do_not_reach_or_go_beyond() -> None:
    made = seated(corridor=CORRIDOR)
    assert broken(made, {"E_0_2": 1.0, "F_0_2": 3.0}, "begins") == ["begins_0_2"]
    assert broken(made, {"E_0_0": 1.0, "F_0_0": 4.0}, "ends") == ["ends_0_0"]
    assert broken(made, {"N_0": 4.0, "F_0_1": 3.0}, "ordered") == ["ordered_0"]


def test_a_contract_is_on_one_piece_if_it_is_on_and_always_if_it_is_signed() -> None:
    assert broken(seated(), {"E_0_0": 1.0}, "on") == ["on_0"]
    assert broken(seated(), {"E_0_0": 1.0, "G_0": 1.0}, "on") == []
    assert broken(seated(), {}, "on") == []
    assert broken(seated(signed=True), {}, "on") == ["on_0"]


def test_a_minimum_is_paid_without_any_seat_where_the_contract_is_signed() -> None:
    made = seated(minimum_seats=3, signed=True)
    assert objective(made.matrix, point(made, {"E_0_0": 1.0})) == pytest.approx(MONTHS * 3 * 1500)


# (M32) seats kept


def test_only_so_many_seats_are_given_up() -> None:
    made = seated(signed=True, seats_now=5, most_seats_changed_per_month=2)
    assert broken(made, {"N_0": 3.0}, "kept") == []
    assert broken(made, {"N_0": 2.0}, "kept") == ["kept_0"]


def test_no_more_people_are_let_in_than_seats_can_be_had() -> None:
    places = seated(seats_are="places", maximum_seats=2)
    assert broken(places, {"x_0_0": 2.0, "x_0_1": 2.0}, "seats") == []
    assert broken(places, {"x_0_0": 3.0}, "seats") == ["seats_0_0"]
    posts = seated(signed=True, seats_now=2, most_seats_changed_per_month=1)
    assert posts.matrix.upper[posts.matrix.column_names.index("W_0")] == 3
