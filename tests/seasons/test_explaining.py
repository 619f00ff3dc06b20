"""The change of cost by cause: closed forms, one cause alone, the sum to the cent, the way back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import InvalidInput, NoPlanExists, OutOfTime
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits
from planner.seasons import Difference, Way, compare
from planner.seasons.explaining import difference
from planner.seasons.lattice import Question
from planner.sharing.cents import amount, cents
from planner.staffing import make_plan
from planner.staffing.several import Batch
from tests.program.small_problems import pool, problem, queue, scenario, shifts
from tests.seasons import pairs
from tests.seasons.pairs import EXACT, by_formula, hours_of, promise, question, shop, wage_of
from tests.seasons.test_mixing import CHANGES

WAYS: tuple[Way, ...] = ("order", "shapley")
PROBLEMS = st.builds(
    lambda contacts, seconds, wage, patience, target: shop(
        tuple(contacts),
        seconds,
        {"patience_seconds": patience, "service": promise(target)},
        {"wage": wage},
    ),
    st.lists(st.floats(min_value=0.5, max_value=90), min_size=4, max_size=4),
    st.floats(min_value=30, max_value=900),
    st.floats(min_value=1, max_value=90),
    st.floats(min_value=20, max_value=600),
    st.floats(min_value=0.7, max_value=0.99),
)


def changes(found: Difference) -> dict[str, Decimal]:
    return {" + ".join(part.causes): part.change for part in found.parts}


def simple(of: Problem) -> float:
    """Hours of handling at the wage: the product of volume, handle time and price."""
    return hours_of(of) * wage_of(of)


@given(PROBLEMS, PROBLEMS, st.sampled_from(WAYS), st.floats(min_value=0, max_value=0.05))
@settings(max_examples=60)
def test_parts_add_up_to_the_cent_whatever_the_pair(
    first: Problem, second: Problem, way: Way, slack: float
) -> None:
    ends = [question(each, slack=slack) for each in (first, second)]

    found = difference(ends[0], ends[1], way, by_formula(slack=slack))

    assert found.change == amount(cents(ends[1].plan.cost) - cents(ends[0].plan.cost))
    assert sum(part.change for part in found.parts) == found.change
    assert all(part.low <= part.change <= part.high for part in found.parts)
    assert found.low <= found.change <= found.high


@given(PROBLEMS, PROBLEMS, st.floats(min_value=0, max_value=0.05))
@settings(max_examples=20)
def test_shapley_there_and_back_differ_in_sign_alone(first: Problem, second: Problem, slack: float) -> None:
    ends = [question(each, slack=slack) for each in (first, second)]
    there = difference(ends[0], ends[1], "shapley", by_formula(slack=slack))
    back = difference(ends[1], ends[0], "shapley", by_formula(slack=slack))

    assert set(changes(there)) == set(changes(back))
    for one in there.parts:
        other = next(part for part in back.parts if part.causes == one.causes)
        for mine, theirs in ((one.change, other.change), (one.low, other.high), (one.high, other.low)):
            assert abs(mine + theirs) <= Decimal("0.01")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("cause", CHANGES)
def test_a_difference_of_one_cause_is_all_given_to_it(cause: str, way: Way) -> None:
    ends = [question(shop(), slack=0.01), question(CHANGES[cause], slack=0.01)]
    batch = by_formula()

    found = difference(ends[0], ends[1], way, batch)

    assert changes(found) == {cause: amount(cents(ends[1].plan.cost) - cents(ends[0].plan.cost))}
    assert found.between == ()


def test_in_order_every_cause_is_priced_with_those_before_it() -> None:
    """75 contacts of 180 s at 20 cost 75; twice as many 150; of 240 s 200; at 30 an hour 300."""
    second = shop(tuple(2 * each for each in pairs.CONTACTS), 240.0, own={"wage": 30.0})
    ends = [question(each, simple) for each in (shop(), second)]

    usual = difference(ends[0], ends[1], "order", by_formula(simple))
    other = difference(ends[0], ends[1], "order", by_formula(simple), ("prices", "handle_time", "volume"))

    assert changes(usual) == {"volume": 75, "handle_time": 50, "prices": 100}
    assert changes(other) == {"prices": Decimal("37.50"), "handle_time": Decimal("37.50"), "volume": 150}


def test_over_all_orders_every_cause_has_its_average() -> None:
    """A product of three factors 2, 4/3 and 3/2 of 75: the average of what each adds in six orders."""
    second = shop(tuple(2 * each for each in pairs.CONTACTS), 240.0, own={"wage": 30.0})
    ends = [question(each, simple) for each in (shop(), second)]
    v, h, w = 2.0, 4 / 3, 1.5

    found = changes(difference(ends[0], ends[1], "shapley", by_formula(simple)))

    def average(mine: float, one: float, other: float) -> float:
        return 75 * (mine - 1) * (2 + one + other + 2 * one * other) / 6

    for name, value in (
        ("volume", average(v, h, w)),
        ("handle_time", average(h, v, w)),
        ("prices", average(w, v, h)),
    ):
        assert float(found[name]) == pytest.approx(value, abs=0.01)


def test_ranges_are_what_bounds_leave_open() -> None:
    """Costs 75, 150, 300 with bounds 10 % below: 150 - 75 is at least 135 - 75 and at most 150 - 67.5."""
    second = shop(tuple(2 * each for each in pairs.CONTACTS), own={"wage": 40.0})
    ends = [question(each, simple, 0.1) for each in (shop(), second)]

    volume, prices = difference(ends[0], ends[1], "order", by_formula(simple, 0.1)).parts

    assert [*map(float, (volume.change, volume.low, volume.high))] == [75.0, 60.0, 82.5]
    assert [*map(float, (prices.change, prices.low, prices.high))] == [150.0, 120.0, 165.0]


def tight(of: Problem) -> float:
    """As `simple`, but nobody can be had for more than five hours of work unless seats are many."""
    seats = of.scenario.pools["own"].maximum_seats or 0
    return simple(of) if hours_of(of) <= 5 or seats > 5 else float("inf")


def test_a_cause_that_would_leave_no_plan_waits_until_it_has_one() -> None:
    first = shop(own={"maximum_seats": 5})
    second = shop(tuple(2 * each for each in pairs.CONTACTS), own={"maximum_seats": 9, "wage": 40.0})
    ends = [question(each, simple) for each in (first, second)]

    found = difference(ends[0], ends[1], "order", by_formula(tight))

    assert [*changes(found)] == ["prices", "labour", "volume"]
    assert [*changes(found).values()] == [75, 0, 150]
    lost = [row for row in found.between if row.cost is None]
    assert {row.causes for row in lost} == {("volume",), ("volume", "prices")}
    assert lost[0].reasons == ("too few people",)


def test_with_shapley_only_orders_with_a_plan_at_every_step_count() -> None:
    """Labour comes before volume: prices first, second or third of three, at 75, 75 and 150 hours' money."""
    first = shop(own={"maximum_seats": 5})
    second = shop(tuple(2 * each for each in pairs.CONTACTS), own={"maximum_seats": 9, "wage": 40.0})
    ends = [question(each, simple) for each in (first, second)]

    found = changes(difference(ends[0], ends[1], "shapley", by_formula(tight)))

    assert found == {"volume": 125, "prices": 100, "labour": 0}


