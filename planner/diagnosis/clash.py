"""The fewest rules that clash: no plan keeps them all, and leaving out any one of them leaves a plan.

(E1) to (E3) of docs/explanation/why.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from planner.diagnosis.edits import edited
from planner.diagnosis.feasible import Oracle, Verdict
from planner.diagnosis.rules import Rule, edits_of
from planner.diagnosis.seed import suspects
from planner.problem import Problem

_FIRST = {"promise": 0, "limit": 1, "way": 2}


@dataclass(frozen=True, slots=True)
class Clash:
    """(E2)  Rules that no plan keeps together, though one keeps the others without any one of them.

    rules : the fewest, in the order in which they are told
    necessary : per rule, whether a plan was found that keeps the others without it
    by_fractions : whether not even fractions of people keep them
    """

    rules: tuple[Rule, ...]
    necessary: tuple[bool, ...]
    by_fractions: bool

    @property
    def minimal(self) -> bool:
        """Whether every rule was proven necessary."""
        return all(self.necessary)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A problem and its rules, any of which may be left out.

    problem : with its promises written out
    """

    problem: Problem
    rules: tuple[Rule, ...]

    def keeping(self, kept: Sequence[Rule]) -> Problem:
        """The problem with these rules alone."""
        return edited(self.problem, edits_of(rule for rule in self.rules if rule not in kept))

    def rest(self, gone: Sequence[Rule]) -> list[Rule]:
        """The rules without these."""
        return [rule for rule in self.rules if rule not in gone]


@dataclass(slots=True)
class Asking:
    """(E1)  Asks whether rules can be kept together, and no more than it must: fewer rules allow more.

    repair : whether some change of this rule alone leaves a plan; where plans are found soon, it is asked
        before the rule is left out, since it will be wanted anyway
    """

    ruled: Ruled
    oracle: Oracle
    repair: Callable[[Rule], bool] = lambda rule: False
    _kept: list[frozenset[str]] = field(default_factory=list)
    _clashing: list[frozenset[str]] = field(default_factory=list)
    _by_fractions: list[frozenset[str]] = field(default_factory=list)

    def fractions_clash(self, rules: Sequence[Rule]) -> bool:
        """Whether not even fractions of people keep these rules."""
        names = _names(rules)
        if any(names <= kept for kept in self._kept):
            return False
        if not any(clashing <= names for clashing in self._by_fractions):
            if self.oracle.fractions(self.ruled.keeping(rules)) != "no":
                return False
            self._by_fractions.append(names)
        return True

    def whole(self, rules: Sequence[Rule]) -> Verdict:
        """Whether a plan keeps these rules."""
        names = _names(rules)
        if any(names <= kept for kept in self._kept):
            return "yes"
        if any(clashing <= names for clashing in (*self._by_fractions, *self._clashing)):
            return "no"
        verdict = self.oracle.whole(self.ruled.keeping(rules))
        if verdict != "unknown":
            (self._kept if verdict == "yes" else self._clashing).append(names)
        return verdict

    def necessary(self, rule: Rule, among: Sequence[Rule]) -> bool:
        """Whether a plan keeps all of these rules but this one; a repair of it is such a plan."""
        others = [other for other in among if other is not rule]
        if self.fractions_clash(others):
            return False
        if self.oracle.small and len(among) == len(self.ruled.rules) and self.repair(rule):
            self._kept.append(_names(others))
        return self.whole(others) == "yes"

    def suspected(self, rules: Sequence[Rule]) -> Sequence[Rule]:
        """Rules that a proof by duals blames, if they clash by themselves; else all of them."""
        problem = self.ruled.keeping(rules)
        few = suspects(rules, problem.scenario, self.oracle.blamed(problem))
        return few if len(few) < len(rules) and self.fractions_clash(few) else rules

    def smallest_known(self) -> Clash | None:
        """The smallest set that is known to clash, where time ran out before it was minimal."""
        if not self._by_fractions:
            return None
        names = min(self._by_fractions, key=len)
        rules = tuple(rule for rule in self.ruled.rules if rule.field in names)
        proven = tuple(any(names - {rule.field} <= kept for kept in self._kept) for rule in rules)
        return Clash(rules, proven, True)


def clash_of(asking: Asking, among: Sequence[Rule]) -> Clash | None:
    """The fewest of these rules that clash, all others left out; None where they are not known to clash.

    First by the relaxation, which proves a clash in milliseconds; then each rule left is shown to be
    necessary by a plan that exists without it, or left out too.

    Raises
    ------
    OutOfTime, Interrupted
        If the time of everything is over.
    """
    ordered = sorted(among, key=lambda rule: _FIRST[rule.kind])

    def whole_clash(rules: Sequence[Rule]) -> bool:
        return asking.whole(rules) == "no"

    by_fractions = asking.fractions_clash(ordered)
    clashes = asking.fractions_clash if by_fractions else whole_clash
    if not clashes(ordered):
        return None
    begin = asking.suspected(ordered) if by_fractions else ordered
    return _proven(asking, fewest(clashes, begin), ordered)


def fewest(clashes: Callable[[Sequence[Rule]], bool], rules: Sequence[Rule]) -> list[Rule]:
    """A smallest subset that clashes, given that all together do; rules named first are preferred.

    Notes
    -----
    QuickXplain, Junker (2004). With k of n rules in the clash it asks about
    2 k log2(n / k) + 2 k times.
    """

    def part(known: list[Rule], added: bool, rest: list[Rule]) -> list[Rule]:
        if added and clashes(known):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        later = part([*known, *first], True, second)
        earlier = part([*known, *later], bool(later), first)
        return [*earlier, *later]

    every = list(rules)
    return [] if not every or clashes([]) else part([], False, every)


def _proven(asking: Asking, left: list[Rule], among: list[Rule]) -> Clash:
    """Each rule tried without: a plan without it proves it necessary, no plan leaves it out.

    A plan that keeps all the others, in the clash and beside it, proves the most.
    """
    kept, necessary = list(left), dict[str, bool]()
    for rule in reversed(left):
        others = [other for other in kept if other is not rule]
        verdict: Verdict = "yes" if asking.necessary(rule, among) else asking.whole(others)
        if verdict == "no":
            kept = others
        necessary[rule.field] = verdict == "yes"
    return Clash(tuple(kept), tuple(necessary[rule.field] for rule in kept), asking.fractions_clash(kept))


def corrections(asking: Asking, most: int, deepest: int) -> Iterator[tuple[Clash | None, tuple[Rule, ...]]]:
    """Clashes as they are found, and sets of rules without which a plan exists, the smaller first.

    Notes
    -----
    (E3) of docs/explanation/why.md: Reiter's (1987) tree, level by level. A node leaves some rules out; where
    the others clash still, it has a child for every rule of the clash.
    """
    found: list[Clash] = []
    hits: list[frozenset[str]] = []
    level: list[tuple[Rule, ...]] = [()]
    for _ in range(deepest + 1):
        following: dict[frozenset[str], tuple[Rule, ...]] = {}
        for gone in level:
            if any(hit <= _names(gone) for hit in hits):
                continue
            clash = next((one for one in found if not _names(gone) & _names(one.rules)), None)
            if clash is None:
                clash = clash_of(asking, asking.ruled.rest(gone))
                if clash is None:
                    hits.append(_names(gone))
                    yield None, gone
                    if len(hits) == most:
                        return
                    continue
                found.append(clash)
                yield clash, ()
            for rule in clash.rules:
                following.setdefault(_names((*gone, rule)), (*gone, rule))
        level = list(following.values())


def _names(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(rule.field for rule in rules)
