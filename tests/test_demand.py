"""Contacts that reach people at every AI level, against a count intent by intent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.arrays import frozen
from planner.demand import QueueDemand, demand, in_order, levels, offered
from planner.forecast.forecast import Forecast
from planner.scenario.automation import Automation, Intent
from planner.scenario.scenario import Queue

HANDLE_TIME = 200.0
CONTACTS = 1000.0


def intent(name: str, share: float, **rules: Any) -> Intent:
    return Intent(name=name, share=share, **rules)


def forecast_of(contacts: list[float], handle_time: float = HANDLE_TIME) -> Forecast:
    arriving = np.array(contacts)[:, None]
    times = np.where(arriving > 0, handle_time, 0.0)
    return Forecast(
        ("calls",), frozen(arriving), frozen(times), None, np.ones(arriving.shape, dtype=np.bool_)
    )


def asked(automation: Automation | None, contacts: list[float] | None = None) -> QueueDemand:
    (found,) = demand({"calls": Queue(automation=automation)}, forecast_of(contacts or [CONTACTS]))
    return found


def at_share(found: QueueDemand, share: float) -> int:
    return int(np.argmin(np.abs(found.share - share)))


@dataclass
class Counted:
    """What a count of single intents says about one level."""

    sessions: float
    contained: float
    contacts: float
    work: float


def counted(intents: tuple[Intent, ...], share: float, contacts: float, handle_time: float) -> Counted:
    """Contacts of one intent after another, the simplest first and of two alike the more frequent one."""
    mean = sum(one.share * one.complexity for one in intents)
    left, found = share * contacts, Counted(0.0, 0.0, 0.0, 0.0)
    for one in sorted(intents, key=lambda one: (not one.automatable, one.complexity, -one.share)):
        arriving = one.share * contacts
        sessions = min(arriving, left) if one.automatable else 0.0
        left -= sessions
        ended = sessions * one.containment
        back = ended * one.wrong_containment
        handed_over = sessions - ended
        takes = handle_time * one.complexity / mean
        found.sessions += sessions
        found.contained += ended - back
        found.contacts += arriving - ended + back
        found.work += (arriving - sessions + back) * takes + handed_over * (
            takes - one.saved_handle_time_seconds
        )
    return found


@st.composite
def automations(draw: st.DrawFn) -> Automation:
    parts = np.array(draw(st.lists(st.integers(1, 9), min_size=1, max_size=5)), dtype=float)
    complexity = [draw(st.sampled_from([0.5, 1.0, 2.0])) for _ in parts]
    mean = float(parts @ np.array(complexity)) / parts.sum()
    intents = [
        intent(
            f"intent {number}",
            float(share),
            complexity=heavy,
            automatable=draw(st.booleans()),
            containment=draw(st.sampled_from([0.0, 0.3, 0.8, 0.95])),
            wrong_containment=draw(st.sampled_from([0.0, 0.1, 1.0])),
            saved_handle_time_seconds=draw(st.sampled_from([0.0, 0.5, 1.0])) * HANDLE_TIME * heavy / mean,
        )
        for number, (share, heavy) in enumerate(zip(parts / parts.sum(), complexity, strict=True))
    ]
    return Automation(intents=tuple(intents), level_step=draw(st.sampled_from([0.05, 0.13, 1.0])))


@settings(max_examples=50)
@given(automations(), st.lists(st.floats(0, 500), min_size=1, max_size=3))
def test_every_level_is_what_a_count_intent_by_intent_gives(
    automation: Automation, contacts: list[float]
) -> None:
    found = asked(automation, contacts)
    for k, share in enumerate(found.share):
        by_hand = [counted(automation.intents, float(share), given, HANDLE_TIME) for given in contacts]
        assert found.contacts[:, k] == pytest.approx([one.contacts for one in by_hand], abs=1e-7)
        work = found.contacts[:, k] * found.handle_time[:, k]
        assert work == pytest.approx([one.work for one in by_hand], rel=1e-9, abs=1e-5)
        assert found.sessions[k] == pytest.approx(sum(one.sessions for one in by_hand), abs=1e-6)
        assert found.contained[k] * sum(contacts) == pytest.approx(
            sum(one.contained for one in by_hand), abs=1e-6
        )


@settings(max_examples=50)
@given(automations())
def test_levels_rise_from_none_to_all_that_may_be_automated(automation: Automation) -> None:
    found = levels(automation)
    assert found[0] == 0.0
    assert np.all(np.diff(found) > 1e-9)
    assert np.all(np.diff(found) <= automation.level_step + 1e-9)
    assert found[-1] == pytest.approx(sum(one.share for one in automation.intents if one.automatable))


@settings(max_examples=50)
@given(automations())
def test_more_automation_never_brings_people_more_contacts(automation: Automation) -> None:
    found = asked(automation)
    assert np.all(np.diff(found.contacts[0]) <= 1e-9)
    assert np.all(np.diff(found.contained) >= -1e-12)


def test_levels_stand_at_every_step_and_at_every_edge_of_an_intent() -> None:
    automation = Automation(
        intents=(
            intent("parcel", 0.12, complexity=0.5),
            intent("returns", 0.21, complexity=1.0),
            intent("other", 0.67, automatable=False),
        ),
        level_step=0.1,
    )
    assert levels(automation) == pytest.approx([0.0, 0.1, 0.12, 0.2, 0.3, 0.33])


def test_steps_of_five_points_unless_said_otherwise() -> None:
    automation = Automation(intents=(intent("all", 1.0),))
    assert levels(automation) == pytest.approx(np.linspace(0.0, 1.0, 21))


def test_simple_intents_come_first_and_of_two_alike_the_frequent_one() -> None:
    intents = (
        intent("hard", 0.4, complexity=2.0),
        intent("simple and rare", 0.1, complexity=0.5),
        intent("never", 0.2, complexity=0.1, automatable=False),
        intent("simple and frequent", 0.3, complexity=0.5),
    )
    assert [one.name for one in in_order(intents)] == ["simple and frequent", "simple and rare", "hard"]
    assert offered(intents, 0.35) == pytest.approx([0.0, 0.5, 0.0, 1.0])


def test_thirty_percent_automated_saves_a_quarter_of_the_work_as_the_article_has_it() -> None:
    """mission.md: 30 % of contacts automated, labour down 25 %, so what is left takes 7 % longer."""
    simple = 0.25 / 0.30
    rest = 0.75 / 0.70
    automation = Automation(
        intents=(
            intent("parcel and returns", 0.3, complexity=simple, containment=1.0),
            intent("the rest", 0.7, complexity=rest, automatable=False),
        )
    )
    found = asked(automation)
    top = at_share(found, 0.3)
    work = found.contacts[0] * found.handle_time[0]
    assert found.contacts[0, top] == pytest.approx(0.7 * CONTACTS)
    assert work[top] / work[0] == pytest.approx(0.75)
    assert found.handle_time[0, top] / HANDLE_TIME == pytest.approx(1.0714, abs=1e-4)


def test_handle_times_of_the_intents_average_to_the_forecasts() -> None:
    automation = Automation(
        intents=(intent("light", 0.8, complexity=0.2), intent("heavy", 0.2, complexity=9.0))
    )
    found = asked(automation)
    assert found.handle_time[0, 0] == pytest.approx(HANDLE_TIME)
    assert found.contacts[0, 0] == CONTACTS


def test_wrongly_contained_contacts_come_back_to_people() -> None:
    automation = Automation(
        intents=(intent("all", 1.0, containment=0.5, wrong_containment=0.2),), level_step=1.0
    )
    found = asked(automation)
    assert found.contained[1] == pytest.approx(0.4)
    assert found.contacts[0, 1] == pytest.approx(600.0)
    assert found.handle_time[0, 1] == pytest.approx(HANDLE_TIME)


def test_contacts_that_ai_hands_over_take_less_time() -> None:
    automation = Automation(intents=(intent("all", 1.0, saved_handle_time_seconds=50.0),), level_step=0.5)
    found = asked(automation)
    assert found.contacts[0] == pytest.approx([CONTACTS] * 3)
    assert found.handle_time[0] == pytest.approx([200.0, 175.0, 150.0])
    assert found.sessions == pytest.approx([0.0, 500.0, 1000.0])


def test_where_automation_is_forbidden_nothing_is_offered_to_ai() -> None:
    none = asked(Automation(intents=(intent("complaints", 1.0, automatable=False),)))
    without = asked(None)
    for found in (none, without):
        assert found.share.tolist() == found.contained.tolist() == found.sessions.tolist() == [0.0]
        assert found.contacts.tolist() == [[CONTACTS]]
        assert found.handle_time.tolist() == [[HANDLE_TIME]]


def test_intervals_without_contacts_take_no_time_at_any_level() -> None:
    automation = Automation(intents=(intent("all", 1.0, containment=0.5),), level_step=0.5)
    found = asked(automation, [0.0, 10.0])
    assert found.contacts[0].tolist() == found.handle_time[0].tolist() == [0.0, 0.0, 0.0]


def test_ai_that_keeps_every_contact_leaves_nothing_to_people() -> None:
    automation = Automation(intents=(intent("a", 0.3, containment=1.0), intent("b", 0.7, containment=1.0)))
    found = asked(automation)
    assert found.contained[-1] == pytest.approx(1.0)
    assert found.contacts[0, -1] == 0.0
    assert found.handle_time[0, -1] == 0.0


def test_a_share_held_fixed_is_the_one_level() -> None:
    automation = Automation(intents=(intent("all", 1.0, containment=0.5),))
    queues = {"calls": Queue(automation=automation)}
    (found,) = demand(queues, forecast_of([CONTACTS]), {"calls": 0.37})
    assert found.share.tolist() == [0.37]
    assert found.contacts[0] == pytest.approx([CONTACTS * (1 - 0.185)])


def test_agents_asked_for_directly_pass_through() -> None:
    closed = frozen(np.zeros((2, 1)))
    wanted = frozen(np.array([[3.0], [4.5]]))
    forecast = Forecast(("calls",), closed, closed, wanted, np.ones((2, 1), dtype=np.bool_))
    (found,) = demand({"calls": Queue()}, forecast)
    assert found.requirement is not None
    assert found.requirement.tolist() == [3.0, 4.5]
    assert found.contacts.sum() == 0.0
