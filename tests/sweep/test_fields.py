"""Fields by their paths: found where a person means them, and changed in a copy alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.scenario.scenario import Scenario
from planner.sweep.fields import NoSuchField, Question, changed, places
from planner.sweep.points import Change, Form
from planner.sweep.question import problem_of, question_of
from tests.sweep.desk import RATE, WAGE, desk

DOCUMENT: dict[str, Any] = {
    "queues": {
        "calls": {"service": {"answer_rate": [{"target": 0.9, "period": "week"}], "service_level": []}},
        "calls.vip": {
            "service": {
                "answer_rate": [{"target": 0.95, "period": "week"}, {"target": 0.9, "period": "interval"}]
            }
        },
    },
    "pools": {
        "team": {"pay": {"wage": 20.0}, "maximum_seats": 10, "preset": "in_house"},
        "night": {"pay": {"wage": 30}, "maximum_seats": None},
    },
}
ROWS: dict[str, Any] = {"queue": ["calls", "chat", "calls"], "contacts": [10.0, 20.0, 30.0]}


def made(path: str, to: Any, form: Form = "values") -> Question:
    return changed(Question(DOCUMENT, ROWS), (Change(path, form, to),))


def test_a_list_of_one_target_stands_for_its_target() -> None:
    assert places(DOCUMENT, RATE) == [("queues", "calls", "service", "answer_rate", 0, "target")]
    service = made(RATE, 0.97).document["queues"]["calls"]["service"]
    assert service["answer_rate"] == [{"target": 0.97, "period": "week"}]
    assert DOCUMENT["queues"]["calls"]["service"]["answer_rate"][0]["target"] == 0.9


def test_an_entry_of_a_list_has_its_number_and_names_may_have_dots() -> None:
    path = "queues.calls.vip.service.answer_rate.#2"
    assert places(DOCUMENT, path) == [("queues", "calls.vip", "service", "answer_rate", 1, "target")]


def test_a_promise_that_is_not_there_yet_can_be_made() -> None:
    service = made("queues.calls.service.service_level", 0.8).document["queues"]["calls"]["service"]
    assert service["service_level"] == 0.8


def test_a_star_stands_for_every_name_whose_field_is_there() -> None:
    pools = made("pools.*.pay.wage", 1.5, "factors").document["pools"]
    assert (pools["team"]["pay"]["wage"], pools["night"]["pay"]["wage"]) == (30.0, 45)
    seats = made("pools.*.maximum_seats", 12).document["pools"]
    assert (seats["team"]["maximum_seats"], seats["night"]["maximum_seats"]) == (12, None)


def test_a_whole_number_stays_one_where_it_can() -> None:
    for raised in (
        made("pools.team.maximum_seats", 1.1, "factors"),
        made("pools.team.maximum_seats", 11.0),
    ):
        seats = raised.document["pools"]["team"]["maximum_seats"]
        assert seats == 11
        assert isinstance(seats, int)
    assert (
        made("pools.team.maximum_seats", 1.05, "factors").document["pools"]["team"]["maximum_seats"] == 10.5
    )


def test_contacts_of_the_forecast_are_scaled_for_all_queues_or_for_one() -> None:
    assert made("forecast.contacts", 1.5, "factors").forecast["contacts"] == [15.0, 30.0, 45.0]
    assert made("forecast.contacts.chat", 1.5, "factors").forecast["contacts"] == [10.0, 30.0, 30.0]
    assert ROWS["contacts"] == [10.0, 20.0, 30.0]


@pytest.mark.parametrize(
    "path, to, form, said",
    [
        ("pools.team.pay.wag", 1.0, "values", "pools.team.pay has no wag; write wage"),
        ("pool.team.pay.wage", 1.0, "values", "it has no pool; write pools"),
        ("pools.team.preset", "x", "values", "sweep the fields that it stands for"),
        ("pools.night.maximum_seats", 1.1, "factors", "holds no number that could be multiplied"),
        ("queues.calls.vip.service.answer_rate.target", 0.9, "values", "leads to a list of 2: write "),
        ("queues.calls.vip.service.answer_rate", 0.9, "values", "holds 2 entries, which one value cannot"),
        ("queues.*.service.answer_rate", 0.9, "values", "sweep one: queues.*.service.answer_rate.#1"),
        ("pools.*.pay.bonus", 0.9, "values", "a field has to be there to be swept"),
        ("forecast.contacts", 100.0, "values", "can be swept by factors alone"),
        ("forecast.contacts.cals", 1.1, "factors", "names no queue of the forecast; write calls"),
        ("forecast.handle_time_seconds", 1.1, "factors", "the forecast asks for agents"),
    ],
)
def test_a_path_that_leads_nowhere_is_told(path: str, to: Any, form: Form, said: str) -> None:
    with pytest.raises(NoSuchField) as refused:
        made(path, to, form)
    assert said in str(refused.value)


def test_a_question_without_changes_is_the_problem_that_it_came_from() -> None:
    of = desk()
    again = problem_of(question_of(of))
    assert again.scenario.pools == of.scenario.pools
    assert again.scenario.queues["calls"].promises == of.scenario.queues["calls"].promises
    assert again.forecast.contacts.tolist() == of.forecast.contacts.tolist()
    assert again.forecast.handle_time.tolist() == of.forecast.handle_time.tolist()


def test_usual_promises_are_written_out_so_that_they_can_be_swept() -> None:
    of = desk()
    written = of.scenario.model_dump(mode="json", by_alias=True)
    written["queues"]["calls"]["service"] = {}
    usual = question_of(replace(of, scenario=Scenario.model_validate(written)))
    assert usual.document["queues"]["calls"]["service"]["answer_rate"] == [{"target": 0.95, "period": "week"}]
    assert places(usual.document, "queues.*.service.average_wait_seconds")
    assert places(usual.document, WAGE)
