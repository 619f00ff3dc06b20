"""Who of those present works which queue, split at its best: exact once people and levels are fixed.

With people on patterns and AI levels given, every table is a sum of straight pieces, so the best split is
a linear program with no rows on demand. Other people change its right-hand side alone, so it is kept between
splits and solved again from where it stood:

    minimise  sum_v price_v V + shortfall
    sum_q y[t,p,q] = capacity[t,p]                          everybody present is put on a queue
    n[t,q] = sum_p y[t,p,q],   n[t,q] + short[t,q] >= floor[t,q]
    V[t,q] = v(first) + sum_i slope_i piece_i,  0 <= piece_i <= 1,  sum_i piece_i <= n + short - first
    sum_t V[t,q] <= limit sum_t contacts + excess
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from planner.arrays import Counts, Floats, frozen
from planner.errors import SolverFailed
from planner.program.buying import Offer
from planner.program.instance import Instance, Measured, QueueInstance
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Rows

SHORTFALL_PRICE = 1e4
_SERVICE_PRICE = 1e-3
_MONEY = 1e-3
"""Of money beside vendors: no fee may be worth missing a promise for."""
_TRIFLE = 1e-2
"""Of a price, for an agent who is there in any case."""
_TIGHTER = 1e-9
_NOTHING = 1e-7
"""Share of a table's first entry; from there on the table is one piece."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Agents of every pool on every queue.

    agents : {(pool, queue): (T,)} effective agents; vendors are numbered after the pools
    missing : agents below floors plus shares of promises missed; 0 where every promise holds
    worth : (T, P) how much one more effective agent of a pool would lower `missing` (at or above 0)
    """

    agents: dict[tuple[int, int], Floats]
    missing: float
    worth: Floats

    def on_queue(self, queue: int) -> Floats:
        """(T,) effective agents on a queue."""
        mine = [given for (_, q), given in self.agents.items() if q == queue]
        return frozen(np.sum(mine, axis=0))


def capacity(on: Instance, people: Sequence[Counts]) -> Floats:
    """(T, P) effective agents present: the right-hand side of (M1)."""
    given = [pool.effective * (pool.patterns.work @ x) for pool, x in zip(on.pools, people, strict=True)]
    return np.column_stack(given)


class Splits:
    """The best split of those present, again and again.

    session : where the linear program is solved; nobody else may use it
    """

    def __init__(self, on: Instance, session: LinearSession) -> None:
        self._on, self._session = on, session
        self._writer: _Writer | None = None

    def of(self, present: Floats, level: Sequence[int], offer: Offer | None = None) -> Assignment:
        """The split of (T, P) effective agents, with the AI level of each queue and what vendors offer."""
        writer = self._writer
        if writer is None or writer.level != tuple(level) or writer.offer is not offer:
            writer = self._writer = _Writer(self._on, tuple(level), offer)
            self._session.load(writer.matrix())
        there = writer.cover >= 0
        self._session.change_row_bounds(writer.cover[there], present[there], present[there])
        solution = self._session.solve()
        if solution.status != "optimal":
            raise SolverFailed(f"the split of agents over queues ended {solution.status}")
        return writer.read(solution.values, solution.row_duals)


class _Writer:
    """Lays the linear program out as arrays, block by block."""

    def __init__(self, on: Instance, level: tuple[int, ...], offer: Offer | None = None) -> None:
        self.on, self.level, self.offer = on, level, offer
        self.money = 1.0 if offer is None else _MONEY
        self.cost: list[Floats] = []
        self.upper: list[Floats] = []
        self.lower: list[Floats] = []
        self.size = 0
        self.entries: list[tuple[Counts, Counts, Floats]] = []
        self.lower_rows: list[Floats] = []
        self.upper_rows: list[Floats] = []
        self.height = 0
        self.split: dict[tuple[int, int], tuple[Counts, Counts]] = {}
        self.room: dict[int, Counts] = {}
        self.cover = np.full((on.calendar.intervals, len(on.pools)), -1, dtype=np.int64)
        self._write()

    def matrix(self) -> Matrix:
        """The linear program."""
        rows, columns, values = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        body = sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=(self.height, self.size)))
        lower, upper = np.concatenate(self.lower_rows), np.concatenate(self.upper_rows)
        return Matrix(
            column_names=tuple(map(str, range(self.size))),
            cost=np.concatenate(self.cost),
            offset=0.0,
            lower=np.concatenate(self.lower),
            upper=np.concatenate(self.upper),
            integer=np.zeros(self.size, dtype=np.bool_),
            rows=Rows(
                (), body.indptr.astype(np.int64), body.indices.astype(np.int64), body.data, lower, upper
            ),
        )

    def read(self, values: Floats, duals: Floats) -> Assignment:
        """The split, and what is missing."""
        agents = {}
        for key, (at, places) in self.split.items():
            given = np.zeros(self.on.calendar.intervals)
            given[at] = np.maximum(values[places], 0.0)
            agents[key] = frozen(given)
        worth, there = np.zeros(self.cover.shape), self.cover >= 0
        worth[there] = np.maximum(-duals[self.cover[there]], 0.0) / SHORTFALL_PRICE
        missing = float(self.missing_price @ values) / SHORTFALL_PRICE
        return Assignment(agents, missing if missing > 1e-7 else 0.0, frozen(worth))

    def _columns(self, count: int, cost: Floats | float, upper: Floats | float) -> Counts:
        places = np.arange(self.size, self.size + count)
        self.cost.append(np.broadcast_to(cost, count).astype(float))
        self.upper.append(np.broadcast_to(upper, count).astype(float))
        self.lower.append(np.zeros(count))
        self.size += count
        return places

    def _rows(self, count: int, lower: Floats | float, upper: Floats | float) -> Counts:
        places = np.arange(self.height, self.height + count)
        self.lower_rows.append(np.broadcast_to(lower, count).astype(float))
        self.upper_rows.append(np.broadcast_to(upper, count).astype(float))
        self.height += count
        return places

    def _put(self, rows: Counts, columns: Counts, values: Floats | float) -> None:
        self.entries.append((rows, columns, np.broadcast_to(values, rows.shape).astype(float)))

    def _write(self) -> None:
        self._cover_rows()
        penalties: list[Counts] = []
        for number, queue in enumerate(self.on.queues):
            at = np.flatnonzero(queue.active)
            short = self._columns(at.size, SHORTFALL_PRICE, np.inf)
            supply = self._rows(at.size, queue.floor[at, self.level[number]], np.inf)
            self._put(supply, short, 1.0)
            own = self._split_columns(number, at, supply)
            self._own_worth(number, at, own)
            self._own_shown(number, at, own)
            given = [*own, *self._vendor_columns(number, at, supply)]
            penalties.append(short)
            penalties += [self._measured(number, part, at, (short, *given)) for part in queue.measured]
        cost, punished = np.concatenate(self.cost), np.concatenate(penalties)
        self.missing_price = np.zeros(self.size)
        self.missing_price[punished] = cost[punished]

    def _cover_rows(self) -> None:
        for p, pool in enumerate(self.on.pools):
            wanted = np.any([self.on.queues[q].active for q in pool.serves], axis=0)
            at = np.flatnonzero(wanted)
            self.cover[at, p] = self._rows(at.size, 0.0, 0.0)

    def _split_columns(self, number: int, at: Counts, supply: Counts) -> list[Counts]:
        """y of every pool that serves the queue, put into cover and supply; their places by pool."""
        given = []
        for p, pool in enumerate(self.on.pools):
            if number in pool.serves:
                places = self._columns(at.size, 0.0, np.inf)
                self._put(self.cover[at, p], places, 1.0)
                self._put(supply, places, 1.0)
                self.split[p, number] = (at, places)
                given.append(places)
        return given

    def _own_worth(self, number: int, at: Counts, own: Sequence[Counts]) -> None:
        """What own agents save of vendors' minutes, agent by agent, where they may serve several queues."""
        shared = any(len(pool.serves) > 1 for pool in self.on.pools if number in pool.serves)
        if self.offer is None or number not in self.offer.own_worth or not shared:
            return
        worth = self.offer.own_worth[number][at]
        reach = np.ceil(self.on.queues[number].ceiling[at]).astype(np.int64)
        there = np.arange(worth.shape[1])[None, :] < reach[:, None]
        owner = np.nonzero(there)[0]
        pieces = self._columns(owner.size, self.money * worth[there], 1.0)
        room = self._rows(at.size, -np.inf, 0.0)
        self._put(room[owner], pieces, 1.0)
        for places in own:
            self._put(room, places, -1.0)

    def _own_shown(self, number: int, at: Counts, own: Sequence[Counts]) -> None:
        """A price on own agents who are not where they were shown, and on those who are too many there."""
        if self.offer is None or self.offer.shown is None or number not in self.offer.shown.own:
            return
        serving = [c for c, vendor in enumerate(self.on.vendors) if number in vendor.serves]
        price = self.money * np.max([self.offer.vendor_price[c, number][at] for c in serving], axis=0)
        fewer, more = self._columns(at.size, price, np.inf), self._columns(at.size, price, np.inf)
        where = self.offer.shown.own[number][at]
        follow = self._rows(at.size, where, where)
        self._put(follow, fewer, 1.0)
        self._put(follow, more, -1.0)
        for places in own:
            self._put(follow, places, 1.0)

    def _vendor_columns(self, number: int, at: Counts, supply: Counts) -> list[Counts]:
        """o of every vendor that serves the queue, put into supply and its room; their places by vendor."""
        given = []
        for c, vendor in enumerate(self.on.vendors):
            if self.offer is None or number not in vendor.serves:
                continue
            busy = self.on.queues[number].demand.contacts[at, self.level[number]] > 0
            most = np.where(busy, min(self.offer.most[c], float(self.on.queues[number].ceiling.max())), 0.0)
            price = self.money * self.offer.vendor_price[c, number][at]
            places = self._columns(at.size, self._shown_price(c, number, price), most)
            self._put(supply, places, 1.0)
            if len(vendor.serves) > 1 and np.isfinite(vendor.most):
                room = self.room.setdefault(c, self._rows(self.cover.shape[0], -np.inf, vendor.most))
                self._put(room[at], places, 1.0)
            self.split[len(self.on.pools) + c, number] = (at, places)
            self._vendor_shown(c, number, (at, places), price)
            given.append(places)
        return given

    def _shown_price(self, c: int, number: int, price: Floats) -> Floats:
        """What an agent of a vendor costs who was shown: a trifle, or nothing beside another vendor.

        Which of several vendors has how many agents says who takes how much, needed or not.
        """
        shown = None if self.offer is None else self.offer.shown
        if shown is None or (c, number) not in shown.vendors:
            return price
        alone = sum(number in vendor.serves for vendor in self.on.vendors) == 1
        return _TRIFLE * price if alone else np.zeros_like(price)

    def _vendor_shown(self, c: int, number: int, laid: tuple[Counts, Counts], price: Floats) -> None:
        """A price on more agents of a vendor than were shown."""
        shown, (at, places) = None if self.offer is None else self.offer.shown, laid
        if shown is not None and (c, number) in shown.vendors:
            more = self._columns(at.size, price, np.inf)
            most = self._rows(at.size, -np.inf, shown.vendors[c, number][at])
            self._put(most, places, 1.0)
            self._put(most, more, -1.0)

    def _measured(self, number: int, part: Measured, at: Counts, agents: Sequence[Counts]) -> Counts:
        """Pieces of the tables held below the agents there, and the promises over them; places of excess."""
        queue = self.on.queues[number]
        cut = _pieces(queue, part, self.level[number], at)
        priced = part.price + self._counted_price(number, part, at)[cut.owner]
        price = _SERVICE_PRICE + self.money * priced
        pieces = self._columns(cut.slope.size, price * cut.slope, cut.width)
        self.lower[-1] = self._done(number, part, at, cut)
        room = self._rows(at.size, -np.inf, -cut.first)
        self._put(room[cut.owner], pieces, 1.0)
        for places in agents:
            self._put(room, places, -1.0)
        return self._promises(number, part, (at, cut, pieces))

    def _counted_price(self, number: int, part: Measured, at: Counts) -> Floats:
        first = part is self.on.queues[number].measured[0]
        priced = self.offer.counted_price if self.offer is not None and first else {}
        return priced[number][at] if number in priced else np.zeros(at.size)

    def _done(self, number: int, part: Measured, at: Counts, cut: _Pieces) -> Floats:
        """(N,) what own agents do of every piece, which a price on what is counted must not undo."""
        own = self.offer.own if self.offer is not None else {}
        if number not in own or part is not self.on.queues[number].measured[0]:
            return np.zeros(cut.width.size)
        ends = np.cumsum(cut.width)
        before = np.concatenate([[0.0], ends])[np.searchsorted(cut.owner, np.arange(at.size))]
        begins = cut.first[cut.owner] + ends - cut.width - before[cut.owner]
        done: Floats = np.clip((own[number][at][cut.owner] - begins) * (1 - _TIGHTER), 0.0, cut.width)
        return done

    def _promises(self, number: int, part: Measured, laid: tuple[Counts, _Pieces, Counts]) -> Counts:
        """(M5) with an excess that is punished; places of the excess."""
        at, cut, pieces = laid
        contacts = self.on.queues[number].demand.contacts[:, self.level[number]]
        allowed = np.array([budget.limit * contacts[budget.intervals].sum() for budget in part.budgets])
        over = self._columns(allowed.size, SHORTFALL_PRICE / np.maximum(allowed, 1e-9), np.inf)
        for budget, most, beyond in zip(part.budgets, allowed, over, strict=True):
            inside = np.isin(at, budget.intervals)
            row = self._rows(1, -np.inf, most * (1 - _TIGHTER) - cut.begun[inside].sum())
            mine = inside[cut.owner]
            self._put(np.full(int(mine.sum()), row[0]), pieces[mine], cut.slope[mine])
            self._put(row, np.array([beyond]), -1.0)
        return over


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Tables cut into straight pieces: one up to the floor, agent by agent, one where hardly any is left.

    owner : (N,) which of the A intervals a piece belongs to
    width, slope : (N,) agents, and what one more agent changes
    begun, first : (A,) what is counted at the table's first number of agents, and that number
    """

    owner: Counts
    width: Floats
    slope: Floats
    begun: Floats
    first: Floats


def _pieces(queue: QueueInstance, part: Measured, level: int, at: Counts) -> _Pieces:
    """The tables of the intervals asked for.

    The single piece below the floor keeps the curve convex and is used by rosters alone that miss the floor.
    So does the one at the end, which counts a trifle too much.
    """
    tables, system = part.tables, part.tables.which[at * queue.levels + level]
    scale = queue.demand.contacts[at, level] * part.unit
    first = tables.first[system]
    owners, widths, slopes = [], [], []
    for owner, t in enumerate(at):
        values = tables.values[tables.offsets[system[owner]] : tables.offsets[system[owner] + 1]]
        begin = min(max(int(queue.floor[t, level]) - int(first[owner]), 0), values.size - 1)
        nothing = int(np.searchsorted(-values, -_NOTHING * values[0]))
        every = np.arange(begin, max(begin, min(nothing, values.size - 1)) + 1)
        ends = np.unique(np.concatenate([[0], every, [values.size - 1]]))
        width = np.diff(ends).astype(np.float64)
        owners.append(np.full(width.size, owner))
        widths.append(width)
        slopes.append(scale[owner] * np.diff(values[ends]) / width)
    begun = tables.values[tables.offsets[system]] * scale
    joined = [np.concatenate(part) if part else np.zeros(0) for part in (owners, widths, slopes)]
    return _Pieces(joined[0].astype(np.int64), joined[1], joined[2], begun, first.astype(np.float64))
