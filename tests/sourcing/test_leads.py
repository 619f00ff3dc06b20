"""Who leads where: proven by bounds, and searched for where it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.sourcing import Answer
from planner.sourcing.leads import leads, surely_cheapest

NOBODY = Answer("infeasible", float("inf"), float("inf"))
NO_TIME = Answer("timeout", float("inf"), 0.0)


def plan(cost: float, bound: float) -> Answer:
    return Answer("plan", cost, bound)


@pytest.mark.parametrize(
    "answers, first",
    [
        ({"a": plan(100, 99), "b": plan(110, 101)}, "a"),
        ({"a": plan(100, 99), "b": plan(101, 100)}, None),
        ({"a": plan(100, 99), "b": plan(100, 99)}, None),
        ({"a": plan(100, 99), "b": plan(120, 110), "c": plan(101, 95)}, None),
        ({"a": plan(100, 99), "b": NOBODY}, "a"),
        ({"a": plan(100, 99), "b": NO_TIME}, None),
        ({"a": NOBODY, "b": NOBODY}, None),
    ],
)
def test_one_leads_for_sure_where_its_cost_is_below_every_other_bound(
    answers: dict[str, Answer], first: str | None
) -> None:
    assert surely_cheapest(answers) == first


def test_a_change_is_found_to_the_tolerance() -> None:
    found = leads([100.0, 1000.0], lambda volume: "low" if volume < 437 else "high", 0.02)
    assert [lead.alternative for lead in found] == ["low", "high"]
    assert found[0].to_contacts < 437 <= found[1].from_contacts
    assert found[1].from_contacts - found[0].to_contacts <= 0.02 * found[1].from_contacts


def test_volumes_that_are_too_near_to_tell_stand_between() -> None:
    def at(volume: float) -> str | None:
        return None if 300 <= volume < 500 else "low" if volume < 400 else "high"

    found = leads([100.0, 1000.0], at, 0.01)
    assert [lead.alternative for lead in found] == ["low", None, "high"]
    assert found[1].from_contacts == pytest.approx(300, rel=0.02)
    assert found[1].to_contacts == pytest.approx(500, rel=0.02)


def test_between_equal_answers_nothing_is_looked_at() -> None:
    seen: list[float] = []

    def at(volume: float) -> str:
        seen.append(volume)
        return "a"

    assert len(leads([1.0, 10.0, 100.0], at, 0.01)) == 1
    assert seen == [1.0, 10.0, 100.0]


def test_volumes_are_never_less_than_a_contact_apart() -> None:
    found = leads([1.0, 3.0], lambda volume: "low" if volume < 2.5 else "high", 1e-9)
    assert (found[0].to_contacts, found[1].from_contacts) == (2.0, 3.0)


@given(change=st.floats(10.5, 989.5), tolerance=st.floats(0.005, 0.2))
def test_wherever_it_changes_it_is_found(change: float, tolerance: float) -> None:
    low, high = leads([10.0, 990.0], lambda volume: "low" if volume < change else "high", tolerance)
    assert low.to_contacts < change <= high.from_contacts
    assert high.from_contacts - low.to_contacts <= max(tolerance * high.from_contacts, 1.0)
