"""Everything that can go wrong, as a tree.

PlannerError
    InvalidInput     the scenario, forecast or command is wrong: every mistake, with place and remedy (exit 2)
    NoPlanExists     the promises cannot be kept with the labour there is (exit 3)
    OutOfTime        the time limit came before the first plan (exit 4)
    Interrupted      Ctrl-C came before the first plan (exit 130)
    SolverFailed     a solver died, lied or returned nothing that holds (exit 1)
    PlaceLost        the cluster that tasks were running on went away (exit 1)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class PlannerError(Exception):
    """What all our errors share."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in what a person gave us.

    file : name of the file or option, as the person wrote it
    place : field (`queues.presales.service.answer_rate`) or row (`row 17`); empty for the whole file
    problem : what was found and what to write instead
    """

    file: str
    place: str
    problem: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.problem) if part)


class InvalidInput(PlannerError):
    """Every mistake of a scenario, forecast or command at once."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        if not mistakes:
            raise ValueError("InvalidInput needs at least one mistake")
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class NoPlanExists(PlannerError):
    """The promises cannot be kept; `reasons` says where and by how much, a line each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(self.reasons))


class OutOfTime(PlannerError):
    """The time limit came before the first plan."""


class Interrupted(PlannerError):
    """The user stopped the run before the first plan."""


class SolverFailed(PlannerError):
    """A solver died, or returned what does not hold."""


class PlaceLost(PlannerError):
    """The place where tasks were running went away, and they with it."""
