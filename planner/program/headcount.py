"""Desks and people on the books: (M7) to (M11), (M17)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.arrays import Flags, Floats
from planner.calendar import Calendar
from planner.program.decisions import NOWHERE, Decisions
from planner.program.instance import Instance, PoolInstance
from planner.program.rows import Row, total


def desks(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M7)  (1 - absence_p) sum_{j at work at s} x[p,j] <= D[p]   at every start s of a shift of pool p;

    the same sum without absence <= maximum_seats. Presence rises at starts alone, so no other
    moment needs a row.
    """
    v = decide.variables
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        if columns.desks == NOWHERE and pool.rules.maximum_seats is None:
            continue
        needing = 1.0 - pool.rules.shrinkage.absence
        present = pool.patterns.at_starts
        for moment in range(present.shape[0]):
            here = [
                (v[columns.people[j]], 1.0)
                for j in present.indices[present.indptr[moment] : present.indptr[moment + 1]]
            ]
            if columns.desks != NOWHERE:
                at_desks = [(variable, needing) for variable, _ in here]
                yield f"desks_{p}_{moment}", total([*at_desks, (v[columns.desks], -1.0)]) <= 0
            if pool.rules.maximum_seats is not None:
                yield f"seats_{p}_{moment}", total(here) <= pool.rules.maximum_seats


def largest_day(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M8)  sum_{j on day d} x[p,j] <= W[p]   for every day d; W[p] >= minimum_headcount."""
    v = decide.variables
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        if columns.headcount == NOWHERE:
            continue
        for day in range(len(on.calendar.days)):
            today = [(v[columns.people[j]], 1.0) for j in np.flatnonzero(pool.patterns.day == day)]
            if today:
                yield f"day_{p}_{day}", total([*today, (v[columns.headcount], -1.0)]) <= 0
        if pool.rules.minimum_headcount:
            yield f"least_{p}", total([(v[columns.headcount], 1.0)]) >= pool.rules.minimum_headcount


def days(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M9)  sum_j x[p,j] <= days_per_week W[p]   over every week; fewer days where the week is cut short."""
    for p, week, mine, length in _weeks(on, decide):
        pool = on.pools[p]
        available = min(pool.rules.contract.days_per_week, length)
        if available < length:
            yield f"days_{p}_{week}", _of_headcount(decide, p, mine, np.ones(mine.size), available)


def hours(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M10)  sum_j paid_hours[j] x[p,j] <= hours_per_week W[p]   over every week.

    In a week cut short a person owes a day's share of the hours for each day.
    """
    for p, week, mine, length in _weeks(on, decide):
        contract = on.pools[p].rules.contract
        owed = min(1.0, length / contract.days_per_week) * contract.hours_per_week
        paid = on.pools[p].patterns.paid_hours[mine]
        yield f"hours_{p}_{week}", _of_headcount(decide, p, mine, paid, owed)


def least_hours(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M17)  least_hours_per_week W[p] <= sum_j paid_hours[j] x[p,j]   over every week.

    In a week cut short a day's share of the hours for each day.
    """
    v = decide.variables
    for p, week, mine, length in _weeks(on, decide):
        contract, paid = on.pools[p].rules.contract, on.pools[p].patterns.paid_hours
        if contract.least_hours_per_week > 0:
            least = min(1.0, length / contract.days_per_week) * contract.least_hours_per_week
            worked = [(v[decide.pools[p].people[j]], -float(paid[j])) for j in mine]
            yield f"owed_{p}_{week}", total([*worked, (v[decide.pools[p].headcount], least)]) <= 0


