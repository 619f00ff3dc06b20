"""The best plan and bound so far, and how a search is watched and ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from planner.arrays import Floats
from planner.program.candidate import Candidate
from planner.program.way import Way
from planner.solver.basis import NamedBasis
from planner.solver.matrix import Rows

_ROUNDING = 1e-7

Reason = Literal["gap", "time limit", "Ctrl-C", "solvers ended"]


@dataclass(slots=True)
class Found:
    """The best plan and bound so far: the one thing that changes during a search.

    bound : money no plan can undercut
    solver : who found the best plan: a dive, or a solver by name
    reason : why the search ended
    rows, point, basis : rows on demand of the relaxation, and where it ended, once that is solved
    ways : all there are to go, with their bounds; empty without a choice
    by_platform : money that no plan with a platform can undercut; empty without a choice
    """

    bound: float = -np.inf
    best: Candidate | None = None
    solver: str = ""
    reason: Reason = "time limit"
    rows: Rows | None = None
    point: Floats | None = None
    basis: NamedBasis | None = None
    ways: Sequence[Way] = ()
    by_platform: Mapping[int, float] = field(default_factory=dict)

    def proven(self, gap: float) -> bool:
        """Whether the best plan lies within the gap of the bound."""
        if self.best is None:
            return False
        return self.best.cost - self.bound <= (gap + _ROUNDING) * abs(self.best.cost)


@dataclass(frozen=True, slots=True)
class Watcher:
    """How a search is watched and ended.

    deadline : in time.monotonic terms
    tell : called with what is being done, and the findings so far
    stopped : asked now and then; true ends the search
    """

    deadline: float
    tell: Callable[[str, Found], None]
    stopped: Callable[[], bool]

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return self.deadline - time.monotonic()
