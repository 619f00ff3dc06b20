"""The fee as straight pieces: the same as the invoice, and what a program needs of it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contracts import billed, fee_curve, invoice, talk_curve
from planner.contracts.curve import Piece, curve_of
from planner.scenario.contracts import MinuteContract, SeatContract
from tests.contracts.contracts import by_minute, by_seat, cap

prices = st.one_of(st.just(0.0), st.floats(0.01, 5))


@st.composite
def minute_contracts(draw: st.DrawFn) -> MinuteContract:
    widths = draw(st.lists(st.floats(1, 50_000), max_size=4))
    limits = np.cumsum(widths)
    tiers: list[dict[str, Any]] = [{"up_to": float(limit), "price": draw(prices)} for limit in limits]
    minimum = draw(st.one_of(st.just(0.0), st.floats(0, 50_000)))
    terms: dict[str, Any] = {
        "tiers": [*tiers, {"price": draw(prices)}],
        "kind": draw(st.sampled_from(["increment", "all_units"])),
        "minimum_spend": minimum,
    }
    if draw(st.booleans()):
        amount = minimum + draw(st.floats(1, 50_000))
        terms["cap"] = cap(amount, draw(st.floats(1, 200_000)), draw(prices))
    return by_minute(**terms)


@st.composite
def seat_contracts(draw: st.DrawFn) -> SeatContract:
    terms: dict[str, Any] = {"price": draw(st.floats(0, 9000)), "minimum_seats": draw(st.integers(0, 40))}
    if draw(st.booleans()):
        terms["corridor"] = {
            "committed_seats": draw(st.integers(1, 60)),
            "width": draw(st.sampled_from([0.0, 0.1, 0.15, 0.25, 1.0])),
            "price_above": draw(st.floats(0, 9000)),
            "charge_below": draw(st.floats(0, 3000)),
        }
    if draw(st.booleans()):
        terms["maximum_seats"] = draw(st.integers(max(1, terms["minimum_seats"]), 200))
    return by_seat(talk_minutes_per_seat=draw(st.sampled_from([0.7, 3000.0, 5400.0])), **terms)


def thresholds(contract: SeatContract | MinuteContract) -> list[float]:
    """Volumes on and right beside every break."""
    breaks = [float(edge) for edge in fee_curve(contract).breaks]
    return [volume for edge in breaks for volume in (edge, math.nextafter(edge, 0), edge * 1.001)]


@given(contract=minute_contracts(), volumes=st.lists(st.floats(0, 300_000), min_size=1, max_size=5))
def test_fees_of_many_volumes_are_those_of_their_invoices(
    contract: MinuteContract, volumes: list[float]
) -> None:
    wanted = [*volumes, 0.0, *thresholds(contract)]

    fees = fee_curve(contract).at(wanted)

    assert fees == pytest.approx([invoice(contract, volume).fee for volume in wanted], rel=1e-7, abs=1e-4)


@given(contract=seat_contracts(), seats=st.lists(st.integers(0, 200), min_size=1, max_size=5))
def test_fees_of_many_numbers_of_seats_are_those_of_their_invoices(
    contract: SeatContract, seats: list[int]
) -> None:
    wanted = [float(min(number, contract.maximum_seats or 200)) for number in seats]

    fees = fee_curve(contract).at(wanted)

    assert fees == pytest.approx([invoice(contract, number).fee for number in wanted], rel=1e-9, abs=1e-6)


@given(contract=st.one_of(minute_contracts(), seat_contracts()), minutes=st.floats(0, 100))
def test_fees_over_talk_are_those_of_what_is_billed(
    contract: SeatContract | MinuteContract, minutes: float
) -> None:
    curve = talk_curve(contract, talk_seconds=180, most=200)
    for volume in (minutes, *(float(edge) for edge in curve.breaks[:3])):
        if volume <= curve.most:
            fee = invoice(contract, billed(contract, volume, 180)).fee
            assert float(curve.at(volume)) == pytest.approx(fee, rel=1e-7, abs=1e-4)


@given(contract=minute_contracts())
def test_more_minutes_never_cost_less_with_tiers_on_the_increment(contract: MinuteContract) -> None:
    curve = fee_curve(contract.model_copy(update={"kind": "increment"}))

    fees = curve.at(np.linspace(0, 300_000, 200))

    assert (np.diff(fees) >= -1e-6).all()


@given(contract=st.one_of(minute_contracts(), seat_contracts()))
def test_a_convex_fee_is_the_highest_of_its_lines(contract: SeatContract | MinuteContract) -> None:
    curve = fee_curve(contract)
    if not curve.convex:
        return
    volumes = np.linspace(0, min(curve.most, 300_000.0), 50)
    lines = curve.fee + curve.slope * (volumes[:, None] - curve.lower)

    assert curve.at(volumes) == pytest.approx(lines.max(axis=1), rel=1e-6, abs=1e-3)


def test_a_fee_in_tiers_has_their_limits_as_break_points() -> None:
    curve = fee_curve(by_minute(minimum_spend=5000, cap=cap()))

    # 5,000 / 0.6; the tiers; (18,000 - 13,800) / 0.45 above 25,000; what the cap covers
    assert curve.breaks == pytest.approx([8333.333333, 10_000, 25_000, 34_333.333333, 100_000])
    assert curve.slope == pytest.approx([0, 0.6, 0.52, 0.45, 0, 0.4])
    assert (curve.continuous, curve.convex) == (True, False)


def test_a_minimum_spend_alone_is_convex() -> None:
    curve = fee_curve(by_minute(tiers={"price": 1.2}, minimum_spend=6000))

    assert curve.convex
    assert list(curve.pieces) == [Piece(0, 5000, 6000, 0), Piece(5000, math.inf, 6000, 1.2)]


def test_tiers_on_all_units_jump() -> None:
    curve = fee_curve(by_minute(kind="all_units"))

    assert not curve.continuous
    assert curve.at([10_000, 10_001]) == pytest.approx([6000, 5200.52])


def test_tiers_at_one_price_are_one_piece() -> None:
    tiers = [{"up_to": 10, "price": 2.0}, {"price": 2.0}]

    assert list(fee_curve(by_minute(tiers=tiers)).pieces) == [Piece(0, math.inf, 0, 2.0)]


def test_pieces_switched_on_and_off_give_the_fee() -> None:
    """fee = sum of (fee - slope lower) y + slope v, which is the form for a program."""
    curve = fee_curve(by_minute(kind="all_units", minimum_spend=5000, cap=cap()))
    for volume in (1.0, 9_000.0, 10_001.0, 60_000.0, 120_000.0):
        (on,) = (piece for piece in curve.pieces if piece.lower < volume <= piece.upper)
        assert on.fee - on.slope * on.lower + on.slope * volume == pytest.approx(float(curve.at(volume)))


def test_volumes_outside_of_a_curve_are_refused() -> None:
    curve = curve_of([Piece(0, 10, 0, 1)])
    with pytest.raises(ValueError, match="at most 10"):
        curve.at([10.5])
    with pytest.raises(ValueError, match="not negative"):
        curve.at([-1])


@pytest.mark.parametrize(
    "pieces",
    [[Piece(1, 2, 0, 1)], [Piece(0, 1, 0, 1), Piece(2, 3, 0, 1)], [Piece(0, 0, 0, 1)]],
)
def test_a_curve_starts_at_nothing_and_has_no_holes(pieces: list[Piece]) -> None:
    with pytest.raises(ValueError, match=r"follow|at least one"):
        curve_of(pieces)


def test_calls_rounded_up_bill_what_a_simulation_bills() -> None:
    talk = np.random.default_rng(1).exponential(180, 400_000)
    contract = by_minute(billing_increment_seconds=60)

    simulated = float((np.ceil(talk / 60) * 60).sum() / talk.sum())

    assert billed(contract, 1000, 180) == pytest.approx(1000 * simulated, rel=2e-3)
    assert billed(contract, 1000, 180) == pytest.approx(1175.9, abs=0.05)
    assert billed(by_minute(billing_increment_seconds=6), 1000, 180) == pytest.approx(1016.76, abs=0.01)


@pytest.mark.parametrize(("minutes", "seats"), [(0, 0), (0.1, 1), (5400, 1), (5400.1, 2), (54_000, 10)])
def test_minutes_need_whole_seats(minutes: float, seats: int) -> None:
    assert billed(by_seat(talk_minutes_per_seat=5400), minutes, 180) == seats


def test_a_seat_of_unknown_talk_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="how many minutes"):
        billed(by_seat(), 100, 180)
    with pytest.raises(ValueError, match="20,000 seats"):
        talk_curve(by_seat(talk_minutes_per_seat=1), 180, 1e6)
