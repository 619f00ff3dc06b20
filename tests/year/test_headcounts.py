"""People from season to season: published case, closed forms, what joins and who is let go."""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import pytest

from planner.arrays import Floats
from planner.errors import NoPlanExists
from planner.year.alternatives import alone_path
from planner.year.figures import full, stay
from planner.year.known import Cut, Known, Made
from planner.year.master import Question, Solving, bound_below, cheapest_made
from planner.year.teams import Path, Teams, path_of
from tests.shared_data import shared
from tests.year.years import USUAL, season, year


def teams(seasons: int = 4, initial: float | None = 40.0, lead: float = 0.0, **given: float) -> Teams:
    """One pool, the same figures in every season."""
    usual = {
        "pay": 10.0, "stay": 0.9, "hiring": 3.0, "training": 10.0, "severance": 2.0,
        "full": 1.0, "least": 0.0, "most": np.inf, "joining": np.inf,
    }  # fmt: skip
    figures = {name: np.full((1, seasons), given.get(name, value)) for name, value in usual.items()}
    start = None if initial is None else np.array([initial])
    return Teams(("own",), **figures, initial=start, lead=np.array([lead]))


def soon() -> Solving:
    return Solving(time.monotonic() + 60)


def published() -> dict[str, Any]:
    cases = json.loads(shared("cases/queueing_cases.json").read_text(encoding="utf-8"))
    every = cases if isinstance(cases, list) else cases["cases"]
    return next(case for case in every if case["id"] == "case165")


def of_the_case(given: dict[str, Any]) -> tuple[Teams, Question, Floats]:
    demand = np.array(given["demand"], dtype=float)
    people = teams(
        demand.size,
        float(given["initial"]),
        float(given["lead_seasons"]),
        pay=given["wage"],
        stay=1 - given["attrition"],
        hiring=given["hire_cost"],
        training=given["train_wage"],
        severance=given["layoff_cost"],
    )
    dear = float(given["outsource_cost"])
    known = tuple(Known(0.0, [Cut(dear * need, np.array([-dear]))]) for need in demand)
    return people, Question(people, np.ones(demand.size), np.zeros(0), known), demand


def test_the_joint_plan_of_the_published_case() -> None:
    case = published()
    _, asked, _ = of_the_case(case["inputs"])
    found = bound_below(asked, soon(), whole=False)
    assert found.bound == pytest.approx(case["expected"]["joint_cost"], abs=case["tolerance"])
    assert found.cost == pytest.approx(case["expected"]["joint_cost"], abs=case["tolerance"])


def test_the_published_case_season_by_season_never_hires_ahead() -> None:
    case = published()
    people, _, demand = of_the_case(case["inputs"])
    path = alone_path(people, lambda s, most: np.minimum(demand[s : s + 1], most), whole=False)
    bought = case["inputs"]["outsource_cost"] * np.maximum(demand - path.people[0], 0.0).sum()
    assert path.joining.sum() == 0.0
    expected = case["expected"]["season_by_season_cost"]
    assert path.cost(people) + bought == pytest.approx(expected, abs=case["tolerance"])


def test_whoever_stays_or_joins_or_is_let_go_is_there() -> None:
    path = path_of(teams(3, 20.0), np.array([[20.0, 25.0, 10.0]]))
    np.testing.assert_allclose(path.joining, [[0.0, 7.0, 0.0]])
    np.testing.assert_allclose(path.leaving, [[0.0, 0.0, 12.5]])
    assert path.cost(teams(3, 20.0)) == pytest.approx(550 + 7 * 13 + 12.5 * 2)


def test_a_cyclic_year_begins_with_those_who_stay_of_its_end() -> None:
    path = path_of(teams(2, None), np.array([[10.0, 20.0]]))
    np.testing.assert_allclose(path.joining, [[0.0, 11.0]])
    np.testing.assert_allclose(path.leaving, [[8.0, 0.0]])


def test_who_learns_takes_a_part_of_the_shifts() -> None:
    path = Path(np.array([[10.0]]), np.array([[4.0]]), np.array([[0.0]]))
    assert path.on_shifts(teams(1, full=0.75))[0, 0] == pytest.approx(9.0)


