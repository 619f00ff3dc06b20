"""The peak with everything there is to choose, as it is asked."""

from __future__ import annotations

from planner.investment.effects import decided, undecided
from planner.problem import read_problem
from planner.program.instance import instance
from tests.scenarios.documents import SCENARIOS


def test_the_peak_has_two_vendors_three_platforms_and_four_investments_to_decide_on() -> None:
    of = read_problem(SCENARIOS / "ecommerce" / "peak-investments.yaml")
    assert (len(of.scenario.vendors), len(of.scenario.technologies), len(undecided(of))) == (2, 3, 4)


def test_what_is_bought_takes_work_from_people_and_turnover_from_the_bill() -> None:
    of = read_problem(SCENARIOS / "ecommerce" / "peak-investments.yaml")
    before, after = instance(decided(of, [])), instance(decided(of, undecided(of)))
    for was, now in zip(before.queues, after.queues, strict=True):
        load = [float((one.demand.contacts * one.demand.handle_time)[:, -1].sum()) for one in (was, now)]
        assert load[1] < load[0]
    assert after.pools[0].person_cost < before.pools[0].person_cost
    assert after.investments > 0.0 == before.investments
