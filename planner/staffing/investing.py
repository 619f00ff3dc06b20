"""Which investments to take: a tree over yes and no, its bounds from the best that could still become.

A node has decided on some investments. What the others would improve or save is taken for granted there
and not paid for, so that its relaxation is a bound for every way to decide on them. The node with the least
bound comes first. One that has decided on all is a problem without a choice, and is planned whole.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from planner.errors import Interrupted, NoPlanExists, OutOfTime
from planner.investment.effects import bought, cost_per_month, decided, undecided
from planner.problem import Problem
from planner.program.found import Found
from planner.program.instance import instance
from planner.scenario.investments import Investment
from planner.staffing.confidence import Answer
from planner.staffing.relaxations import Asked, Key, Relaxations
from planner.staffing.solved import Progress, Run

Solve = Callable[[Problem, Run, Found | None, float], Answer]
"""Plans a problem without a choice until a deadline, beginning from what is known of it."""

_SAME = 1e-7
_A_TURN = 0.4
"""Of the time left, for a plan of one decision while others are open; it may have another turn."""
_FIRST_PLAN = 0.4
"""Of the time, after which all that is left is taken, or none, where there is no plan yet."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The investments of the cheapest plan found, and what is known of the others.

    problem : with that decision written into it
    answer : its plan
    bound : money that no plan undercuts, whatever it takes
    otherwise : by investment that was to be decided on, money that no plan with the other answer undercuts
    """

    problem: Problem
    answer: Answer
    bound: float
    otherwise: Mapping[str, float]


@dataclass(frozen=True, slots=True, order=True)
class _Node:
    """Some investments taken, some left to decide on, the others not taken.

    refined : whether its bound is as high as the best plan asks for, or as it can be
    """

    bound: float
    taken: frozenset[str] = field(compare=False)
    left: tuple[str, ...] = field(compare=False)
    refined: bool = field(compare=False, default=False)

    def may(self, name: str, take: bool) -> bool:
        """Whether some way to go on from here gives this answer."""
        return name in self.left or (name in self.taken) is take


class _Tree:
    """Nodes that are still open, those that were planned to the end, and the best plan so far.

    begun : by what is taken, the search of those that had a turn
    """

    def __init__(self, problem: Problem, run: Run, terms: tuple[float, float]) -> None:
        self.problem, self.run, (self.gap, self.deadline) = problem, run, terms
        self.open: list[_Node] = []
        self.closed: list[_Node] = []
        self.best: tuple[Problem, Answer] | None = None
        self.begun: dict[frozenset[str], Found] = {}
        self._relaxations = Relaxations(problem, run, self.deadline)

    @property
    def bound(self) -> float:
        """Money that no plan undercuts."""
        return min((node.bound for node in (*self.open, *self.closed)), default=float("inf"))

    @property
    def done(self) -> bool:
        """Whether the best plan is near enough to what all nodes leave possible, or the run has ended."""
        if not self.open or self.best is None:
            return not self.open
        cost = self.best[1].best.cost
        proven = cost - self.bound <= (self.gap + _SAME) * abs(cost)
        return proven or self.run.stopped() or time.monotonic() > self.deadline

    @property
    def turn(self) -> float:
        """When the plan of one decision has had its turn, in time.monotonic terms."""
        now = time.monotonic()
        return now + _A_TURN * (self.deadline - now) if self.open else self.deadline

    def add(self, nodes: Iterable[_Node]) -> None:
        """Leave nodes to be looked at, those of which a plan can come."""
        for node in nodes:
            if node.bound < float("inf"):
                heapq.heappush(self.open, node)

    def bounded(self, nodes: Sequence[_Node], parents: Sequence[_Node | None] = ()) -> list[_Node]:
        """The nodes with bounds of their own, no less than those they had.

        parents : from which each was made; none for roots
        """
        whose = parents or [None] * len(nodes)
        asked = [self._asked(node, parent) for node, parent in zip(nodes, whose, strict=True)]
        self._relaxations.solve(asked)
        return [self._with_bound(node, one.key) for node, one in zip(nodes, asked, strict=True)]

    def refined(self, nodes: Sequence[_Node]) -> list[_Node]:
        """The nodes with bounds as high as the best plan asks for, or as high as they can be."""
        asked = [replace(self._asked(node), enough=self._enough(node)) for node in nodes]
        self._relaxations.solve(asked)
        pairs = zip(nodes, asked, strict=True)
        return [replace(self._with_bound(node, one.key), refined=True) for node, one in pairs]

    def relaxation(self, node: _Node) -> Found | None:
        """What is known of a node's relaxation."""
        return self._relaxations.of(self._asked(node).key)

    def _asked(self, node: _Node, parent: _Node | None = None) -> Asked:
        within = None if parent is None else self._asked(parent).key
        return Asked(self._granted(node), within=within)

    def _enough(self, node: _Node) -> float:
        """Money that a node's relaxation must come to, so that no plan there is worth having."""
        assert self.best is not None
        wanted = self.best[1].best.cost * (1 - self.gap)
        return wanted - self._paid(node)

    def price(self, taken: Iterable[str]) -> float:
        """Money of these, and of what is always taken, over the calendar."""
        always = bought(self.problem.scenario.investments, self.problem.calendar.months)
        return always + sum(self._cost(name) for name in taken)

    def _cost(self, name: str) -> float:
        return self.problem.calendar.months * cost_per_month(self.problem.scenario.investments[name])

    def _paid(self, node: _Node) -> float:
        """(F11)  paid(taken) + sum over left of min(0, paid)."""
        saving = [name for name in node.left if self._cost(name) < 0]
        return self.price([*node.taken, *saving])

    def _with_bound(self, node: _Node, key: Key) -> _Node:
        """(F11)  cost >= paid(taken) + sum over left of min(0, paid) + relaxation(taken and left)."""
        found = self._relaxations.of(key)
        bound = float("inf") if found is None else found.bound + self._paid(node)
        return replace(node, bound=max(bound, node.bound))

    def _granted(self, node: _Node) -> list[Investment]:
        """Everything a node takes or takes for granted."""
        every = self.problem.scenario.investments
        always = [of for of in every.values() if of.take == "always"]
        return [
            *always,
            *(every[name] for name in sorted(node.taken)),
            *(_hoped(every[n]) for n in node.left),
        ]


