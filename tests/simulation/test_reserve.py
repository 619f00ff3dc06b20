"""People kept idle for a queue that goes first: as many as it asks for, while it is open, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pytest

from planner.arrays import frozen_flags
from planner.simulation import Centre, Conditions, Customers, Effort, Facts, Repeats, answer_rate, simulate
from planner.simulation.replication import Played
from tests.simulation.centres import HOUR, Kind, Row, centre, hours, played

KINDS = (Kind((0, 1, 2)), Kind((0, 1)), Kind((1,)))
ROWS = [
    Row(6, 0, 20, ((5, 0.5), (11, 1))),
    Row(5, 2, 18, ((9, 0.5),), 1),
    Row(3, 0, 12, ((4, 0.25),), 2),
]
RANKED = {"queue 0": 3, "queue 1": 2, "queue 2": 1}
WORLDS = [
    Conditions(priority=RANKED),
    Conditions(priority=RANKED, reserve={"queue 2": 3}),
    Conditions(priority=RANKED, reserve={"queue 2": 1, "queue 1": 2}),
    Conditions(priority=RANKED, reserve={"queue 2": 2, "queue 0": 4}, attendance="steady"),
    Conditions(reserve={"queue 2": 3}),
    Conditions(
        priority=RANKED,
        reserve={"queue 2": 3},
        customers=Customers(repeats=Repeats(after_abandonment=0.9, unresolved=0.3, unresolved_delay=900.0)),
    ),
]


def three_queues(seen: tuple[int, int] = (6, 14)) -> Centre:
    """The third queue is open for part of the day."""
    third = np.where((np.arange(24) >= seen[0]) & (np.arange(24) < seen[1]), 15.0, 0.0)
    arriving = np.column_stack((hours(18, 60.0), hours(18, 90.0), third))
    return centre(arriving, ROWS, 240.0, (120.0, 300.0, np.inf), KINDS)


def reserved(conditions: Conditions, moment: float) -> npt.NDArray[np.int64]:
    """(P, Q) idle people whom a contact may not take at a moment, a large number where nobody serves it."""
    asked = [conditions.reserve.get(f"queue {queue}", 0) for queue in range(3)]
    rank = [conditions.priority.get(f"queue {queue}", 5) for queue in range(3)]
    opened = [moment < 18 * HOUR, moment < 18 * HOUR, 6 * HOUR <= moment < 14 * HOUR]
    table = np.full((3, 3), 10**6)
    for pool, kind in enumerate(KINDS):
        for queue in kind.serves:
            before = [q for q in kind.serves if opened[q] and rank[q] < rank[queue]]
            table[pool, queue] = max((asked[q] for q in before), default=0)
    return table


@dataclass(frozen=True)
class Moment:
    """Idle people of every pool and the contacts of every queue that still wait, between two events."""

    time: float
    idle: npt.NDArray[np.int64]
    waiting: npt.NDArray[np.int64]


def moments(went: Played) -> Iterator[Moment]:
    """Between any two events of a replication, as its records tell it."""
    contacts = went.scene.contacts
    stretches = went.scene.stretches[1 : went.scene.stretches[0]["person"] + 1]
    calls = contacts[contacts["person"] >= 0]
    left = np.minimum(contacts["began"], contacts["time"] + contacts["patience"])
    edges = np.arange(24) * HOUR
    times = [contacts["time"], left, calls["ended"], stretches["start"], stretches["end"], edges]
    at = np.unique(np.concatenate(times))
    at = at[np.isfinite(at)]
    pool_of = went.people.pool
    for time in (at[:-1] + at[1:])[np.diff(at) > 1e-6] / 2:
        on = pool_of[stretches["person"][(stretches["start"] <= time) & (time < stretches["end"])]]
        busy = pool_of[calls["person"][(calls["began"] <= time) & (time < calls["ended"])]]
        waiting = contacts["queue"][(contacts["time"] <= time) & (time < left)]
        idle = np.bincount(on, minlength=3) - np.bincount(busy, minlength=3)
        yield Moment(float(time), idle, np.bincount(waiting, minlength=3))


@pytest.mark.parametrize("conditions", WORLDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_idles_beside_a_contact_that_waits_unless_kept_for_another(
    conditions: Conditions, seed: int
) -> None:
    both = 0
    for moment in moments(played(three_queues(), conditions, seed)):
        assert (moment.idle >= 0).all()
        free = moment.idle[:, None] > reserved(conditions, moment.time)
        assert not free[:, moment.waiting > 0].any()
        both += bool(moment.idle.sum() and moment.waiting.sum())
    assert both > 20


@pytest.mark.parametrize("conditions", WORLDS)
def test_no_contact_takes_anybody_who_is_kept_for_another(conditions: Conditions) -> None:
    went = played(three_queues(), conditions)
    records = went.scene.contacts
    taken = records[records["person"] >= 0]
    after = {moment.time: moment.idle for moment in moments(went)}
    times = np.array(sorted(after))
    for contact in taken:
        next_moment = float(times[np.searchsorted(times, contact["began"])])
        pool = went.people.pool[contact["person"]]
        kept = reserved(conditions, contact["began"])[pool, contact["queue"]]
        assert after[next_moment][pool] >= kept


def test_when_the_queue_closes_its_reserve_is_let_go_at_once() -> None:
    """Two people, both kept for the second queue until it closes, and contacts of the first that wait."""
    arriving = np.column_stack((hours(4, 4.0), hours(2, 1e-9)))
    on = centre(arriving, [Row(2, 0, 20)], 1800.0, np.inf, (Kind((0, 1)),))
    went = played(on, Conditions(priority={"queue 1": 1}, reserve={"queue 1": 2}))
    records = went.scene.contacts
    early = records[records["time"] < 2 * HOUR]
    assert early.size > 2
    assert (early["began"][:2] == 2 * HOUR).all()
    assert set(early["person"][:2]) == {0, 1}
    assert (early["began"] >= 2 * HOUR).all()


def test_a_reserve_ends_with_the_calendar() -> None:
    arriving = np.column_stack((hours(24, 1.0), hours(24, 1e-9)))
    on = centre(arriving, [Row(1, 0, 30)], 600.0, np.inf, (Kind((0, 1)),))
    records = played(on, Conditions(priority={"queue 1": 1}, reserve={"queue 1": 1})).scene.contacts
    assert records["began"].min() == 24 * HOUR
    assert (records["person"] == 0).all()


def test_a_queue_that_is_open_keeps_its_reserve_though_it_expects_nobody() -> None:
    arriving = np.column_stack((hours(24, 4.0), np.zeros(24)))
    on = centre(arriving, [Row(1, 0, 24)], 600.0, 60.0, (Kind((0, 1)),))
    world = Conditions(priority={"queue 1": 1}, reserve={"queue 1": 1})
    assert simulate(on, world, Effort(replications=1)).answered.sum() > 0
    opened = replace(on, open=frozen_flags(np.ones((24, 2))))
    assert simulate(opened, world, Effort(replications=1)).answered.sum() == 0


def shared_people(reserve: int) -> Facts:
    arriving = np.column_stack((hours(24, 80.0), hours(24, 10.0)))
    on = centre(arriving, [Row(8, 0, 25)], 240.0, 120.0, (Kind((0, 1)),))
    world = Conditions(priority={"queue 1": 1}, reserve={"queue 1": reserve} if reserve else {})
    return simulate(on, world, Effort(seed=3, replications=60))


def test_the_larger_the_reserve_the_better_its_queue_is_served_and_the_worse_the_others() -> None:
    rates = np.array([answer_rate(shared_people(reserve), "week").mean[0] for reserve in (0, 1, 2, 4)])
    assert (np.diff(rates[:, 0]) < 0).all()
    assert (np.diff(rates[:, 1]) > 0).all()


def test_a_reserve_of_zero_is_none() -> None:
    none = shared_people(0)
    arriving = np.column_stack((hours(24, 80.0), hours(24, 10.0)))
    on = centre(arriving, [Row(8, 0, 25)], 240.0, 120.0, (Kind((0, 1)),))
    world = Conditions(priority={"queue 1": 1}, reserve={"queue 1": 0})
    assert np.array_equal(none.waited, simulate(on, world, Effort(seed=3, replications=60)).waited)


def test_a_reserve_is_the_trunk_reservation_of_a_loss_system() -> None:
    """Nobody waits: the chain of busy people is solved exactly, with calls of both queues equally long.

    With c people and r kept, the first queue is admitted below c - r busy, the second below c.
    """
    people, kept, handle_time = 6, 2, 240.0
    rates = np.array([40.0, 20.0]) / 3600.0
    up = [rates.sum() if busy < people - kept else rates[1] for busy in range(people)]
    weight = np.cumprod([1.0, *(up[busy] * handle_time / (busy + 1) for busy in range(people))])
    state = weight / weight.sum()
    exact = 1.0 - np.array([state[people - kept :].sum(), state[people]])
    arriving = np.column_stack((np.full(48, 40.0), np.full(48, 20.0)))
    on = centre(arriving, [Row(people, 0, 50)], handle_time, 1e-6, (Kind((0, 1)),))
    world = Conditions(priority={"queue 1": 1}, reserve={"queue 1": kept})
    found = answer_rate(simulate(on, world, Effort(seed=4, replications=150)), "day", 0.999)
    assert (found.low[1] <= exact).all()
    assert (exact <= found.high[1]).all()