def days_off(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M11)  sum_{j on day d} x[p,j] <= sum of w[p,e] over starts e whose working days include d;

    sum_e w[p,e] = W[p]   for every week, where days off must follow one another.
    """
    v = decide.variables
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        span = pool.rules.contract.days_per_week
        for week in range(columns.cycles.size // 7):
            cycle = columns.cycles[7 * week : 7 * week + 7]
            for day in range(7):
                today = np.flatnonzero(pool.patterns.day == 7 * week + day)
                working = [(v[cycle[(day - back) % 7]], -1.0) for back in range(span)]
                if today.size:
                    row = total([*((v[columns.people[j]], 1.0) for j in today), *working]) <= 0
                    yield f"off_{p}_{week}_{day}", row
            everyone = [*((v[w], 1.0) for w in cycle), (v[columns.headcount], -1.0)]
            yield f"cycle_{p}_{week}", total(everyone) == 0


def _weeks(on: Instance, decide: Decisions) -> Iterator[tuple[int, int, np.ndarray, int]]:
    """Pools with a headcount, each week's patterns and days."""
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        for week in range((len(on.calendar.days) + 6) // 7 if columns.headcount != NOWHERE else 0):
            mine = np.flatnonzero(pool.patterns.day // 7 == week)
            if mine.size:
                yield p, week, mine, min(7, len(on.calendar.days) - 7 * week)


def _of_headcount(decide: Decisions, p: int, mine: np.ndarray, weight: np.ndarray, each: float) -> object:
    v, columns = decide.variables, decide.pools[p]
    people = [(v[columns.people[j]], float(w)) for j, w in zip(mine, weight, strict=True)]
    return total([*people, (v[columns.headcount], -each)]) <= 0


def headcount_needed(pool: PoolInstance, calendar: Calendar, people: np.ndarray) -> int:
    """Fewest people on the books who can work the shifts, by the rules of (M8) to (M11).

    Parameters
    ----------
    people : (J,) whole people on each pattern
    """
    contract, found, length = pool.rules.contract, pool.patterns, len(calendar.days)
    per_day = np.bincount(found.day, weights=people, minlength=length)
    need = float(per_day.max(initial=0.0))
    for week in range((length + 6) // 7):
        span = min(7, length - 7 * week)
        here = found.day // 7 == week
        need = max(need, people[here].sum() / min(contract.days_per_week, span))
        owed = min(1.0, span / contract.days_per_week) * contract.hours_per_week
        need = max(need, float(people[here] @ found.paid_hours[here]) / owed)
        if contract.days_off == "consecutive" and span == 7:
            need = max(
                need, fewest_with_days_in_a_row(per_day[7 * week : 7 * week + 7], contract.days_per_week)
            )
    return int(np.ceil(need - 1e-9))


def most_with_least_hours(pool: PoolInstance, calendar: Calendar, people: np.ndarray) -> float:
    """Most people on the books who still get the contract's least hours, by (M17); infinite without any."""
    contract, found, length = pool.rules.contract, pool.patterns, len(calendar.days)
    most = np.inf
    for week in range((length + 6) // 7 if contract.least_hours_per_week > 0 else 0):
        here = found.day // 7 == week
        share = min(1.0, min(7, length - 7 * week) / contract.days_per_week)
        if here.any():
            worked = float(people[here] @ found.paid_hours[here])
            most = min(most, worked / (share * contract.least_hours_per_week))
    return most


def desks_needed(pool: PoolInstance, people: np.ndarray, absence: float | None = None) -> int:
    """Most people at work at once, those absent left out: (M7) for whole people.

    absence : share of paid time; None takes the pool's
    """
    share = 1.0 - (pool.rules.shrinkage.absence if absence is None else absence)
    most = float((pool.patterns.at_starts @ people).max(initial=0.0))
    return int(np.ceil(share * most - 1e-9))


def room_for_one_more(pool: PoolInstance, calendar: Calendar, people: np.ndarray) -> Flags:
    """(J,) whether one more person on a pattern keeps within the pool's seats and largest headcount."""
    found, rules = pool.patterns, pool.rules
    room = np.ones(people.size, dtype=np.bool_)
    if rules.maximum_seats is not None:
        present = found.at_starts @ people
        full = (present >= rules.maximum_seats).astype(np.float64)
        room &= (found.at_starts.T @ full == 0) & (present.max(initial=0.0) <= rules.maximum_seats)
    if rules.maximum_headcount is not None:
        kinds, kind = np.unique(np.column_stack([found.day, found.paid_hours]), axis=0, return_inverse=True)
        fits = np.zeros(len(kinds), dtype=np.bool_)
        for number in range(len(kinds)):
            one_more = people + (np.arange(people.size) == np.argmax(kind.reshape(-1) == number))
            fits[number] = headcount_needed(pool, calendar, one_more) <= rules.maximum_headcount
        room &= fits[kind.reshape(-1)]
    return room


def fewest_with_days_in_a_row(per_day: np.ndarray, span: int) -> float:
    """Fewest people, each working `span` days in a row of a cyclic week, who cover every day."""
    return float(working_days(per_day, span).sum())


def working_days(per_day: np.ndarray, span: int) -> Floats:
    """(7,) people by the first of their `span` working days in a row, the fewest who cover every day.

    With the number of people given, it is a question of differences between running sums of starts, which
    whole numbers answer whenever any numbers do (Bartholdi, Orlin and Ratliff 1980). So the number is raised
    from its least until there is an answer.
    """
    need = [int(np.ceil(people - 1e-9)) for people in per_day]
    people = max(*need, -(-sum(need) // span))
    while (found := _starts(need, span, people)) is None:
        people += 1
    return found


def _starts(need: list[int], span: int, people: int) -> Floats | None:
    """(7,) starts of so many people that cover the need; None if there are none.

    sums[k] : people whose working days start before day k; each edge (i, j, least) asks for
        sums[j] >= sums[i] + least, and the longest paths are the least sums (Bellman 1958)
    """
    edges = [(0, 7, people), (7, 0, -people), *((day, day + 1, 0) for day in range(7))]
    for day in range(7):
        first = day - span + 1
        edges.append((first, day + 1, need[day]) if first >= 0 else (first + 7, day + 1, need[day] - people))
    sums = [0] * 8
    for _ in range(len(sums) + 1):
        before = list(sums)
        for i, j, least in edges:
            sums[j] = max(sums[j], sums[i] + least)
        if sums == before:
            return np.diff(np.array(sums, dtype=np.float64))
    return None
