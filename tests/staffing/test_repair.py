"""What a replay shows, and what is asked for next; rows are written by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.arrays import frozen, frozen_counts
from planner.calendar import Calendar
from planner.plan import ServiceRow
from planner.program.asked import AS_PROMISED, Asked
from planner.scenario.checks import calendar_of
from planner.staffing.repair import MOST, Aim, asked_target, competing, held, margins, repaired
from planner.staffing.replayed import Replayed
from tests.program.small_problems import pool, queue, scenario, shifts

CALENDAR: Calendar = calendar_of(scenario({"calls": queue()}, {"own": pool(shifts("08:00", 4.0))}).calendar)
TEN = [8, 9, 10, 11]
AIM = Aim(replications=200, certified=200, share=1.0, groups={"calls": 0, "mail": 0, "vip": 1}, credit=False)
CREDIT = Aim(replications=200, certified=200, share=1.0, groups=AIM.groups, credit=True)


def promised(
    measure: str = "answer_rate", target: float = 0.95, period: str = "week", **more: Any
) -> ServiceRow:
    said = {"queue": "calls", "over": None, "start": None, "planned": None, "met": True, **more}
    return ServiceRow.model_validate({"measure": measure, "target": target, "period": period, **said})


def shown(row: ServiceRow, predicted: list[float], simulated: list[float], error: float = 0.0) -> Replayed:
    rules = scenario({"calls": queue()}, {"own": pool(shifts("08:00", 4.0))}).queues["calls"]
    first = TEN[: len(simulated)] if row.period == "interval" else [8]
    spread = np.full(len(simulated), error)
    return Replayed(row, rules, frozen_counts(first), frozen(predicted), frozen(simulated), frozen(spread))


def test_a_promise_holds_if_it_is_kept_by_more_than_the_margin() -> None:
    sure, unsure = shown(promised(), [0.95], [0.955], 0.001), shown(promised(), [0.95], [0.955], 0.01)
    assert held([sure], AIM)
    assert not held([unsure], AIM)


def test_the_margin_is_what_the_certificate_may_be_off_by_and_some_doubt_about_this_replay() -> None:
    rows = [
        shown(promised(), [0.95], [0.95], 0.01),
        shown(promised(period="interval"), [0.9] * 4, [0.9] * 4, 0.02),
    ]
    found = margins(rows, Aim(100, 400, 0.5, {}, credit=False))
    # one-sided normal quantile of 5 % / 2 promises / 2, from a table; a fourth of the replications
    # and 0.1 point less, the certificate's tolerance
    assert found[0] == pytest.approx([(2.2414 / 2 + 1.5) * 0.01 - 0.001], rel=1e-4)
    assert found[1] == pytest.approx([(2.2414 / 2 + 1.5) * 0.02 - 0.001] * 4, rel=1e-4)
    assert margins([shown(promised(), [0.95], [0.95], 1e-5)], AIM)[0] == 0.0


def test_what_falls_short_is_asked_for_as_much_more_as_it_lost_more() -> None:
    asked = repaired([shown(promised(), [0.95], [0.90])], AS_PROMISED, AIM, CALENDAR)
    # 10 % lost where 5 % may be, 2 % of that kept free: 5 % x 0.049 / 0.1
    assert asked.budgets == {("calls", "answer_week_0"): pytest.approx(0.05 * 0.049 / 0.10)}


def test_a_wait_that_falls_short_is_asked_for_as_a_limit_of_lost_contacts() -> None:
    row = promised("average_wait", 20.0, over="offered")
    asked = repaired([shown(row, [20.0], [40.0])], AS_PROMISED, AIM, CALENDAR)
    assert asked.budgets == {("calls", "wait_week_0"): pytest.approx(20.0 * 19.6 / 40.0 / 120.0)}


def test_one_round_asks_for_three_times_less_at_most() -> None:
    asked = repaired([shown(promised(), [0.95], [0.2])], AS_PROMISED, AIM, CALENDAR)
    assert asked.budgets == {("calls", "answer_week_0"): pytest.approx(0.05 / MOST)}


def test_what_holds_stays_as_it_was_asked() -> None:
    before = Asked({("calls", "answer_week_0"): 0.03})
    row = shown(promised(), [0.97], [0.96])
    assert repaired([row], before, AIM, CALENDAR) == before
    assert asked_target(row, 8, before, CALENDAR) == pytest.approx(0.97)


def test_an_interval_that_falls_short_is_asked_for_the_difference_and_the_others_for_the_margin() -> None:
    row = shown(
        promised(target=0.8, period="interval"), [0.82, 0.9, 0.95, 0.99], [0.75, 0.9, 0.95, 0.99], 0.001
    )
    (tightened,) = repaired([row], AS_PROMISED, AIM, CALENDAR).intervals["calls"]
    margin = margins([row], AIM)[0][0]
    shift = 0.8 + 1.25 * margin - 0.75
    by_ratio = 0.18 * (0.2 - 1.25 * margin) / 0.25
    assert tightened.limits[8] == pytest.approx(1 - min(by_ratio, 0.18 - shift))
    assert [tightened.limits[t] for t in TEN[1:]] == pytest.approx([0.8 + margin] * 3)
    assert asked_target(row, 8, Asked(intervals={"calls": (tightened,)}), CALENDAR) == tightened.limits[8]


def test_intervals_that_all_hold_are_not_asked_for_more() -> None:
    row = shown(promised(target=0.8, period="interval"), [0.9] * 4, [0.95] * 4, 0.001)
    assert repaired([row], AS_PROMISED, AIM, CALENDAR) == AS_PROMISED


def test_a_week_that_is_not_added_up_is_asked_for_in_every_interval() -> None:
    row = promised("service_level", 0.8, over="answered", within_seconds=20.0)
    (tightened,) = repaired([shown(row, [0.85], [0.7])], AS_PROMISED, AIM, CALENDAR).intervals["calls"]
    assert (tightened.goal.measure, tightened.goal.over) == ("service_level", "answered")
    assert sorted(tightened.limits) == list(range(24))
    assert min(tightened.limits.values()) > 0.85


def test_credit_is_what_the_worst_served_of_those_who_compete_can_bear() -> None:
    over, barely = shown(promised(), [0.95], [0.98]), shown(promised(queue="mail"), [0.95], [0.96])
    strict = shown(promised(queue="vip", target=0.97), [0.97], [0.96])
    asked = repaired([over, barely, strict], AS_PROMISED, CREDIT, CALENDAR).budgets
    bearable = (0.049 / 0.04) ** 0.9  # mail's, of calls and mail
    assert asked["calls", "answer_week_0"] == pytest.approx(0.05 * bearable)
    assert asked["mail", "answer_week_0"] == pytest.approx(0.05 * bearable)
    assert asked["vip", "answer_week_0"] < 0.03, "vip has people of its own, and falls short"


def test_no_credit_is_given_where_somebody_who_competes_falls_short() -> None:
    over, short = shown(promised(), [0.95], [0.98]), shown(promised(queue="mail"), [0.95], [0.94])
    asked = repaired([over, short], AS_PROMISED, CREDIT, CALENDAR).budgets
    assert ("calls", "answer_week_0") not in asked
    assert asked["mail", "answer_week_0"] < 0.05


@given(
    st.lists(st.tuples(st.floats(0.5, 0.999), st.floats(0.3, 1.0)), min_size=1, max_size=4),
    st.floats(0.0, 0.02),
    st.sampled_from(["week", "interval"]),
)
def test_without_credit_nothing_is_ever_asked_for_less_than_promised(
    values: list[tuple[float, float]], error: float, period: str
) -> None:
    values = values if period == "interval" else values[:1]
    predicted = [max(one, 0.9) for one, _ in values]  # the plan keeps what it promises
    row = shown(promised(target=0.9, period=period), predicted, [simulated for _, simulated in values], error)
    asked = repaired([row], AS_PROMISED, AIM, CALENDAR)
    assert all(0 < limit <= 0.1 for limit in asked.budgets.values())
    limits = [
        limit for several in asked.intervals.values() for one in several for limit in one.limits.values()
    ]
    assert all(0.9 <= limit < 1.0 for limit in limits)


def test_queues_compete_if_pools_connect_them_and_their_priority_is_the_same() -> None:
    of = scenario(
        {"a": queue(), "b": queue(), "c": queue(), "vip": queue(priority=1), "alone": queue()},
        {
            "one": pool(shifts("08:00", 4.0), queues=["a", "b", "vip"]),
            "two": pool(shifts("08:00", 4.0), queues=["b", "c"]),
            "three": pool(shifts("08:00", 4.0), queues=["alone", "vip"]),
        },
    )
    groups = competing(of)
    assert groups["a"] == groups["b"] == groups["c"]
    assert len({groups["a"], groups["vip"], groups["alone"]}) == 3