def choose(problem: Problem, run: Run, terms: tuple[float, float], solve: Solve) -> Choice:
    """The cheapest plan found over all ways to decide on the investments.

    Parameters
    ----------
    terms : gap, and deadline in time.monotonic terms
    solve : plans a problem without a choice

    Raises
    ------
    NoPlanExists
        If no decision leaves a plan.
    OutOfTime, Interrupted
        If the run ended before the first plan.
    """
    every = undecided(problem)
    if not every:
        return _without_choice(problem, (), run, solve)
    tree = _Tree(problem, run, terms)
    try:
        _grow(tree, every, solve)
    except (OutOfTime, Interrupted):
        if tree.best is None:
            raise
    if tree.best is None:  # no decision leaves one, and the problem with everything says why
        return _without_choice(problem, every, run, solve)
    return _cheapest(tree, every)


def _without_choice(problem: Problem, taken: Iterable[str], run: Run, solve: Solve) -> Choice:
    one = decided(problem, taken)
    answer = solve(one, run, None, float("inf"))
    return Choice(one, answer, answer.found.bound, {})


def _grow(tree: _Tree, every: tuple[str, ...], solve: Solve) -> None:
    """Straight down to a first plan, then the node with the least bound, until the gap is proven."""
    began = time.monotonic()
    tree.add(tree.bounded(_roots(tree.problem, every)))
    down = heapq.heappop(tree.open) if tree.open else None
    while down is not None or not tree.done:
        node = heapq.heappop(tree.open) if down is None else down
        late = tree.best is None and time.monotonic() - began > _FIRST_PLAN * (tree.deadline - began)
        if node.left and late:
            tree.add([node])
            ends = _completions(node)
            node = min(tree.bounded(ends, [node] * len(ends)))
        if not node.left:
            _plan(tree, node, solve)
            down = None
            continue
        beside = [heapq.heappop(tree.open)] if tree.open and tree.open[0].left else []
        if tree.best is not None and not all(one.refined for one in (node, *beside)):
            tree.add(tree.refined([node, *beside]))
            continue
        pairs = [(child, parent) for parent in (node, *beside) for child in _children(tree, parent)]
        children = tree.bounded([child for child, _ in pairs], [parent for _, parent in pairs])
        down = min(children[:2]) if tree.best is None else None
        tree.add(child for child in children if child is not down)


