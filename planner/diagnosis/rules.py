"""The rules of a scenario that can clash: each a field, what it says, and the scenario without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from planner.diagnosis.edits import Edit, Place

Value: TypeAlias = float | int | str | bool | None


@dataclass(frozen=True, slots=True)
class Steps:
    """Values a field could take instead, each allowing more than the one before.

    place : of the field
    now : what it holds
    step : from one value to the next, below 0 where less allows more
    end : the last value that makes sense
    whole : whether values are whole numbers
    """

    place: Place
    now: float
    step: float
    end: float
    whole: bool = False

    @property
    def count(self) -> int:
        """How many values there are."""
        return max(0, int((self.end - self.now) / self.step + 1e-9))

    def value(self, number: int) -> float | int:
        """The value so many steps away."""
        at = self.now + number * self.step
        return round(at) if self.whole else round(at, 6)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to allow more where no number says how much: its edits, and what they say."""

    edits: tuple[Edit, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    field : as a person would write its path
    value : what it holds
    says : the rule in a few words
    without : the edits that leave it out
    kind : promises come first among what a clash is told by, then limits, then the ways people work
    steps : other values, where it holds a number
    options : other ways, the smallest change first
    """

    field: str
    value: Value
    says: str
    without: tuple[Edit, ...]
    kind: Literal["promise", "limit", "way"]
    steps: Steps | None = None
    options: tuple[Option, ...] = ()


def path_of(place: Place) -> str:
    """A place as a path: names with dots between, entries of lists as #1, #2."""
    return ".".join(f"#{step + 1}" if isinstance(step, int) else step for step in place)


def edits_of(rules: Iterable[Rule]) -> tuple[Edit, ...]:
    """The edits that leave all these rules out."""
    return tuple(edit for rule in rules for edit in rule.without)
