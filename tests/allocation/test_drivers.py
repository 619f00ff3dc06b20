"""Drivers, worked by hand on a plan of two hours."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from planner.allocation import Allocation, Way, allocate, lines_from
from planner.errors import InvalidInput
from planner.plan import CostLine
from planner.problem import Problem
from tests.allocation.plans import COSTS, GIVEN, by_hand, two_hours
from tests.program.small_problems import pool, problem, queue, scenario, shifts


def costs(made: Allocation) -> dict[str, Decimal]:
    return {line.line: line.cost for line in made.lines}


def money(text: str) -> Decimal:
    return Decimal(text)


def test_handled_time_is_shared_out_pool_by_pool() -> None:
    """Own people handle 40 × 180 = 7,200 s of sales, and 5 × 360 + 20 × 360 = 9,000 s of service."""
    made = allocate(by_hand())

    assert made.by == "handled_time"
    assert costs(made) == {"sales": money("7200.00"), "service": money("9000.00") + 1000 + 50}


def test_the_share_of_the_peak_is_that_of_the_busiest_hour() -> None:
    """Own people are busiest from 09:00: 5,400 s of sales, 7,200 s of service."""
    made = allocate(by_hand(), by="peak_share")

    assert costs(made) == {"sales": money("6942.86"), "service": money("9257.14") + 1050}


def test_hours_that_are_equally_busy_are_one_peak() -> None:
    """Own people handle 1,800 + 7,200 s at 08:00, and 5,400 + 3,600 at 09:00, where the vendor helps."""
    given = {"sales": ({"own": 4.0}, {"own": 4.0}), "service": ({"own": 4.0}, {"own": 2.0, "vendor": 2.0})}
    made = allocate(by_hand(given=given), by="peak_share")

    assert costs(made) == {"sales": money("6480.00"), "service": money("9720.00") + 1050}


def test_contacts_are_those_that_the_pool_answers() -> None:
    """Own people answer 40 of sales, and a quarter of 20, then 20 of service."""
    made = allocate(by_hand(), by="contacts")

    assert costs(made) == {"sales": money("9969.23"), "service": money("6230.77") + 1050}


def test_items_of_a_queue_go_to_it_whatever_the_driver() -> None:
    sold = (CostLine(item="lost_contacts", pool=None, queue="sales", amount=7.77),)
    for by in ("handled_time", "peak_share", "contacts"):
        found = {
            (cell.item, cell.queue): cell.amount for cell in allocate(by_hand(COSTS + sold), by=by).cells
        }
        assert found["lost_contacts", "sales"] == money("7.77")
        assert found["ai_sessions", "service"] == money("50.00")


def test_an_item_of_nobody_follows_what_all_pools_do() -> None:
    """7,200 s of sales beside 9,000 + 5,400 s of service."""
    platform = (CostLine(item="licences", pool=None, queue=None, amount=300.0),)
    assert costs(allocate(by_hand(platform))) == {"sales": money("100.00"), "service": money("200.00")}


def test_a_pool_that_does_nothing_follows_the_others_on_its_queues_and_says_so() -> None:
    given = {"sales": ({"own": 4.0}, {"own": 4.0}), "service": ({"own": 4.0}, {"own": 4.0})}
    made = allocate(by_hand(given=given))

    idle = [cell for cell in made.cells if cell.pool == "vendor"]
    assert [(cell.queue, cell.amount) for cell in idle] == [("service", money("1000.00"))]
    assert any(note.startswith("vendor: does no work") for note in made.notes)


def test_pools_without_any_work_are_shared_evenly_over_their_queues() -> None:
    nobody: tuple[dict[str, float], ...] = ({}, {})
    made = allocate(
        by_hand(
            COSTS[:1],
            given={"sales": nobody, "service": nobody},
            of=two_hours(sales={"patience_seconds": 60.0}, service={"patience_seconds": 60.0}),
        )
    )

    assert costs(made) == {"sales": money("8100.00"), "service": money("8100.00")}
    assert [line.served for line in made.lines] == [0.0, 0.0]
    assert [line.cost_per_served for line in made.lines] == [None, None]


def test_lost_contacts_are_no_work() -> None:
    """With no agents on sales at 08:00 everybody there is lost: 30 × 180 s of sales are left, less a few."""
    of = two_hours(sales={"patience_seconds": 120.0})
    given = {"sales": ({}, {"own": 4.0}), "service": GIVEN["service"]}
    line = allocate(by_hand(given=given, of=of)).lines[0]

    assert line.contacts == 40.0
    assert 28.0 < line.served < 30.0
    assert float(line.cost) == pytest.approx(16200 * line.served * 180 / (line.served * 180 + 9000), abs=0.01)


def test_a_queue_may_be_shared_by_lines() -> None:
    given = {"shop": {"queues": {"sales": 1, "service": 0.25}}, "web": {"queues": {"service": 0.75}}}
    made = allocate(by_hand(), lines_from({"lines": given}))

    assert costs(made) == {"shop": money("7200.00") + money("2512.50"), "web": money("7537.50")}
    assert {line.line: line.contacts for line in made.lines} == {"shop": 50.0, "web": 30.0}


def test_without_a_file_the_scenario_says_which_queues_are_a_line() -> None:
    both = {"business_line": "shop"}
    (line,) = allocate(by_hand(of=two_hours(sales=both, service=both))).lines

    assert (line.line, line.cost, line.share) == ("shop", money("17250.00"), 1.0)


def agents_alone() -> Problem:
    rules = {name: queue("08:00-10:00", patience_seconds=None) for name in ("sales", "service")}
    own = pool(shifts("08:00", 2.0), queues=["sales", "service"])
    vendor = pool(shifts("08:00", 2.0), queues=["service"])
    of = scenario(rules, {"own": own, "vendor": vendor})
    return problem(of, {}, agents={"sales": [3.0, 3.0], "service": [1.0, 1.0]})


def needing(**changes: Any) -> Any:
    """The plan of two hours for a forecast that gives agents: 3 on sales, 1 on service."""
    plan = by_hand(of=agents_alone(), **changes)
    rows = [
        row.model_copy(
            update={
                "contacts": 0.0,
                "handle_time_seconds": 0.0,
                "needed": 3.0 if row.queue == "sales" else 1.0,
            }
        )
        for row in plan.agents
    ]
    return plan.model_copy(update={"agents": tuple(rows)})


def test_where_the_forecast_gives_agents_they_are_what_is_handled() -> None:
    """Sales needs 3 of own in both hours; service needs 1: a quarter of it own at 08:00, all at 09:00."""
    made = allocate(needing(costs=COSTS[:1]))

    assert float(costs(made)["sales"]) == pytest.approx(16200 * 6 / (6 + 0.25 + 1), abs=0.01)
    assert any("gives agents" in note for note in made.notes)


def test_contacts_are_no_driver_where_the_forecast_gives_agents() -> None:
    with pytest.raises(InvalidInput, match="--by: is no driver of a plan whose forecast gives agents"):
        allocate(needing(), by="contacts")


@pytest.mark.parametrize("by", ["handled_time", "peak_share", "contacts"])
def test_all_adds_up_to_the_cent(by: Way) -> None:
    odd = tuple(cost.model_copy(update={"amount": cost.amount + 0.123456}) for cost in COSTS)
    made = allocate(by_hand(odd), by=by)

    assert sum(cell.amount for cell in made.cells) == made.cost == money("17250.37")
    assert sum(line.cost for line in made.lines) == made.cost
    for line in made.lines:
        assert sum(cell.amount for cell in made.cells if cell.line == line.line) == line.cost


def test_a_plan_that_costs_nothing_has_no_shares() -> None:
    made = allocate(by_hand(()))
    assert [(line.cost, line.share) for line in made.lines] == [(Decimal(0), None)] * 2


def test_json_is_read_back_as_it_was() -> None:
    made = allocate(by_hand())
    assert Allocation.model_validate_json(made.to_json()) == made
