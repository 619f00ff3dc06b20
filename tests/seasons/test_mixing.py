"""A problem between two: every field and every contact is one of the two's, and nothing is left over."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner import read_problem
from planner.problem import Problem
from planner.scenario.automation import Automation
from planner.scenario.contracts import MinuteContract
from planner.scenario.investments import Investment
from planner.scenario.labour import Turnover
from planner.scenario.pools import Pool
from planner.scenario.scenario import Queue, Scenario
from planner.scenario.technology import Technology
from planner.scenario.vendors import Vendor
from planner.seasons import causes, unlike
from planner.seasons.causes import ORDER
from planner.seasons.mixing import causes_of, impossible, mixed
from tests.program.small_problems import pool, problem, queue, scenario, shifts
from tests.scenarios.documents import SCENARIOS
from tests.seasons.pairs import AI, CONTACTS, promise, shop, wage_in

EVERY = frozenset(ORDER)
VENDOR = {
    "queues": "calls",
    "contract": {"by": "minute", "tiers": [{"up_to": 900, "price": 1.2}, {"price": 1.0}]},
}
CHANGES: dict[str, Problem] = {
    "volume": shop(contacts=tuple(2 * each for each in CONTACTS)),
    "profile": shop(contacts=CONTACTS[::-1]),
    "handle_time": shop(handle_time=240.0),
    "customers": shop(calls={"patience_seconds": 60.0}),
    "prices": shop(own={"wage": 30.0}),
    "service": shop(calls={"service": promise(0.95)}),
    "automation": shop(calls={"automation": AI}),
    "labour": shop(own={"shrinkage": 0.3, "maximum_seats": 9}),
    "contracts": shop(own={"contract": {"hours_per_week": 30}}),
}


def same(one: Problem, other: Problem) -> None:
    assert one.scenario.model_dump(exclude={"name"}) == other.scenario.model_dump(exclude={"name"})
    assert one.calendar.days == other.calendar.days
    np.testing.assert_allclose(one.forecast.contacts, other.forecast.contacts, rtol=1e-12)
    np.testing.assert_allclose(one.forecast.handle_time, other.forecast.handle_time, rtol=1e-12)
    np.testing.assert_array_equal(one.forecast.open, other.forecast.open)


@pytest.mark.parametrize("cause", CHANGES)
def test_what_one_cause_changes_is_found_and_is_all_of_it(cause: str) -> None:
    assert causes_of(shop(), CHANGES[cause]) == (cause,)
    same(mixed(shop(), CHANGES[cause], EVERY), CHANGES[cause])
    same(mixed(shop(), CHANGES[cause], frozenset()), shop())


def test_contacts_that_are_more_and_come_at_other_times_are_told_apart() -> None:
    other = shop(contacts=(10.0, 10.0, 10.0, 120.0))

    more = mixed(shop(), other, {"volume"}).forecast.contacts[8:12, 0]
    later = mixed(shop(), other, {"profile"}).forecast.contacts[8:12, 0]

    np.testing.assert_allclose(more, 2 * np.array(CONTACTS))
    np.testing.assert_allclose(later, [5.0, 5.0, 5.0, 60.0])


def test_handle_time_is_a_mean_and_its_course_over_the_day_belongs_to_the_profile() -> None:
    first = shop()
    times = np.where(first.forecast.contacts > 0, np.linspace(100, 300, 24)[:, None], 0.0)
    second = shop(contacts=(40.0, 10.0, 10.0, 40.0))
    second = Problem(
        second.scenario,
        second.calendar,
        type(second.forecast)(("calls",), second.forecast.contacts, times, None, second.forecast.open),
        "",
        "",
    )
    mean = float((second.forecast.contacts * times).sum() / 100)

    longer = mixed(first, second, {"handle_time"}).forecast
    shaped = mixed(first, second, {"profile"}).forecast

    np.testing.assert_allclose(longer.handle_time[8:12, 0], mean)
    np.testing.assert_allclose(shaped.handle_time[8:12, 0], times[8:12, 0] * 180 / mean)
    assert float((shaped.contacts * shaped.handle_time).sum()) == pytest.approx(75 * 180)


def test_a_queue_without_contacts_has_the_times_of_the_other() -> None:
    silent, loud = shop(contacts=(0.0,) * 4), shop()

    found = mixed(silent, loud, {"volume"})

    same(found, loud)
    assert causes_of(silent, loud) == ("volume",)


def test_prices_inside_a_vendors_contract_are_prices_and_its_terms_are_contracts() -> None:
    dear = {**VENDOR, "contract": {"by": "minute", "tiers": [{"up_to": 900, "price": 2.0}, {"price": 1.0}]}}
    other = {**VENDOR, "contract": {"by": "minute", "tiers": {"price": 1.0}, "minimum_spend": 50.0}}
    base = shop(vendors={"v": VENDOR})
    assert causes_of(base, shop(vendors={"v": dear})) == ("prices",)
    assert causes_of(base, shop(vendors={"v": other})) == ("contracts",)


def test_pay_by_the_seat_is_a_vendors_contract() -> None:
    ends = [
        shop(own={"kind": "outsourced", "pay": {"by": "seat", "price": 6000.0, **terms}})
        for terms in ({}, {"price": 7000.0}, {"minimum_seats": 5})
    ]
    assert causes_of(ends[0], ends[1]) == ("prices",)
    assert causes_of(ends[0], ends[2]) == ("contracts",)
    assert causes_of(shop(own={"kind": "outsourced"}), ends[0]) == ("contracts",)


def test_what_an_investment_costs_is_a_price_and_what_it_changes_is_structure() -> None:
    def buying(**more: Any) -> Problem:
        effect = {"calls": {"handle_time_factor": 0.9}}
        return shop(investments={"knowledge base": {"cost_per_month": 300.0, "queues": effect, **more}})

    assert causes_of(buying(), buying(cost_per_month=400.0)) == ("prices",)
    assert causes_of(buying(), buying(take="never")) == ("structure",)
    assert causes_of(buying(), shop()) == ("structure",)


def test_the_price_of_ai_is_a_price_where_both_have_it() -> None:
    dear = {**AI, "price_per_session": 0.9}
    assert causes_of(shop(calls={"automation": AI}), shop(calls={"automation": dear})) == ("prices",)


def two(names: tuple[str, str], **more: Any) -> Problem:
    """Two queues and a pool for each."""
    queues = {name: queue(service=promise()) for name in names}
    pools = {f"{name} team": pool(shifts("08:00", 4.0), queues=[name], **more) for name in names}
    return problem(scenario(queues, pools), dict.fromkeys(names, CONTACTS))


def test_queues_and_pools_that_only_one_has_are_structure_and_the_rest_is_told_apart() -> None:
    first, second = two(("sales", "service")), two(("sales", "repairs"), wage=30.0)

    assert causes_of(first, second) == ("structure", "prices")
    between = mixed(first, second, {"structure"})
    assert tuple(between.scenario.queues) == between.forecast.queues == ("sales", "repairs")
    assert wage_in(between, "sales team") == 20.0
    assert wage_in(between, "repairs team") == 30.0


def test_another_date_of_the_same_weekday_is_no_cause_unless_dates_are_paid_better() -> None:
    holiday = {"premiums": {"share": 0.5, "dates": "2026-03-09"}}
    for own, found in (({}, ()), (holiday, ("profile",))):
        ends = [shop(calendar={"start": start}, own=own) for start in ("2026-03-02", "2026-03-09")]
        assert causes_of(ends[0], ends[1]) == found
    assert causes_of(shop(), shop(calendar={"start": "2026-03-03"})) == ("profile",)


def test_names_and_preset_and_solver_are_no_cause() -> None:
    named = shop(solver={"gap": 0.1, "time_limit_seconds": 1.0}, sourcing={})
    assert causes_of(shop(), named) == ()


FIELDS = {
    Queue: (causes.QUEUE, {"automation"}),
    Automation: (causes.AUTOMATION, set[str]()),
    Pool: (causes.POOL, {"turnover", "pay", "kind", "queues", "brings_platform"}),
    Turnover: (causes.TURNOVER, set[str]()),
    Vendor: (causes.VENDOR, {"contract", "queues"}),
    Technology: (causes.TECHNOLOGY, {"pools"}),
    Investment: (causes.INVESTMENT, {"take", "queues", "pools"}),
    Scenario: (
        causes.SCENARIO,
        {"queues", "pools", "vendors", "technologies", "investments", "uncertainty"},
    ),
}


@pytest.mark.parametrize("part", FIELDS, ids=lambda part: part.__name__)
def test_every_field_of_a_scenario_has_its_cause(part: Any) -> None:
    """A new field fails here: name its cause, or put it among those that are structure or apart."""
    table, apart = FIELDS[part]
    assert set(part.model_fields) == set(table) | apart


def test_money_of_a_contract_names_real_fields() -> None:
    schema = str(MinuteContract.model_json_schema())
    assert all(f"'{name}'" in schema for name in ("price", "price_beyond", "minimum_spend", "amount"))


@given(st.sets(st.sampled_from(ORDER)))
@settings(max_examples=6)
def test_seasons_of_a_shop_mix_into_problems_that_hold(taken: set[Any]) -> None:
    quiet, peak = SEASONS
    between = mixed(quiet, peak, taken)
    assert impossible(between) == []
    back = mixed(peak, quiet, EVERY - taken)
    same(between, back)


SEASONS = tuple(read_problem(SCENARIOS / "ecommerce" / f"{name}.yaml") for name in ("quiet", "peak"))


def test_seasons_of_a_shop_differ_in_what_their_files_say() -> None:
    assert causes_of(*SEASONS) == ("volume", "profile", "handle_time", "labour")


def test_rules_that_the_mixture_breaks_are_told() -> None:
    asked = queue(service={"answer_rate": 0.9})
    patient = queue(patience_seconds=None, service={"average_wait_seconds": 60, "floor": None})
    pools = {"own": pool(shifts("08:00", 4.0))}
    first, second = (
        problem(scenario({"calls": each}, pools), {"calls": CONTACTS}) for each in (asked, patient)
    )

    (wrong,) = impossible(mixed(first, second, {"customers"}))[:1]

    assert wrong.startswith("queues.calls.")
    assert impossible(mixed(first, second, frozenset())) == []


def test_what_cannot_be_laid_on_one_another_is_told() -> None:
    week = {"start": "2026-03-02", "days": 7}
    half_hours = {"start": "2026-03-02", "interval_minutes": 30}
    asked = problem(shop().scenario, {}, agents={"calls": (3.0,) * 4})
    (days,) = unlike(shop(), shop(calendar=week))
    (minutes,) = unlike(shop(), shop(calendar=half_hours))
    (agents,) = unlike(shop(), asked)
    assert "1 and 7 days" in days
    assert "60 and 30 minutes" in minutes
    assert "one forecast gives contacts, the other agents" in agents


def test_a_day_on_which_clocks_change_is_told() -> None:
    zone = {"days": 1, "time_zone": "America/New_York"}
    ends = [shop(calendar={**zone, "start": start}) for start in ("2026-03-08", "2026-03-09")]
    assert [*unlike(*ends)] == ["clocks change in one of the calendars; take days without a change of clocks"]


def test_agents_that_are_asked_for_have_a_volume_and_a_profile() -> None:
    few, many = (problem(shop().scenario, {}, agents={"calls": each}) for each in ((1.0, 3.0), (6.0, 2.0)))
    assert causes_of(few, many) == ("volume", "profile")
    np.testing.assert_allclose(mixed(few, many, {"volume"}).forecast.agents[8:12, 0], [2.0, 6.0, 2.0, 6.0])  # type: ignore[index]  # it gives agents
