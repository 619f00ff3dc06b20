"""JSON is taken at its word: what the schema of a scenario refuses, reading refuses too."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from planner.scenario.reading import scenario_from, scenario_in
from planner.scenario.schema import scenario_schema
from tests.scenario.samples import SCENARIO, changed, mistakes

OTHERS: tuple[object, ...] = (
    None,
    True,
    "no",
    "30",
    0,
    -1,
    2.5,
    "x",
    "2026-03-02T00:00:00",
    [],
    {},
    [None],
    ["no"],
)
"""Values of every type of JSON, to stand where another was."""
FULL: dict[str, Any] = SCENARIO | {
    "calendar": SCENARIO["calendar"] | {"cyclic": False, "holidays": ["2026-03-02"], "country": "CN"},
    "forecast": {
        "from": "2026-03-02T08:00",
        "columns": {"start": "when"},
        "constants": {"queue": "presales", "handle_time_seconds": 240},
        "promotions": [{"dates": ["2026-03-02"], "factor": 2, "queues": ["presales"]}],
    },
    "queues": {
        "presales": SCENARIO["queues"]["presales"]
        | {
            "service": {
                "answer_rate": [{"target": 0.95, "period": "week"}],
                "average_wait_seconds": {"target": 30},
                "service_level": [{"target": 0.8, "within_seconds": 20}],
                "occupancy": 0.9,
                "floor": 0.8,
            },
            "customers": {"day_cv": 0.1},
            "repeats": {"first_contact_resolution": 0.7, "calls_back": 0.5, "baseline": {"ai_share": 0}},
            "automation": {
                "intents": [{"name": "where", "share": 1, "containment": 0.5, "automatable": True}],
                "fixed_share": None,
            },
        }
    },
    "pools": {
        "own": SCENARIO["pools"]["own"]
        | {
            "premiums": [{"share": 0.5, "days": "sat", "dates": ["2026-03-02"], "holidays": False}],
            "shrinkage": {"absence": 0.1},
            "turnover": {"monthly_attrition": 0.05},
            "contract": {"hours_per_week": 40},
            "brings_platform": False,
            "maximum_patterns": None,
            "shifts": [
                {
                    "starts": {"from": "08:00", "to": "09:00", "every_minutes": 30},
                    "lengths_hours": [2],
                    "breaks": [{"minutes": 15, "paid": True, "from_hours": 1, "to_hours": 1}],
                    "outside_opening_hours": False,
                }
            ],
        },
        "seats": {
            "kind": "outsourced",
            "queues": "presales",
            "pay": {"by": "seat", "price": 5000, "signed": True},
            "shifts": {"starts": ["08:00"], "lengths_hours": 2},
        },
    },
    "vendors": {
        "minutes": {
            "queues": ["presales"],
            "signed": False,
            "contract": {"by": "minute", "tiers": [{"up_to": 100, "price": 1.2}, {"price": 1}]},
        }
    },
    "technologies": {"cloud": {"subscription_per_year": 100, "pools": ["own", "seats"]}},
    "uncertainty": {"day_cv": 0.1, "confidence": 0.9},
    "solver": {"gap": 0.01, "reproducible": True},
}


def places(part: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place under a part of a document."""
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, below in inside:
        yield (*above, name)
        yield from places(below, (*above, name))


def put(document: Any, place: tuple[str | int, ...], value: object) -> Any:
    """A copy of the document with another value at a place."""
    copy = deepcopy(document)
    part = copy
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    return copy


def test_the_full_scenario_of_this_test_is_right() -> None:
    assert scenario_from(FULL).mistakes == ()


@pytest.mark.parametrize("place", list(places(FULL)), ids=lambda place: ".".join(map(str, place)))
def test_what_the_schema_refuses_is_refused(place: tuple[str | int, ...]) -> None:
    schema = Draft202012Validator(scenario_schema(), format_checker=FormatChecker())
    for value in OTHERS:
        document = put(FULL, place, value)
        if not schema.is_valid(document):
            assert scenario_from(document).mistakes, f"{place}: {value!r} is taken"


@pytest.mark.parametrize("word, said", [("no", "false"), ("Yes", "true")])
def test_a_word_for_true_or_false_is_none_in_json_and_told_so(word: str, said: str) -> None:
    assert mistakes(changed("calendar/cyclic", word)) == [
        f"scenario: calendar.cyclic: must be true or false (got {word!r}; write {said})"
    ]


@pytest.mark.parametrize("given", [1_772_409_600, "1772409600", "2026-03-02T00:00:00"])
def test_seconds_and_times_are_no_date(given: object) -> None:
    (told,) = mistakes(changed("calendar/start", given))

    assert told.startswith("scenario: calendar.start: must be a date such as 2026-03-02")


def test_yaml_has_words_for_true_and_false_where_a_field_holds_them_and_nowhere_else() -> None:
    read = scenario_in(YAML.encode(), "monday.yaml")

    assert read.mistakes == ()
    assert read.scenario is not None
    assert read.scenario.calendar.cyclic is False
    assert read.scenario.calendar.country == "NO"
    (pause,) = read.scenario.pools["on"].shifts[0].breaks
    assert pause.paid is True
    assert read.scenario.queues["off"].business_line == "no"


YAML = """
name: Monday
currency: NOK
calendar: {start: 2026-03-02, days: 1, cyclic: no, country: NO}
queues:
  off: {patience_seconds: 60, business_line: no}
pools:
  on:
    kind: in_house
    queues: off
    pay: {by: hour, wage: 200}
    shifts:
      starts: 08:00
      lengths_hours: 4
      breaks: {minutes: 15, paid: Yes, from_hours: 1, to_hours: 1}
"""
