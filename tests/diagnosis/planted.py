"""Small scenarios without a plan, each with the clash that was planted in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.problem import Problem
from tests.program.small_problems import pool, problem, queue, scenario, shifts

RATE = {"answer_rate": 0.9, "floor": None}
EVERY = {"answer_rate": {"target": 0.9, "period": "interval"}, "floor": None}
LONG = shifts("08:00", 4.0)
BUSY = {"calls": [40.0]}
SIMPLE = {"name": "simple", "share": 0.5, "complexity": 1.0, "containment": 1.0}
REST = {"name": "rest", "share": 0.5, "complexity": 1.0, "automatable": False}
WEEK = {"days": 7}


@dataclass(frozen=True)
class Planted:
    """A problem without a plan, and the fields that clash in it."""

    name: str
    problem: Callable[[], Problem]
    clash: frozenset[str]


def one(
    name: str,
    clash: set[str],
    pools: Mapping[str, Any],
    service: object = RATE,
    contacts: Mapping[str, Any] = BUSY,
    **rest: Any,
) -> Planted:
    """One queue `calls`; `rest` holds what goes into the queue, and `calendar`, `scenario`, `agents`."""
    calendar, rules, agents = rest.pop("calendar", None), rest.pop("scenario", {}), rest.pop("agents", None)
    hours = rest.pop("hours", "08:00-12:00")

    def made() -> Problem:
        of = scenario({"calls": queue(hours, service=service, **rest)}, pools, calendar, **rules)
        return problem(of, contacts, agents=agents)

    return Planted(name, made, frozenset(clash))


def two(name: str, clash: set[str], pools: Mapping[str, Any], contacts: Mapping[str, Any]) -> Planted:
    """Two queues, `calls` and `mail`, each with 90 % answered over the week."""

    def made() -> Problem:
        queues = {"calls": queue(service=RATE), "mail": queue(service=RATE)}
        return problem(scenario(queues, pools), contacts)

    return Planted(name, made, frozenset(clash))


def by_seat(**terms: Any) -> dict[str, Any]:
    pay = {"by": "seat", "price": 300.0, **terms}
    return {**pool(LONG, pay=pay), "kind": "outsourced"}


MONTHLY: dict[str, Any] = {"pay": {"by": "month", "wage": 3000.0}}
ANSWER, BOOKS, SEATS = (
    "queues.calls.service.answer_rate",
    "pools.own.maximum_headcount",
    "pools.own.maximum_seats",
)
FEW = pool(LONG, maximum_headcount=2)

PLANTED = (
    one("people on the books", {ANSWER, BOOKS}, {"own": FEW}),
    one("people at once", {ANSWER, SEATS}, {"own": pool(LONG, maximum_seats=2)}),
    one("an hour without a shift", {ANSWER, "pools.own.shifts"}, {"own": pool(shifts("08:00", 3.0))}, EVERY),
    one(
        "the floor",
        {"queues.calls.service.floor", BOOKS},
        {"own": pool(LONG, maximum_headcount=1)},
        {"answer_rate": 0.3, "floor": 0.8},
    ),
    one(
        "a wait over the week",
        {"queues.calls.service.average_wait_seconds", BOOKS},
        {"own": FEW},
        {"average_wait_seconds": 5.0, "floor": None},
    ),
    one(
        "a wait in every interval",
        {"queues.calls.service.average_wait_seconds", SEATS},
        {"own": pool(LONG, maximum_seats=2)},
        {"average_wait_seconds": {"target": 5.0, "period": "interval"}, "floor": None},
    ),
    one(
        "80/20 in every interval",
        {"queues.calls.service.service_level", BOOKS},
        {"own": FEW},
        {"service_level": {"target": 0.8, "within_seconds": 20.0, "period": "interval"}, "floor": None},
    ),
    one(
        "80/20 over the week",
        {"queues.calls.service.service_level", BOOKS},
        {"own": FEW},
        {"service_level": {"target": 0.8, "within_seconds": 20.0}, "floor": None},
    ),
    one(
        "occupancy",
        {"queues.calls.service.occupancy", BOOKS},
        {"own": FEW},
        {"occupancy": 0.5, "floor": None},
    ),
    one(
        "waiting probability",
        {"queues.calls.service.waiting_probability", BOOKS},
        {"own": FEW},
        {"waiting_probability": 0.05, "floor": None},
    ),
    one(
        "two pools with limits",
        {ANSWER, BOOKS, "pools.home.maximum_headcount"},
        {"own": pool(LONG, maximum_headcount=2), "home": pool(LONG, wage=25.0, maximum_headcount=1)},
    ),
    one(
        "heads of one pool and seats of another",
        {ANSWER, BOOKS, "pools.home.maximum_seats"},
        {"own": pool(LONG, maximum_headcount=2), "home": pool(LONG, wage=25.0, maximum_seats=1)},
    ),
    one(
        "the second of two promises",
        {"queues.calls.service.answer_rate.#2", BOOKS},
        {"own": FEW},
        {
            "answer_rate": [0.5, {"target": 0.9, "period": "day"}],
            "floor": None,
        },
    ),
    two(
        "skills",
        {"queues.mail.service.answer_rate", "pools.own.queues", "pools.post.maximum_headcount"},
        {"own": pool(LONG), "post": pool(LONG, queues="mail", maximum_headcount=1)},
        {"calls": [10.0], "mail": [40.0]},
    ),
    two(
        "two queues that share people",
        {ANSWER, "queues.mail.service.answer_rate", BOOKS},
        {"own": pool(LONG, queues=["calls", "mail"], maximum_headcount=4)},
        {"calls": [40.0], "mail": [40.0]},
    ),
    one(
        "AI held low",
        {ANSWER, BOOKS, "queues.calls.automation.fixed_share"},
        {"own": pool(LONG, maximum_headcount=3)},
        automation={"intents": [SIMPLE, REST], "price_per_session": 1.0, "fixed_share": 0.05},
    ),
    one(
        "an intent that AI may not take",
        {ANSWER, BOOKS, "queues.calls.automation.intents.#1.automatable"},
        {"own": pool(LONG, maximum_headcount=3)},
        automation={"intents": [{**SIMPLE, "automatable": False}, REST], "price_per_session": 1.0},
    ),
    one(
        "least hours for more people than there is work",
        {"pools.own.minimum_headcount", "pools.own.contract.least_hours_per_week"},
        {"own": pool(LONG, minimum_headcount=90, contract={"least_hours_per_week": 20.0})},
        {"answer_rate": 0.5, "floor": None},
    ),
    one(
        "one pattern for two ends of the day",
        {ANSWER, "pools.own.maximum_patterns"},
        {"own": pool(shifts(["08:00", "12:00"], 4.0), maximum_patterns=1)},
        EVERY,
        hours="08:00-16:00",
    ),
    one(
        "patterns for more people than seats",
        {ANSWER, SEATS, "pools.own.shifts", "pools.own.shifts.#1.minimum_people"},
        {"own": pool(shifts("08:00", 4.0, minimum_people=6), maximum_seats=5)},
    ),
    one(
        "hours a week",
        {ANSWER, BOOKS, "pools.own.contract.hours_per_week"},
        {
            "own": pool(
                shifts("08:00", 8.0), maximum_headcount=5, contract={"hours_per_week": 20.0}, **MONTHLY
            )
        },
        EVERY,
        hours="08:00-16:00",
    ),
    one(
        "days a week",
        {ANSWER, BOOKS, "pools.own.contract.days_per_week"},
        {"own": pool(LONG, maximum_headcount=4, **MONTHLY)},
        EVERY,
        contacts={"calls": [40.0]},
        calendar=WEEK,
    ),
    one(
        "days off in a row",
        {BOOKS, "pools.own.contract.days_off", "pools.own.contract.days_per_week"},
        {"own": pool(LONG, maximum_headcount=4, contract={"days_off": "consecutive"}, **MONTHLY)},
        calendar=WEEK,
        contacts={},
        agents={"calls": [n for day in (4, 1, 4, 1, 4, 1, 4) for n in 4 * [float(day)]]},
    ),
    one("seats of a contract", {ANSWER, "pools.own.pay.maximum_seats"}, {"own": by_seat(maximum_seats=2)}),
    one(
        "seats that change slowly",
        {ANSWER, "pools.own.pay.most_seats_changed_per_month"},
        {"own": by_seat(seats_now=1, most_seats_changed_per_month=1)},
    ),
    one(
        "a vendor with few lines",
        {ANSWER, BOOKS, "vendors.relief.contract.most_calls_at_once"},
        {"own": pool(LONG, maximum_headcount=1)},
        EVERY,
        scenario={
            "vendors": {
                "relief": {
                    "queues": "calls",
                    "contract": {"by": "minute", "tiers": {"price": 0.8}, "most_calls_at_once": 1},
                }
            }
        },
    ),
    one(
        "shifts longer than the opening hours",
        {ANSWER, "pools.own.shifts", "pools.own.shifts.#1.outside_opening_hours"},
        {"own": pool(shifts("08:00", 8.0))},
    ),
    one(
        "a platform that keeps people at home",
        {ANSWER, "technologies.saas.pools", "pools.home.maximum_headcount"},
        {"own": pool(LONG), "home": pool(LONG, wage=25.0, maximum_headcount=1)},
        scenario={"technologies": {"saas": {"subscription_per_year": 1200.0, "pools": "home"}}},
    ),
    one(
        "a queue that nobody leaves",
        {BOOKS},
        {"own": FEW},
        {"average_wait_seconds": 3000.0, "floor": None},
        contacts={"calls": [50.0]},
        patience_seconds=None,
    ),
    one(
        "agents asked for directly",
        {SEATS},
        {"own": pool(LONG, maximum_seats=3)},
        contacts={},
        agents={"calls": [2.0, 5.0, 5.0, 2.0]},
    ),
    one(
        "people are whole",
        {BOOKS},
        {"own": pool(shifts(["08:00", "10:00"], 2.0), maximum_headcount=19)},
        contacts={},
        agents={"calls": [9.5]},
    ),
    one(
        "promises that hold for sure",
        {ANSWER, BOOKS, "uncertainty.confidence"},
        {"own": pool(LONG, maximum_headcount=4)},
        scenario={"uncertainty": {"day_cv": 0.3, "confidence": 0.95}},
    ),
)
