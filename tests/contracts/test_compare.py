"""Quotes compared: offers, crossovers, a month of a forecast."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.contracts import Horizon, MonthlyTalk, Quotes, Span, compare, monthly_talk, span_of, usual_span
from planner.contracts.span import usual_step
from tests.contracts.contracts import TIERS

PLAIN: dict[str, Any] = {"by": "minute", "tiers": [{"price": 1.2}], "first_contact_resolution": 0.8}
SEATS: dict[str, Any] = {"by": "seat", "price": 6000, "talk_minutes_per_seat": 6000, "maximum_seats": 3}


def quotes(**vendors: Any) -> Quotes:
    given = {"name": "q", "currency": "CNY", "talk_seconds_per_contact": 180, "vendors": vendors}
    return Quotes.model_validate(given)


def test_an_offer_has_its_fee_a_minute_and_a_resolved_contact() -> None:
    (offer,) = compare(quotes(a=PLAIN), Span(3000, 6000, 6000)).offers[:1]

    # 3,000 minutes are 1,000 contacts of 180 s, 800 of them resolved
    assert (offer.talk_minutes, offer.contacts) == (3000, 1000)
    assert offer.fee == pytest.approx(3600)
    assert offer.per_talk_minute == pytest.approx(1.2)
    assert offer.per_resolved_contact == pytest.approx(4.5)
    assert offer.cheapest
    assert offer.cheapest_resolved


def test_the_cheapest_fee_need_not_be_the_cheapest_resolved_contact() -> None:
    dearer = PLAIN | {"tiers": [{"price": 1.25}], "first_contact_resolution": 0.9}

    cheap, dear = compare(quotes(a=PLAIN, b=dearer), Span(100, 200, 200)).offers[:2]

    assert (cheap.cheapest, cheap.cheapest_resolved) == (True, False)
    assert (dear.cheapest, dear.cheapest_resolved) == (False, True)


def test_the_choice_is_made_before_cuts_for_missed_results() -> None:
    clause = {"measure": "csat", "threshold": 0.85, "reduction": 0.5, "probability_of_missing": 0.9}
    worst = PLAIN | {"tiers": [{"price": 1.3}], "performance": clause}

    comparison = compare(quotes(good=PLAIN, worst=worst), Span(100, 200, 200))

    # by the fee after cuts the worst vendor would ask for 0.715 a minute
    assert [lead.vendors for lead in comparison.leads] == [("good",)]
    assert comparison.offers[1].fee == pytest.approx(130)
    assert comparison.offers[1].invoice is not None
    assert comparison.offers[1].invoice.expected_cut == pytest.approx(58.5)


def test_a_vendor_that_supplies_no_more_has_no_fee() -> None:
    comparison = compare(quotes(seats=SEATS, plain=PLAIN), Span(6000, 24_000, 6000))

    assert [offer.fee for offer in comparison.offers if offer.vendor == "seats"] == [
        6000,
        12_000,
        18_000,
        None,
    ]
    assert comparison.crossovers[-1].how == "supply"
    assert comparison.crossovers[-1].talk_minutes == 18_000


def test_a_crossover_says_whether_fees_meet_or_jump() -> None:
    comparison = compare(quotes(seats=SEATS, plain=PLAIN), Span(0, 12_000, 6000))

    # n seats at 6,000 meet 1.2 a minute at 5,000 n, and the next seat is begun at 6,000
    assert [(round(each.talk_minutes, 9), each.how) for each in comparison.crossovers] == [
        (5000, "meet"),
        (6000, "jump"),
        (10_000, "meet"),
    ]
    jump = comparison.crossovers[1]
    assert [jump.fee, jump.fee_above] == pytest.approx([6000, 7200])


def test_a_setup_fee_over_months_is_in_fees_and_crossovers() -> None:
    other = PLAIN | {"tiers": [{"price": 1.0}], "setup_fee": {"amount": 1200, "months": 12}}

    comparison = compare(quotes(a=PLAIN, b=other), Span(100, 1000, 900))

    # 1.2 v = 100 + v
    assert comparison.crossovers[0].talk_minutes == pytest.approx(500)
    assert [offer.fee for offer in comparison.offers] == pytest.approx([120, 200, 1200, 1100])


def test_calls_rounded_up_move_the_crossover() -> None:
    # at δ = s every minute of talk is billed as 1 / (1 - 1/e) minutes
    rounded = PLAIN | {"tiers": [{"price": 1.2 * (1 - np.exp(-1))}], "billing_increment_seconds": 180}

    (lead,) = compare(quotes(a=PLAIN, b=rounded), Span(100, 200, 100)).leads

    assert lead.vendors == ("a", "b")


def horizon(**more: Any) -> Horizon:
    """Two half hours of two queues, of a tenth of a month."""
    given: dict[str, Any] = {
        "source": "the test",
        "queues": ("a", "b"),
        "months": 0.1,
        "interval": 1800.0,
        "contacts": np.array([[10.0, 0.0], [20.0, 30.0]]),
        "handle_time": np.array([[180.0, 0.0], [180.0, 240.0]]),
    }
    return Horizon(**given | more)


def test_a_horizon_is_scaled_to_a_month() -> None:
    found = monthly_talk(horizon(), 0.5)

    # 30 x 180 + 30 x 240 = 12,600 s of handle time, 6,300 of talk, in a tenth of a month
    assert found.contacts == pytest.approx(600)
    assert found.talk_minutes == pytest.approx(1050)
    assert found.talk_seconds_per_contact == pytest.approx(105)
    # the second half hour: (20 x 180 + 30 x 240) x 0.5 / 1800
    assert found.busiest == pytest.approx(3.0)


def test_a_horizon_without_contacts_has_no_talk() -> None:
    with pytest.raises(ValueError, match="without contacts"):
        monthly_talk(horizon(contacts=np.zeros((2, 2))), 0.5)


def test_a_forecast_brings_its_own_volume_and_talk() -> None:
    month = monthly_talk(horizon(), 0.5)

    comparison = compare(quotes(a=PLAIN), Span(500, 1000, 500), month)

    assert comparison.talk_seconds_per_contact == pytest.approx(105)
    assert [offer.talk_minutes for offer in comparison.offers] == pytest.approx([500, 1000, 1050])
    assert comparison.offers[-1].contacts == pytest.approx(600)


def test_a_forecast_beyond_the_span_is_still_billed_in_seats() -> None:
    month = MonthlyTalk(
        source="t",
        queues=("a",),
        months=1,
        contacts=1,
        talk_minutes=17_000,
        talk_seconds_per_contact=60,
        busiest=1,
    )

    assert compare(quotes(a=SEATS), Span(1000, 2000, 1000), month).offers[-1].fee == 18_000


def test_a_vendor_too_small_for_the_busiest_interval_is_told() -> None:
    small, large = (PLAIN | {"most_calls_at_once": most} for most in (2, 3))

    notes = compare(quotes(small=small, large=large), Span(1, 2, 1), monthly_talk(horizon(), 0.5)).notes

    assert notes == (
        "small: talks to at most 2 at once, and the busiest interval brings 3.0 on average: "
        "it cannot take all of it",
    )


def test_the_usual_span_goes_beyond_every_threshold() -> None:
    span = usual_span(quotes(a={"by": "minute", "tiers": [*TIERS]}, b=SEATS))

    # a quarter above 25,000 minutes, in round steps
    assert (span.first, span.last, span.step) == (5000, 35_000, 5000)
    assert list(span.volumes) == [5000, 10_000, 15_000, 20_000, 25_000, 30_000, 35_000]
    assert usual_span(quotes(b=PLAIN)).last == 14_000


@pytest.mark.parametrize(("last", "step"), [(9, 1), (10, 1), (11, 2), (25, 5), (60, 10), (0.3, 0.05)])
def test_steps_are_round(last: float, step: float) -> None:
    assert usual_step(last) == pytest.approx(step)


def test_a_span_has_its_last_volume_once() -> None:
    assert Span(0, 10, 4).volumes == (0, 4, 8, 10)
    assert Span(0, 0.3, 0.1).volumes == pytest.approx((0, 0.1, 0.2, 0.3))


@pytest.mark.parametrize(
    "asked",
    [
        (5, 5, None),
        (-1, None, None),
        (None, -3, None),
        (None, None, 0),
        (None, float("nan"), None),
        (0, 1e9, 1),
    ],
)
def test_spans_that_do_not_rise_are_refused(asked: tuple[float | None, float | None, float | None]) -> None:
    with pytest.raises(ValueError, match=r"rise|step"):
        span_of(Span(10, 100, 10), *asked)


def test_what_is_asked_for_replaces_the_usual() -> None:
    assert span_of(Span(10, 100, 10), None, 1000, None) == Span(100, 1000, 100)
    assert span_of(Span(10, 100, 10), 0, None, 25) == Span(0, 100, 25)
    assert span_of(Span(10, 100, 10), None, 20, 15) == Span(10, 20, 15)
