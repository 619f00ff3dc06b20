"""Every contact followed by a second method, and what must hold of every single one."""

from __future__ import annotations

import heapq

import numpy as np
import numpy.typing as npt
import pytest

from planner.simulation import Conditions, Customers, Empirical
from planner.simulation.replication import Played
from tests.simulation.centres import HOUR, Kind, Row, centre, hours, played

BUSY_HOURS = hours(20, 60.0)
EVEN = Customers(handle_time=Empirical(np.ones(1)))


def first_come_first_served(went: Played, agents: int) -> npt.NDArray[np.float64]:
    """Offered waits by Lindley's recursion over the moments at which agents become free."""
    contacts = went.contacts
    free, waits = [0.0] * agents, np.zeros(contacts.time.size)
    for n, time in enumerate(contacts.time):
        waits[n] = max(0.0, free[0] - time)
        if waits[n] < contacts.patience[n]:
            heapq.heapreplace(free, max(free[0], time) + contacts.handle_time[n])
    return waits


@pytest.mark.parametrize("patience", [np.inf, 90.0])
def test_waits_equal_those_of_the_recursion(patience: float) -> None:
    went = played(centre(BUSY_HOURS, [Row(3, 0, 40)], 180.0, patience))
    waits = first_come_first_served(went, 3)
    records = went.scene.contacts
    answered = waits < went.contacts.patience
    assert 0 < (waits > 0).sum() < waits.size
    assert ((records["person"] >= 0) == answered).all()
    reached = np.isfinite(records["virtual"])
    assert reached[answered].all()
    assert records["virtual"][reached] == pytest.approx(waits[reached], abs=1e-6)
    assert np.flatnonzero(~reached).tolist() == [n for n in np.flatnonzero(~reached) if n > waits.size - 20]


def test_nobody_is_on_two_calls_at_once_whichever_queues_they_serve() -> None:
    kinds = (Kind((0,)), Kind((0, 1)), Kind((1,), productivity=0.8))
    rows = [Row(2, 0, 9), Row(2, 1, 12, ((4, 0.5), (8, 0.25)), 1), Row(1, 3, 20, (), 2)]
    arriving = np.column_stack((BUSY_HOURS, BUSY_HOURS))
    went = played(centre(arriving, rows, 180.0, (90.0, 300.0), kinds))
    records = went.scene.contacts
    calls = records[records["person"] >= 0]
    assert calls.size > 300
    for person in range(went.people.pool.size):
        own = np.sort(calls[calls["person"] == person], order="began")
        assert (own["ended"][:-1] <= own["began"][1:]).all()
        assert own.size > 20
    serves = np.array([[queue in kind.serves for queue in (0, 1)] for kind in kinds])
    assert serves[went.people.pool[calls["person"]], calls["queue"]].all()


def test_a_person_on_a_break_answers_nobody() -> None:
    went = played(centre(BUSY_HOURS, [Row(1, 0, 20, ((5, 1), (12, 0.5)))], 60.0, 90.0))
    began = went.scene.contacts["began"] / HOUR
    began = began[np.isfinite(began)]
    assert ((began > 4.5) & (began < 5)).any()
    assert not ((began > 5) & (began < 6)).any()
    assert not ((began > 12) & (began < 12.5)).any()


def test_a_break_that_a_call_delays_is_taken_in_full() -> None:
    went = played(centre(hours(20, 600.0), [Row(1, 0, 20, ((5, 1),))], 600.0), Conditions(customers=EVEN))
    records = went.scene.contacts
    calls = np.sort(records[records["person"] >= 0], order="began")
    gap = calls["began"][1:] - calls["ended"][:-1]
    last = int(gap.argmax())
    assert gap[last] == pytest.approx(HOUR)
    assert calls["began"][last] < 5 * HOUR < calls["ended"][last]