def test_nobody_joins_before_the_lead_has_passed_and_never_who_was_not_thought_of() -> None:
    late = teams(4, lead=2.0, joining=5.0)
    np.testing.assert_array_equal(late.can_join(), [[0.0, 0.0, 5.0, 5.0]])
    np.testing.assert_array_equal(late.can_join(ahead=False), np.zeros((1, 4)))
    np.testing.assert_array_equal(teams(4, None, 2.0, joining=5.0).can_join(), np.full((1, 4), 5.0))


def test_planned_alone_a_season_hires_more_than_it_needs_where_the_new_ones_learn() -> None:
    path = alone_path(teams(2, 10.0, stay=1.0, full=0.5), lambda s, most: np.array([[10.0, 14.0][s]]))
    # 14 = people - 0.5 x (people - 10), so 18
    np.testing.assert_allclose(path.people, [[10.0, 18.0]])


def test_planned_alone_a_cyclic_year_closes() -> None:
    wishes = [30.0, 60.0, 45.0]
    people = teams(3, None, stay=0.8, full=0.7)
    path = alone_path(people, lambda s, most: np.array([wishes[s]]))
    again = path_of(people, path.people)
    np.testing.assert_allclose(path.joining, again.joining)
    assert np.all(path.on_shifts(people)[0] >= np.array(wishes) - 1e-6)


def test_planned_alone_a_season_below_the_least_headcount_cannot_be() -> None:
    with pytest.raises(NoPlanExists, match="least headcount"):
        alone_path(teams(1, 5.0, least=8.0), lambda s, most: np.array([5.0]))


@pytest.mark.parametrize("months, share", [(1.0, 0.03), (3.0, 1 - 0.97**3), (0.5, 1 - 0.97**0.5)])
def test_attrition_is_monthly_and_scaled_to_the_season(months: float, share: float) -> None:
    asked = year([season(USUAL, turnover={"monthly_attrition": 0.03})], {}, cyclic=True)
    (own,), of = asked.rules.pools.values(), asked.seasons[0].problem.scenario.pools["own"]
    assert stay(own, of, months) == pytest.approx(1 - share)


def test_ramp_up_is_spread_over_the_first_season() -> None:
    learning = {"ramp_up_weeks": 4.0, "ramp_up_productivity": 0.5}
    for weeks, expected in ((20.0, 1 - 4 * 0.5 / 20), (2.0, 0.5)):
        asked = year([season(USUAL, turnover=learning)], {}, weeks, cyclic=True)
        (own,), first = asked.rules.pools.values(), asked.seasons[0]
        assert full(own, first.problem.scenario.pools["own"], first) == pytest.approx(expected)


def test_a_solve_says_something_of_fewer_people_and_of_more() -> None:
    known = Known(10.0, [], [Made(np.array([5.0]), 110.0, 100.0), Made(np.array([2.0]), np.inf, np.inf)])
    assert known.least(np.array([5.0])) == known.least(np.array([3.0])) == 100.0
    assert known.least(np.array([6.0])) == 10.0
    assert known.least(np.array([2.0])) == np.inf
    found = known.best(np.array([7.0]))
    assert found is not None
    assert found.value == 110.0
    assert known.best(np.array([4.0])) is None


def test_the_years_program_avoids_what_has_no_plan_and_pays_what_was_proven() -> None:
    people = teams(2, 3.0, stay=1.0)
    none, proven = Made(np.array([3.0]), np.inf, np.inf), Made(np.array([5.0]), 500.0, 400.0)
    known = (Known(0.0, [], [none]), Known(0.0, [], [proven]))
    found = bound_below(Question(people, np.ones(2), np.zeros(0), known), soon())
    # four people in the first season; six in the second are cheaper than 400 for at most five
    np.testing.assert_allclose(found.path.people, [[4.0, 6.0]])
    assert found.cost == pytest.approx(10 * (4 + 6) + 13 * 3)


def test_plans_are_put_together_with_people_enough_for_each() -> None:
    people = teams(2, 3.0, stay=1.0)
    made = [Made(np.array([3.0]), 300.0, 0.0), Made(np.array([6.0]), 100.0, 0.0)]
    known = (Known(0.0, [], [made[0]]), Known(0.0, [], made))
    found = cheapest_made(Question(people, np.ones(2), np.zeros(0), known), soon())
    assert found is not None
    assert [one.value for one in found.chosen] == [300.0, 100.0]
    assert found.cost == pytest.approx(10 * (3 + 6) + 13 * 3 + 400)