def _roots(problem: Problem, every: tuple[str, ...]) -> list[_Node]:
    """Every way to decide on what cannot be taken for granted."""
    first = _never_for_granted(problem, every)
    left = tuple(name for name in every if name not in first)
    return [
        _Node(float("-inf"), frozenset(name for name, take in zip(first, answers, strict=True) if take), left)
        for answers in product((True, False), repeat=len(first))
    ]


def _children(tree: _Tree, node: _Node) -> list[_Node]:
    """Decide on the dearest that is left: with it nothing changes but that it is paid for."""
    name, *rest = sorted(node.left, key=lambda name: (-tree.price([name]), name))
    return [_Node(node.bound, node.taken | {name}, tuple(rest)), _Node(node.bound, node.taken, tuple(rest))]


def _completions(node: _Node) -> list[_Node]:
    """All of the rest taken, and none of it."""
    return [_Node(node.bound, node.taken | {*node.left}, ()), _Node(node.bound, node.taken, ())]


def _plan(tree: _Tree, node: _Node, solve: Solve) -> None:
    """Plan a node that has decided on all, for a turn; it stays open if it ran out of time."""
    one = decided(tree.problem, node.taken)
    below = tree.bound

    def told(progress: Progress) -> None:
        bound = None if progress.bound is None else min(progress.bound, below)
        tree.run.watch(replace(progress, bound=bound))

    begin = tree.begun.get(node.taken) or tree.relaxation(node)
    try:
        answer = solve(one, replace(tree.run, watch=told), begin, tree.turn)
    except NoPlanExists:
        tree.closed.append(replace(node, bound=float("inf")))
        return
    except OutOfTime:
        if time.monotonic() > tree.deadline:
            raise
        tree.add([node])
        return
    found = answer.found
    if tree.best is None or answer.best.cost < tree.best[1].best.cost:
        tree.best = one, answer
    node, tree.begun[node.taken] = replace(node, bound=max(node.bound, found.bound)), found
    if found.reason == "time limit":
        tree.add([node])
    else:
        tree.closed.append(node)


def _cheapest(tree: _Tree, every: tuple[str, ...]) -> Choice:
    assert tree.best is not None
    problem, answer = tree.best
    bound, nodes = min(tree.bound, answer.best.cost), (*tree.open, *tree.closed)
    taken = {name for name, of in problem.scenario.investments.items() if of.take == "always"}
    otherwise = {
        name: min((node.bound for node in nodes if node.may(name, name not in taken)), default=float("inf"))
        for name in every
    }
    found = replace(answer.found, bound=bound)
    return Choice(problem, replace(answer, solved=replace(answer.solved, found=found)), bound, otherwise)


def _never_for_granted(problem: Problem, every: tuple[str, ...]) -> tuple[str, ...]:
    """Investments whose effects may do harm, so that a bound may not take them for granted.

    More containment leaves people the longer calls. Where a vendor's fee falls as minutes grow, a plan that
    needs fewer may pay more.
    """
    falls = any(not vendor.curve.rising for vendor in instance(problem).vendors)
    investments = problem.scenario.investments

    def may_harm(of: Investment) -> bool:
        return any(falls or effect.more_contained > 0 for effect in of.queues.values())

    return tuple(name for name in every if may_harm(investments[name]))


def _hoped(of: Investment) -> Investment:
    """An investment with nothing but what it improves."""
    queues = {
        name: effect.model_copy(update={"handle_time_factor": min(1.0, effect.handle_time_factor)})
        for name, effect in of.queues.items()
    }
    pools = {
        name: effect.model_copy(update={"attrition_factor": min(1.0, effect.attrition_factor)})
        for name, effect in of.pools.items()
    }
    return of.model_copy(update={"queues": queues, "pools": pools})