def test_a_call_in_progress_at_the_end_of_a_shift_is_finished_and_none_is_begun_after() -> None:
    went = played(centre(hours(5, 60.0), [Row(4, 0, 3)], 900.0), Conditions(customers=EVEN))
    records = went.scene.contacts
    calls = records[records["person"] >= 0]
    assert (calls["began"] < 3 * HOUR).all()
    assert (calls["ended"] > 3 * HOUR).sum() == 4
    assert calls["ended"] - calls["began"] == pytest.approx(np.full(calls.size, 900.0))


def waiting_at(went: Played, queue: int, moment: float) -> npt.NDArray[np.float64]:
    """When those arrived who wait in a queue at a moment, answered or not yet."""
    records = went.scene.contacts
    there = (records["queue"] == queue) & (records["time"] < moment)
    left = np.minimum(records["began"], records["time"] + records["patience"])
    arrived: npt.NDArray[np.float64] = records["time"][there & (left > moment)]
    return arrived


def two_queues(conditions: Conditions) -> Played:
    arriving = np.column_stack((hours(10, 20.0), hours(10, 20.0)))
    return played(centre(arriving, [Row(2, 0, 10)], 180.0, (200.0, 400.0), (Kind((0, 1)),)), conditions)


def test_the_queue_of_first_priority_is_served_first() -> None:
    went = two_queues(Conditions(priority={"queue 1": -1}))
    records = went.scene.contacts
    late = records[(records["queue"] == 0) & (records["began"] > records["time"]) & (records["person"] >= 0)]
    assert late.size > 10
    for contact in late:
        assert waiting_at(went, 1, contact["began"]).size == 0


def test_of_equal_priority_the_longest_waiting_is_served_first() -> None:
    went = two_queues(Conditions())
    records = went.scene.contacts
    late = records[(records["began"] > records["time"]) & (records["person"] >= 0)]
    assert late.size > 10
    for contact in late:
        for queue in (0, 1):
            assert (waiting_at(went, queue, contact["began"]) >= contact["time"]).all()


@pytest.mark.parametrize("order, first", [((), 1), (("pool 0", "pool 1"), 0)])
def test_a_contact_goes_to_the_pool_whose_turn_is_first(order: tuple[str, ...], first: int) -> None:
    kinds = (Kind((0, 1)), Kind((0,)))
    arriving = np.column_stack((hours(20, 40.0), hours(20, 10.0)))
    on = centre(arriving, [Row(2, 0, 20), Row(2, 0, 20, (), 1)], 180.0, 100.0, kinds)
    went = played(on, Conditions(pool_order=order))
    records = went.scene.contacts
    at_once = records[(records["queue"] == 0) & (records["began"] == records["time"])]
    second = at_once[went.people.pool[at_once["person"]] != first]
    assert second.size > 20
    for contact in second:
        others = records[(records["began"] <= contact["time"]) & (records["ended"] > contact["time"])]
        pools = went.people.pool[others["person"][others["time"] != contact["time"]]]
        assert (pools == first).sum() == 2


def test_of_idle_people_of_a_pool_the_one_idle_longest_takes_the_contact() -> None:
    went = played(centre(hours(20, 20.0), [Row(4, 0, 20)], 180.0))
    records = went.scene.contacts
    free = np.zeros(4)
    for contact in records[records["began"] == records["time"]]:
        before = records[(records["began"] < contact["began"]) & (records["person"] >= 0)]
        for person in range(4):
            free[person] = before["ended"][before["person"] == person].max(initial=0.0)
        idle = np.flatnonzero(free <= contact["began"])
        assert free[contact["person"]] == free[idle].min()


@pytest.mark.parametrize(
    "conditions",
    [
        Conditions(priority={"no such queue": 1}),
        Conditions(reserve={"no such queue": 1}),
        Conditions(queues={"no such queue": EVEN}),
        Conditions(pool_order=("no such pool",)),
    ],
)
def test_conditions_name_queues_and_pools_of_the_centre(conditions: Conditions) -> None:
    with pytest.raises(ValueError, match="the centre has no"):
        played(centre(hours(1, 1.0), []), conditions)
