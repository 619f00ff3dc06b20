"""Contacts that come again: as many as a closed form says, and one by one as a second method has them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from itertools import count
from typing import Any

import numpy as np
import pytest

from planner.arrays import Floats, frozen_flags
from planner.queueing import Systems, measures
from planner.simulation import Centre, Conditions, Customers, Effort, Facts, Lognormal, Repeats, simulate
from planner.simulation.repeats import CHANCE, DELAY, HANDLE_TIME, PATIENCE
from planner.simulation.replication import Played
from planner.simulation.statistics import ratio
from tests.simulation.centres import HOUR, Kind, Row, centre, hours, played

MANY = 100


def world(**repeats: Any) -> Conditions:
    return Conditions(customers=Customers(repeats=Repeats(**repeats)))


def always_open(on: Centre) -> Centre:
    return replace(on, open=frozen_flags(np.ones(on.contacts.shape)))


def total(counts: Floats) -> Floats:
    """(R,)"""
    found: Floats = counts.sum(axis=(1, 2))
    return found


@pytest.mark.parametrize("attempts, share", [(MANY, 0.3), (3, 0.5), (1, 0.5)])
def test_unresolved_contacts_add_up_to_a_geometric_series(attempts: int, share: float) -> None:
    """1 / (1 - r) attempts of each contact where nothing limits them: nobody waits, and the day is long."""
    on = always_open(centre(hours(4, 100.0), [Row(200, 0, 25)], 60.0))
    conditions = world(
        unresolved=2 * share, after_unresolved=0.5, unresolved_delay=600.0, most_attempts=attempts
    )
    facts = simulate(on, conditions, Effort(seed=2, replications=150))
    firsts = total(facts.offered) - total(facts.repeats)
    found = ratio(total(facts.offered), firsts, 0.999)
    assert found.low - 1e-9 <= (1 - share**attempts) / (1 - share) <= found.high + 1e-9


def test_redialling_settles_where_the_loss_that_it_meets_is_the_loss_that_it_makes() -> None:
    """A fixed point of Erlang A; long delays make of redials a stream that knows nothing of the queue."""
    rate, handle_time, patience, people, share = 140.0, 240.0, 60.0, 9, 0.8
    offered, lost = rate, 0.0
    for _ in range(200):
        system = Systems(np.array([offered / HOUR]), np.array([handle_time]), np.array([patience]))
        lost = 1.0 - float(measures(system, np.array([float(people)]), 20.0).answer_rate[0])
        offered = rate + share * lost * offered
    on = centre(np.full(96, rate), [Row(people, 0, 97)], handle_time, patience)
    conditions = world(after_abandonment=share, abandonment_delay=2 * HOUR, most_attempts=MANY)
    facts = simulate(on, conditions, Effort(seed=3, replications=60))
    settled = facts.offered[:, 48:, 0].sum(axis=1), facts.abandoned[:, 48:, 0].sum(axis=1)
    assert offered > 1.2 * rate
    assert settled[0].mean() / 48 == pytest.approx(offered, rel=0.01)
    assert settled[1].sum() / settled[0].sum() == pytest.approx(lost, abs=0.01)


@dataclass
class Attempt:
    """One attempt of the second method."""

    time: float
    handle_time: float
    patience: float
    first: int
    number: int
    began: float = np.inf
    left: bool = False


@dataclass
class SecondMethod:
    """One queue and people who are always there, every abandonment an event of its own."""

    people: int
    repeats: Repeats
    further: Floats
    until: float
    free: int = 0
    waiting: list[Attempt] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    events: list[tuple[float, int, str, Attempt]] = field(default_factory=list)
    number: Iterator[int] = field(default_factory=count)

    def run(self, went: Played) -> list[Attempt]:
        self.free = self.people
        first = went.contacts
        for n in range(first.time.size):
            self.plan(
                first.time[n],
                "comes",
                Attempt(first.time[n], first.handle_time[n], first.patience[n], n, 0),
            )
        while self.events:
            now, _, what, attempt = heapq.heappop(self.events)
            getattr(self, what)(now, attempt)
        return sorted(self.attempts, key=lambda attempt: (attempt.number > 0, attempt.time))

    def plan(self, time: float, what: str, attempt: Attempt) -> None:
        heapq.heappush(self.events, (float(time), next(self.number), what, attempt))

    def comes(self, now: float, attempt: Attempt) -> None:
        self.attempts.append(attempt)
        if self.free:
            self.answer(now, attempt)
        else:
            self.waiting.append(attempt)
            self.plan(now + attempt.patience, "leaves", attempt)

    def answer(self, now: float, attempt: Attempt) -> None:
        self.free -= 1
        attempt.began = now
        self.plan(now + attempt.handle_time, "ends", attempt)

    def leaves(self, now: float, attempt: Attempt) -> None:
        if attempt.began == np.inf:
            attempt.left = True
            self.waiting.remove(attempt)
            self.again(now, attempt, self.repeats.after_abandonment, self.repeats.abandonment_delay)

    def ends(self, now: float, attempt: Attempt) -> None:
        self.free += 1
        if self.waiting:
            self.answer(now, self.waiting.pop(0))
        self.again(now, attempt, self.repeats.after_answer, self.repeats.unresolved_delay)

    def again(self, now: float, attempt: Attempt, share: float, delay: float) -> None:
        if attempt.number >= self.repeats.further:
            return
        drawn = self.further[attempt.first, attempt.number]
        comes = now + delay * drawn[DELAY]
        if drawn[CHANCE] < share and comes < self.until:
            again = Attempt(comes, drawn[HANDLE_TIME], drawn[PATIENCE], attempt.first, attempt.number + 1)
            self.plan(comes, "comes", again)


@pytest.mark.parametrize("attempts", [2, 4, 12])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_attempt_comes_waits_and_leaves_as_a_second_method_has_it(attempts: int, seed: int) -> None:
    repeats = Repeats(
        after_abandonment=0.8,
        abandonment_delay=300.0,
        unresolved=0.4,
        after_unresolved=0.5,
        unresolved_delay=3000.0,
        most_attempts=attempts,
    )
    on = centre(np.full(24, 60.0), [Row(3, 0, 60)], 180.0, 90.0)
    went = played(on, Conditions(customers=Customers(repeats=repeats, patience=Lognormal(1.2))), seed)
    expected = SecondMethod(3, repeats, went.contacts.further, 24 * HOUR).run(went)
    records = went.scene.contacts
    assert records.size == len(expected) > went.contacts.time.size + 200
    assert records["time"] == pytest.approx([each.time for each in expected], abs=1e-6)
    assert records["began"] == pytest.approx([each.began for each in expected], abs=1e-6)
    assert ((records["person"] == -1) == [each.left for each in expected]).all()
    later = went.scene.attempts[: records.size - went.scene.firsts]
    again = [(each.first, each.number) for each in expected if each.number]
    assert list(zip(later["first"], later["number"], strict=True)) == again
    assert max(number for _, number in again) == min(attempts - 1, max(number for _, number in again))


TWO = centre(
    np.column_stack((hours(20, 60.0), hours(20, 30.0))),
    [Row(3, 0, 22, ((6, 0.5),)), Row(2, 4, 20, (), 1)],
    180.0,
    (90.0, 240.0),
    (Kind((0, 1), 0.05, 0.1), Kind((1,))),
    cyclic=True,
)
BOTH = Conditions(
    queues={
        "queue 0": Customers(repeats=Repeats(after_abandonment=0.7, unresolved=0.2, most_attempts=4)),
        "queue 1": Customers(repeats=Repeats(unresolved=0.3, unresolved_delay=HOUR, most_attempts=2)),
    },
    priority={"queue 1": 1},
    reserve={"queue 1": 1},
)


def test_attempts_are_counted_once_each() -> None:
    facts = simulate(TWO, BOTH, Effort(seed=5, replications=50))
    assert np.array_equal(facts.offered, facts.answered + facts.abandoned)
    assert (facts.repeats <= facts.offered).all()
    firsts = simulate(TWO, Conditions(), Effort(seed=5, replications=50)).offered
    assert np.array_equal(facts.offered - facts.repeats, firsts)
    assert facts.repeats.sum(axis=(0, 1)).min() > 0
    assert facts.taken.sum() == pytest.approx(facts.answered.sum(), rel=0.01)
    assert (facts.busy <= facts.present + 1e-6).all()


def test_nobody_comes_more_often_than_allowed_nor_without_a_reason() -> None:
    went = played(TWO, BOTH)
    records = went.scene.contacts
    later = went.scene.attempts[: records.size - went.scene.firsts]
    queue = records["queue"][went.scene.firsts :]
    assert (queue == records["queue"][later["first"]]).all()
    assert np.bincount(later["number"][queue == 0]).size == 4
    assert set(later["number"][queue == 1]) == {1}
    pairs = set(zip(later["first"], later["number"], strict=True))
    assert len(pairs) == later.size
    assert all(number == 1 or (first, number - 1) in pairs for first, number in pairs)


def test_shares_of_zero_change_nothing() -> None:
    effort = Effort(seed=5, replications=10)
    never = world(after_abandonment=0.0, unresolved=0.0, most_attempts=7)
    once = world(after_abandonment=0.9, unresolved=0.9, most_attempts=1)
    usual = simulate(TWO, Conditions(), effort)
    for conditions in (never, once):
        found = simulate(TWO, conditions, effort)
        for name in (item.name for item in fields(Facts) if item.name != "calendar"):
            assert np.array_equal(getattr(found, name), getattr(usual, name))


def test_the_same_seed_gives_the_same_facts_on_any_number_of_workers() -> None:
    one, other = (simulate(TWO, BOTH, Effort(seed=5, replications=12, workers=workers)) for workers in (1, 3))
    assert np.array_equal(one.waited, other.waited)
    assert np.array_equal(one.repeats, other.repeats)


def test_plans_with_other_people_meet_the_same_further_attempts() -> None:
    few, many = (
        played(replace(TWO, shifts=replace(TWO.shifts, people=TWO.shifts.people + more)), BOTH)
        for more in (0, 2)
    )
    found = []
    for went in (few, many):
        records, firsts = went.scene.contacts, went.scene.firsts
        later = went.scene.attempts[: records.size - firsts]
        keys = zip(later["first"], later["number"], strict=True)
        times = zip(records["handle_time"][firsts:], records["patience"][firsts:], strict=True)
        found.append(dict(zip(keys, times, strict=True)))
    both = found[0].keys() & found[1].keys()
    assert len(both) > 50
    assert all(found[0][key] == found[1][key] for key in both)
    assert found[0].keys() != found[1].keys()


def test_nobody_contacts_a_queue_that_is_closed() -> None:
    """Open for two hours in the morning and two in the evening; delays run on while it is open only."""
    opened = np.isin(np.arange(24), (8, 9, 18, 19))
    on = centre(np.where(opened, 120.0, 0.0), [Row(4, 0, 25)], 240.0, 60.0)
    facts = simulate(on, world(after_abandonment=1.0, most_attempts=MANY), Effort(replications=40))
    assert facts.offered[:, ~opened].sum() == 0
    assert facts.repeats[:, opened].sum() > 0
    went = played(on, world(after_abandonment=1.0, abandonment_delay=HOUR, most_attempts=2))
    records, firsts = went.scene.contacts, went.scene.firsts
    later = went.scene.attempts[: records.size - firsts]

    def open_seconds(moment: Floats) -> Floats:
        return np.clip(moment - 8 * HOUR, 0, 2 * HOUR) + np.clip(moment - 18 * HOUR, 0, 2 * HOUR)

    first = records[later["first"]]
    passed = open_seconds(records["time"][firsts:]) - open_seconds(first["time"] + first["patience"])
    drawn = went.contacts.further[later["first"], 0, DELAY] * HOUR
    assert passed == pytest.approx(drawn, abs=1e-6)


def test_redials_of_the_day_before_reach_a_cyclic_calendar() -> None:
    late = centre(np.where(np.arange(24) >= 22, 200.0, 1e-6), [Row(2, 0, 25)], 300.0, 60.0)
    delayed = world(after_abandonment=1.0, abandonment_delay=3 * HOUR, most_attempts=2)
    around = replace(late, calendar=replace(late.calendar, cyclic=True))
    first, any_day = (simulate(on, delayed, Effort(replications=5)).repeats for on in (late, around))
    assert first[:, :6].sum() == 0 < any_day[:, :6].sum()


def test_a_forecast_that_counts_repeats_is_made_of_fewer_first_attempts() -> None:
    on = always_open(centre(hours(4, 100.0), [Row(200, 0, 25)], 60.0))
    customers = Customers(
        first_attempts=0.75, repeats=Repeats(unresolved=0.25, unresolved_delay=600.0, most_attempts=MANY)
    )
    facts = simulate(on, Conditions(customers=customers), Effort(seed=2, replications=150))
    found = ratio(total(facts.offered), np.full(150, 400.0), 0.999)
    assert found.low <= 1.0 <= found.high


@pytest.mark.parametrize(
    "wrong",
    [{"after_abandonment": 1.2}, {"unresolved": -0.1}, {"abandonment_delay": 0.0}, {"most_attempts": 0}],
)
def test_repeats_are_shares_delays_and_attempts(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"share|delay|attempts"):
        Repeats(**wrong)
