"""Who is cheapest where, to the exact minute."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contracts import talk_curve
from planner.contracts.curve import FeeCurve, Piece, curve_of
from planner.contracts.envelope import cheapest
from tests.contracts.contracts import by_minute, by_seat
from tests.contracts.test_curve import minute_contracts, seat_contracts


def line(fee: float, slope: float) -> FeeCurve:
    return curve_of([Piece(0, math.inf, fee, slope)])


def leads(found: dict[str, FeeCurve], first: float = 0, last: float = 100) -> list[tuple[float, str]]:
    """Upper limit and vendors of every stretch."""
    return [(round(each.upper, 9), "+".join(each.vendors)) for each in cheapest(found, first, last)]


def test_two_lines_change_places_where_their_fees_meet() -> None:
    # 3 v = 60 + v
    assert leads({"a": line(0, 3), "b": line(60, 1)}) == [(30, "a"), (100, "b")]


def test_of_three_lines_the_middle_one_may_never_lead() -> None:
    # b would meet a at 40, where c leads since 30
    assert leads({"a": line(0, 3), "b": line(80, 1), "c": line(60, 1)}) == [(30, "a"), (100, "c")]


def test_three_lines_through_one_point_change_places_once() -> None:
    assert leads({"a": line(0, 3), "b": line(30, 2), "c": line(60, 1)}) == [(30, "a"), (100, "c")]


def test_equal_fees_share_the_lead() -> None:
    assert leads({"a": line(0, 3), "b": line(0, 3)}) == [(100, "a+b")]


def test_a_lead_changes_where_a_fee_jumps() -> None:
    # all minutes at 2 up to 50, then all at 1: from 100 down to 50
    falls = curve_of([Piece(0, 50, 0, 2), Piece(50, math.inf, 50, 1)])

    assert leads({"falls": falls, "flat": line(0, 1.5)}) == [(50, "flat"), (100, "falls")]


def test_nobody_leads_where_nobody_supplies() -> None:
    short = curve_of([Piece(0, 40, 0, 1)])

    assert leads({"short": short}) == [(40, "short"), (100, "")]
    assert leads({"short": short, "dear": line(500, 1)}) == [(40, "short"), (100, "dear")]


def test_a_minimum_spend_is_passed_at_its_exact_minute() -> None:
    # 5,000 at least, then 0.6 a minute, against 0.55 a minute: never; against 0.7: 5,000 / 0.7
    minimum = talk_curve(by_minute(tiers={"price": 0.6}, minimum_spend=5000), 180, 1e5)

    found = cheapest({"minimum": minimum, "plain": line(0, 0.7)}, 0, 20_000)

    assert [each.vendors for each in found] == [("plain",), ("minimum",)]
    assert found[0].upper == pytest.approx(5000 / 0.7, rel=1e-12)
    assert found[0].fee_upper == pytest.approx(5000, rel=1e-12)


def test_whole_seats_take_the_lead_and_lose_it_again() -> None:
    # a seat is 6,000 for 5,000 minutes; 1.3 a minute meets n seats at 6,000 n / 1.3
    seats = talk_curve(by_seat(talk_minutes_per_seat=5000), 180, 10_000)

    found = cheapest({"seats": seats, "minutes": line(0, 1.3)}, 0, 10_000)

    assert [(round(each.upper, 6), each.vendors[0]) for each in found] == [
        (round(6000 / 1.3, 6), "minutes"),
        (5000, "seats"),
        (round(12_000 / 1.3, 6), "minutes"),
        (10_000, "seats"),
    ]


@given(
    contracts=st.lists(st.one_of(minute_contracts(), seat_contracts()), min_size=1, max_size=4),
    last=st.floats(50, 90_000),
)
def test_no_vendor_is_cheaper_than_the_leader_at_any_volume(contracts: list, last: float) -> None:  # type: ignore[type-arg]  # of any kind of contract
    each = [c for c in contracts if c.by == "minute" or c.talk_minutes_per_seat > 1]
    curves = {str(number): talk_curve(contract, 180, last) for number, contract in enumerate(each)}

    found = cheapest(curves, 0, last)

    assert [stretch.lower for stretch in found] == [0, *(stretch.upper for stretch in found[:-1])]
    assert found[-1].upper == last
    for volume in np.linspace(last / 97, last, 97):
        able = {name: float(curve.at(volume)) for name, curve in curves.items() if volume <= curve.most}
        (stretch,) = (stretch for stretch in found if stretch.lower < volume <= stretch.upper)
        assert bool(stretch.vendors) == bool(able)
        for name in stretch.vendors:
            assert able[name] <= min(able.values()) * (1 + 1e-6) + 1e-3


@pytest.mark.parametrize(("first", "last"), [(5, 5), (6, 5), (-1, 5), (0, math.inf)])
def test_volumes_out_of_order_are_refused(first: float, last: float) -> None:
    with pytest.raises(ValueError, match="volumes go from"):
        cheapest({"a": line(0, 1)}, first, last)
