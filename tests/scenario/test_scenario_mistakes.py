"""What is said about scenarios that are wrong, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from planner.errors import InvalidInput
from planner.scenario.reading import read_scenario
from tests.scenario.samples import FORECAST, SCENARIO, changed, mistakes

INTENT = {"name": "parcel", "share": 1.0}
SHIFTS = {"starts": "08:00", "lengths_hours": 2}
MONTHLY = {
    "kind": "in_house",
    "queues": ["presales"],
    "pay": {"by": "month", "wage": 6000},
    "contract": {"least_hours_per_week": 10},
    "shifts": SHIFTS,
}
AT_HOME = {"preset": "remote", "queues": ["presales"], "desk_rent_per_month": 500, "shifts": SHIFTS}
MINUTES = {"by": "minute", "tiers": [{"price": 1.15}]}
BY_SEAT = {"by": "seat", "price": 6500}
SEATS = {"kind": "outsourced", "queues": ["presales"], "pay": BY_SEAT, "shifts": SHIFTS}
CASES: list[tuple[str, Any, str]] = [
    (
        "queues/presales/repeats",
        {"first_contact_resolution": 0.0, "calls_back": 1.0},
        "queues.presales.repeats.calls_back: lets 100% of answered contacts come again; at most 95% may",
    ),
    (
        "queues/presales",
        {
            "open": {"mon": "08:00-10:00"},
            "service": {"average_wait_seconds": 30},
            "repeats": {"first_contact_resolution": 0.7, "calls_back": 0.6, "redials": 0.5},
        },
        "queues.presales.repeats.redials: must be 0 where nobody leaves; write patience_seconds, or leave it "
        "out",
    ),
    (
        "queues/presales",
        {
            "open": {"mon": "08:00-10:00"},
            "service": {"average_wait_seconds": 30},
            "repeats": {
                "first_contact_resolution": 0.7,
                "calls_back": 0.6,
                "baseline": {"answer_rate": 0.9},
            },
        },
        "queues.presales.repeats.baseline.answer_rate: must be 1 where nobody leaves; write "
        "patience_seconds, or leave it out",
    ),
    (
        "pools/own/first_contact_resolution",
        {"sales": 0.7},
        "pools.own.first_contact_resolution.sales: is no queue of this pool (it serves presales)",
    ),
    (
        "pools/own/first_contact_resolution",
        {"presales": 0.7},
        "pools.own.first_contact_resolution.presales: says nothing unless the queue has repeats; write "
        "queues.presales.repeats",
    ),
    (
        "vendors/relief",
        {"queues": "presale", "contract": MINUTES},
        "vendors.relief.queues: names no queue (got 'presale'; write presales)",
    ),
    (
        "vendors/relief",
        {"queues": ["presales", "presales"], "contract": MINUTES},
        "vendors.relief.queues: names 'presales' twice; keep one",
    ),
    (
        "vendors/own",
        {"queues": "presales", "contract": MINUTES},
        "vendors.own: is the name of a pool too; give one of them another name",
    ),
    (
        "vendors/relief",
        {"queues": "presales", "contract": {"by": "minute", "tiers": [{"up_to": 5, "price": 1}]}},
        "vendors.relief.contract.tiers.#1.up_to: must not limit the last tier; leave it out, or add a tier "
        "for the minutes above 5",
    ),
    (
        "vendors/relief",
        {"queues": "presales", "contract": MINUTES, "talk_share": 0},
        "vendors.relief.talk_share: must be above 0 (got 0)",
    ),
    (
        "vendors/relief",
        {"queues": "presales", "contract": {**MINUTES, "most_minutes_changed_per_month": 500}},
        "vendors.relief.contract.most_minutes_changed_per_month: says nothing within one plan, which has no "
        "month before it; leave it out",
    ),
    (
        "queues/presales/service",
        {"answer_rate": 95},
        "queues.presales.service.answer_rate: must be below 1 (got 95; write 0.95)",
    ),
    (
        "queues/presales/service",
        {"answer_rate": "95 %"},
        "queues.presales.service.answer_rate: must be a number (got '95 %'; write 0.95)",
    ),
    (
        "queues/presales/service",
        {"answer_rate": True},
        "queues.presales.service.answer_rate: must be a number (got true)",
    ),
    (
        "queues/presales/service",
        {"answer_rate": [0.9, {"target": 1.5}]},
        "queues.presales.service.answer_rate.#2.target: must be below 1 (got 1.5)",
    ),
    (
        "queues/presales/service",
        {"service_level": 0.8},
        "queues.presales.service.service_level.within_seconds: is missing; it holds: e.g. 20 in 80/20",
    ),
    (
        "queues/presales/patience",
        90,
        "queues.presales.patience: is no field here; write patience_seconds",
    ),
    ("queues/presales/patience_seconds", 0, "queues.presales.patience_seconds: must be above 0 (got 0)"),
    (
        "queues/presales/patience_seconds",
        float("inf"),
        "queues.presales.patience_seconds: must be a finite number (got inf)",
    ),
    (
        "queues/presales/open",
        {"mon": "8-20"},
        "queues.presales.open: must be a time of day such as 08:30 (got '8')",
    ),
    (
        "queues/presales/open",
        {"mo-fr": "08:00-10:00"},
        "queues.presales.open: must name days such as mon-fri, sat or mon,wed (got 'mo-fr')",
    ),
    (
        "queues/presales/open",
        {"mon": "08:10-10:00"},
        "queues.presales.open: must fall on the grid of 30 minutes (got 08:10)",
    ),
    ("calendar/days", "seven", "calendar.days: must be a whole number (got 'seven')"),
    ("calendar/days", 7.0, "calendar.days: must be a whole number (got 7.0; write 7)"),
    ("calendar/start", "2026-02-30", "calendar.start: must be a date such as 2026-03-02 (got '2026-02-30')"),
    ("calendar/start", "1926-03-02", "calendar.start: must lie between 1970 and 2100 (got 1926-03-02)"),
    (
        "calendar/time_zone",
        "Asia/Shangai",
        "calendar.time_zone: must be a time zone (got 'Asia/Shangai'; write Asia/Shanghai)",
    ),
    ("calendar/interval_minutes", 20, "calendar.interval_minutes: must be 15, 30 or 60 (got 20)"),
    ("currency", "yuan", "currency: must be three capital letters such as CNY (got 'yuan')"),
    ("name", None, "name: is missing"),
    (
        "pools/own/kind",
        "inhouse",
        "pools.own.kind: must be 'in_house', 'remote' or 'outsourced' (got 'inhouse'; write in_house)",
    ),
    ("pools/own/pay/by", "day", "pools.own.pay.by: must be 'hour', 'month' or 'seat' (got 'day')"),
    (
        "pools/own",
        {**SEATS, "kind": "in_house"},
        "pools.own.pay.by: seat is how a vendor is paid, and this pool is in_house; write kind: outsourced, "
        "or pay: {by: month, ...}",
    ),
    (
        "pools/own",
        {**SEATS, "pay": {**BY_SEAT, "minimum_seats": 9, "maximum_seats": 8}},
        "pools.own.pay.minimum_seats: must be at most maximum_seats (got 9, maximum_seats 8)",
    ),
    (
        "pools/own",
        {**SEATS, "pay": {**BY_SEAT, "most_seats_changed_per_month": 5}},
        "pools.own.pay.most_seats_changed_per_month: needs the seats that are there already; write seats_now "
        "beside it, or leave it out",
    ),
    (
        "pools/own",
        {**SEATS, "pay": {**BY_SEAT, "seats_now": 5}},
        "pools.own.pay.seats_now: are 5, so the contract is signed; write signed: true",
    ),
    (
        "pools/own",
        {
            **SEATS,
            "pay": {**BY_SEAT, "signed": True, "seats_now": 9, "most_seats_changed_per_month": 1}
            | {"maximum_seats": 7},
        },
        "pools.own.pay.seats_now: must come down to maximum_seats, 7 (got 9, at least 8 of them kept)",
    ),
    (
        "pools/own",
        {**SEATS, "pay": {**BY_SEAT, "maximum_seats": 3}, "minimum_headcount": 4},
        "pools.own.minimum_headcount: must be at most the seats that can be had (got 4, seats 3)",
    ),
    (
        "pools/own",
        {**SEATS, "premiums": {"share": 0.3, "days": "sat-sun"}},
        "pools.own.premiums: are the vendor's to pay where pay is by the seat; leave them out",
    ),
    (
        "pools/own",
        {**SEATS, "turnover": {"monthly_attrition": 0.03}},
        "pools.own.turnover: is the vendor's where pay is by the seat; leave it out",
    ),
    (
        "pools/own",
        {**SEATS, "contract": {"least_hours_per_week": 10}},
        "pools.own.contract.least_hours_per_week: must be 0 where pay is by the seat, worked or not; write "
        "pay: {by: hour, ...}",
    ),
    (
        "pools/own",
        {**SEATS, "pay": {**BY_SEAT, "corridor": {"committed_seats": 20, "width": 10, "price_above": 7000}}},
        "pools.own.pay.corridor.width: must be at most 1 (got 10; write 0.1)",
    ),
    ("pools/own/pay/benefits", 35, "pools.own.pay.benefits: must be at most 3 (got 35; write 0.35)"),
    ("pools/own/shrinkage", 30, "pools.own.shrinkage: must be at most 1 (got 30; write 0.3)"),
    (
        "pools/own/shrinkage",
        {"absence": 0.5, "off_phone": 0.5},
        "pools.own.shrinkage: absence and off_phone must sum to less than 1 (got 1)",
    ),
    (
        "pools/own/contract",
        {"hours_per_week": 20, "least_hours_per_week": 24},
        "pools.own.contract.least_hours_per_week: must be at most hours_per_week (got 24, hours_per_week 20)",
    ),
    (
        "pools/own",
        MONTHLY,
        "pools.own.contract.least_hours_per_week: must be 0 where pay is by the month, worked or not; "
        "write pay: {by: hour, ...}",
    ),
    (
        "pools/own",
        AT_HOME,
        "pools.own.desk_rent_per_month: must be 0 for remote people, who work from home; leave it out",
    ),
    (
        "pools/own/premiums",
        {"share": 0.3, "from": "22.00", "to": "06:00"},
        "pools.own.premiums.from: must be a time of day such as 08:30 (got '22.00')",
    ),
    (
        "pools/own/premiums",
        {"share": 30, "days": "sat-sun"},
        "pools.own.premiums.share: must be at most 3 (got 30; write 0.3)",
    ),
    (
        "pools/own/turnover",
        {"attrition": 0.03},
        "pools.own.turnover.attrition: is no field here; write monthly_attrition",
    ),
    (
        "pools/own/shifts/starts",
        ["25:00"],
        "pools.own.shifts.starts.#1: must be a time of day such as 08:30 (got '25:00')",
    ),
    (
        "pools/own/shifts/breaks",
        {"minutes": 30, "from_hours": 1.5, "to_hours": 2},
        "pools.own.shifts.#1.breaks.#1.from_hours: must leave the break inside a shift of 2 hours "
        "(got 30 minutes from 1.5 hours on)",
    ),
    (
        "pools/own/shifts/breaks",
        [
            {"minutes": 30, "from_hours": 1, "to_hours": 1},
            {"minutes": 15, "from_hours": 0.5, "to_hours": 1.5},
        ],
        "pools.own.shifts.#1.breaks.#2: comes too early: "
        "the breaks before it end 1.5 hours after the shift's start",
    ),
    (
        "pools/own/contract",
        {"days_off": "consecutive"},
        "pools.own.contract.days_off: consecutive needs whole weeks (got 1 days; "
        "write days_off: any, or calendar.days: 7)",
    ),
    ("pools/own/minimum_headcount", 5, ""),
    ("pools/own/minimum_headcount", -1, "pools.own.minimum_headcount: must be at least 0 (got -1)"),
    (
        "queues/presales/automation",
        {
            "intents": [INTENT | {"share": 0.6}, {"name": "other", "share": 0.4, "automatable": False}],
            "fixed_share": 0.9,
        },
        "queues.presales.automation.fixed_share: must be at most 0.6, all that may be automated (got 0.9)",
    ),
    (
        "queues/presales/automation",
        {"intents": [INTENT | {"share": 0.5}, {"name": "other", "share": 0.2}]},
        "queues.presales.automation.intents: shares must sum to 1 (got 0.7)",
    ),
    (
        "queues/presales/automation",
        {"intents": [INTENT | {"saved_handle_time_seconds": 300}]},
        "queues.presales.automation.intents: parcel: saved_handle_time_seconds must be at most 240, "
        "its handle time in the forecast's quickest interval (got 300)",
    ),
]


@pytest.mark.parametrize("place, value, said", CASES)
def test_a_mistake_is_told_once_with_place_find_and_remedy(place: str, value: Any, said: str) -> None:
    assert mistakes(changed(place, value)) == ([f"scenario: {said}"] if said else [])


def test_a_pool_that_names_no_queue_leaves_the_queue_unserved() -> None:
    assert mistakes(changed("pools/own/queues", "presale")) == [
        "scenario: pools.own.queues: names no queue (got 'presale'; write presales)",
        "scenario: queues.presales: is served by no pool; add 'presales' to the queues of a pool",
    ]


def test_headcount_has_its_least_below_its_most() -> None:
    document = changed("pools/own/minimum_headcount", 5)
    document["pools"]["own"]["maximum_headcount"] = 3
    found = "must be at most maximum_headcount (got 5, maximum_headcount 3)"
    assert mistakes(document) == [f"scenario: pools.own.minimum_headcount: {found}"]


def test_customers_who_never_leave_make_no_answer_rate() -> None:
    document = changed("queues/presales/patience_seconds", None)
    document["queues"]["presales"]["service"] = {
        "answer_rate": 0.9,
        "average_wait_seconds": {"target": 9, "over": "answered"},
    }
    assert [line.split(": ", 2)[1] for line in mistakes(document)] == [
        "queues.presales.service.answer_rate",
        "queues.presales.service.average_wait_seconds",
    ]


def test_hours_that_never_come_are_a_mistake() -> None:
    lines = mistakes(changed("queues/presales/open", {"sun": "08:00-10:00"}))
    assert lines[0] == (
        "scenario: queues.presales.open: "
        "never opens on the calendar's 1 days from 2026-03-02; name one of those days"
    )
    assert "never opens;" in mistakes(changed("queues/presales/open", {}))[0]


def test_mistakes_of_scenario_and_forecast_come_together() -> None:
    document = changed("queues/presales/service", {"answer_rate": 95})
    document["pools"]["own"]["kind"] = "inhouse"
    lines = mistakes(
        document,
        [{"start": "2026-03-02T08:00", "queue": "presales", "contacts": -1, "handle_time_seconds": 9}],
    )
    assert [line.split(":")[0] for line in lines] == ["scenario", "scenario", "forecast", "forecast"]
    assert lines[2] == "forecast: row 1: contacts must be at least 0 (got -1)"
    assert (
        lines[3]
        == "forecast: presales: 3 intervals missing, first 2026-03-02T08:30; write 0 contacts for none"
    )


TEXTS: list[tuple[bytes, str]] = [
    (b"", "s.yaml: is empty; a scenario names calendar, queues, pools and currency"),
    (b"# nothing\n", "s.yaml: is empty; a scenario names calendar, queues, pools and currency"),
    (b"- a\n", "s.yaml: must hold fields such as `name:` and `calendar:`, one per line"),
    (b"name: \xb0\xa1", "s.yaml: line 1: is not UTF-8 text (byte 0xb0); save the file as UTF-8"),
    (b"name: a\nname: b\npools: {x: 1, x: 2}\n", "s.yaml: name: is written twice (lines 1 and 2); keep one\n"
     "s.yaml: pools.x: is written twice (lines 3 and 3); keep one"),
    (b"a: &a [*a]", "s.yaml: is nested too deeply, or an alias holds itself"),
    (b"[" * 60 + b"]" * 60, "s.yaml: is nested too deeply, or an alias holds itself"),
    (b"a: " + b"9" * 600_000, "s.yaml: must be at most 0.5 MB (got 0.6 MB); is it the right file?"),
]  # fmt: skip


@pytest.mark.parametrize("content, said", TEXTS)
def test_text_that_is_no_scenario_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as failure:
        read_scenario(content, "s.yaml")
    assert str(failure.value) == said


def test_aliases_that_multiply_are_refused() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 9))
    with pytest.raises(InvalidInput, match="aliases stand for more than 200,000 values"):
        read_scenario(f"l0: &l0 [1]\n{levels}\n".encode(), "s.yaml")


def test_broken_yaml_names_its_line() -> None:
    with pytest.raises(InvalidInput, match=r"s.yaml: line 2, column \d+: is not YAML: "):
        read_scenario(b"name: a\n  b: [\n", "s.yaml")


def test_keys_that_are_numbers_are_told_not_traced() -> None:
    assert mistakes({**SCENARIO, 5: "x"})
    assert mistakes({"queues": {1: {}}, "pools": {None: 3}, "calendar": []})


def unsure(forecast: list[dict[str, Any]] = FORECAST, **confidence: float) -> list[str]:
    """What is said of a queue that nobody leaves on days that may be busier than forecast."""
    document = changed("queues/presales/patience_seconds", None)
    document["queues"]["presales"]["customers"] = {"day_cv": 0.2}
    document["queues"]["presales"]["service"] = {"average_wait_seconds": 30.0}
    document["uncertainty"] = confidence
    return mistakes(document, forecast)


def test_a_queue_that_nobody_leaves_has_no_mean_wait_on_uncertain_days() -> None:
    (line,) = unsure()
    assert line == (
        "scenario: queues.presales.customers.day_cv: needs customers who leave: on days that are busy enough "
        "a queue that nobody leaves grows for ever, and no average wait is finite; give the queue "
        "patience_seconds, or promise by day or interval and write uncertainty.confidence: 0.9"
    )
    shared = changed("queues/presales/patience_seconds", None)
    assert len(mistakes({**shared, "uncertainty": {"day_cv": 0.1}})) == 1


def test_confidence_bounds_its_wait_where_one_day_spans_the_promise() -> None:
    assert unsure(confidence=0.9) == []


def test_agents_asked_for_directly_need_no_patience() -> None:
    agents = [{"start": row["start"], "queue": "presales", "agents": 2} for row in FORECAST]
    assert unsure(agents) == []


@pytest.mark.parametrize(
    ("prices", "told"),
    [
        ({}, "economic needs a price: write lost_contact_cost or waiting_cost_per_hour"),
        (
            {"patience_seconds": None, "lost_contact_cost": 5.0},
            "economic needs waiting_cost_per_hour where customers do not leave",
        ),
        ({"lost_contact_cost": 5.0}, None),
        ({"patience_seconds": None, "waiting_cost_per_hour": 5.0}, None),
    ],
)
def test_service_that_is_worth_its_cost_needs_a_cost(prices: dict[str, Any], told: str | None) -> None:
    document = changed("queues/presales/service", "economic")
    document["queues"]["presales"] |= prices
    assert mistakes(document) == ([f"scenario: queues.presales.service: {told}"] if told else [])