def never(of: Problem) -> float:
    """Only the two ends have a plan."""
    return float("inf")


def test_causes_that_no_plan_tells_apart_are_put_together() -> None:
    second = shop(tuple(2 * each for each in pairs.CONTACTS), own={"wage": 40.0})
    ends = [question(each, simple) for each in (shop(), second)]

    found = difference(ends[0], ends[1], "order", by_formula(never))

    assert changes(found) == {"volume + prices": 225}
    with pytest.raises(NoPlanExists, match="leave --shapley out"):
        difference(ends[0], ends[1], "shapley", by_formula(never))


@pytest.mark.parametrize("way", WAYS)
def test_the_same_question_differs_by_nothing_but_how_near_the_plans_are(way: Way) -> None:
    ends = [question(shop(), slack=0.1), question(shop(), lambda of: pairs.work(of) + 3, slack=0.1)]

    (part,) = difference(ends[0], ends[1], way, by_formula()).parts

    assert part.causes == ()
    assert part.change == 3
    assert part.low < 0 < part.high


def test_nine_causes_are_too_many_for_all_orders() -> None:
    calls = {"patience_seconds": 60.0, "service": promise(0.95), "automation": pairs.AI}
    own = {"wage": 30.0, "shrinkage": 0.3, "contract": {"hours_per_week": 30}}
    ends = [question(shop()), question(shop((9.0, 9.0, 9.0, 1.0), 240.0, calls, own))]
    with pytest.raises(InvalidInput, match=r"--shapley: takes at most 8 causes, 254 plans \(got 9\)"):
        difference(ends[0], ends[1], "shapley", by_formula())


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_change_nothing(workers: int) -> None:
    second = shop((30.0, 25.0, 20.0, 40.0), 200.0, own={"wage": 25.0})
    ends = [question(each) for each in (shop(), second)]
    found = difference(ends[0], ends[1], "order", by_formula(workers=workers))
    assert [row.causes for row in found.between] == [
        ("volume",),
        ("volume", "profile"),
        ("volume", "profile", "handle_time"),
    ]


def test_real_plans_of_a_real_pair_add_up() -> None:
    """Two queues, one of them without a partner; all plans made by the solvers."""

    def of(names: tuple[str, str], contacts: float, **rules: Any) -> Problem:
        queues = {name: queue(service=promise()) for name in names}
        pools = {"own": pool(shifts("08:00", [2.0, 4.0]), queues=list(names), **rules)}
        volumes = {name: tuple(contacts * each for each in pairs.CONTACTS) for name in names}
        return problem(scenario(queues, pools), volumes)

    ends = [of(("sales", "service"), 1.0), of(("sales", "repairs"), 1.5, wage=26.0)]
    first, second = (pairs.given(each) for each in ends)

    found = compare([first, second], "order", EXACT)

    assert found.difference is not None
    assert first.plan is not None
    assert second.plan is not None
    assert list(changes(found.difference)) == ["structure", "volume", "prices"]
    assert sum(part.change for part in found.difference.parts) == round(
        Decimal(second.plan.cost) - Decimal(first.plan.cost), 2
    )
    costs = {row.causes: row.cost for row in found.difference.between}
    again = make_plan(of(("sales", "repairs"), 1.5))
    assert costs["structure", "volume"] == pytest.approx(again.cost)
    assert any(note.startswith("queue service is in plan 1 alone") for note in found.notes)


def test_a_plan_that_is_not_made_in_time_is_named() -> None:
    ends = [Question("", each, make_plan(each)) for each in (shop(), CHANGES["volume"])]
    other = Question("", shop(tuple(2 * c for c in pairs.CONTACTS), own={"wage": 30.0}), ends[1].plan)
    hasty = Batch(limits=SolverLimits(time_limit_seconds=0.01))
    with pytest.raises(OutOfTime, match="volume: no plan within"):
        difference(ends[0], other, "order", hasty)
