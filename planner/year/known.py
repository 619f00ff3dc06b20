"""What is known of a season: how little it can cost with so many people, and plans that were made for it.

A season's cost here is that of its calendar once, without what the year pays: people on the books, and AI
bought for the year. Its limits x are the people on its shifts, pool by pool, and for each queue whose AI the
year buys whether it has been bought.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.plan import Plan


@dataclass(frozen=True, slots=True)
class Cut:
    """(Y6)  V(x) >= constant + slope x.

    slope : (D,) money per person, or for AI; at most 0
    """

    constant: float
    slope: Floats

    def at(self, limits: Floats) -> float:
        """What it says at some limits, (D,)."""
        return float(self.constant + self.slope @ limits)


@dataclass(frozen=True, slots=True)
class Made:
    """A season solved at some limits: more of any limit never makes it dearer.

    (Y7)  V(x) >= bound wherever x <= limits;   (Y8)  V(x) <= value wherever x >= limits.

    limits : (D,) whole numbers
    value : money that the plan costs; infinite where none was found
    bound : money no plan within the limits can undercut, infinite where none exists; -inf: not known
    plan : whole, with pay as it was made; None where there is none
    held : whether the plan was made for just these limits
    """

    limits: Floats
    value: float
    bound: float
    plan: Plan | None = None
    held: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "limits", frozen(self.limits))
        require(self.bound <= self.value * (1 + 1e-9) + 1e-6, "no plan costs less than its bound")

    @property
    def impossible(self) -> bool:
        """Whether no plan exists within the limits."""
        return self.bound == np.inf


@dataclass(slots=True)
class Known:
    """Everything known of one season, and what grows as the year is solved.

    floor : money that it costs at least, whatever the limits
    """

    floor: float = 0.0
    cuts: list[Cut] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)

    def least(self, limits: Floats) -> float:
        """The highest bound known at some limits, (D,)."""
        by_cuts = (cut.at(limits) for cut in self.cuts)
        by_steps = (one.bound for one in self.made if bool(np.all(limits <= one.limits)))
        return max([self.floor, *by_cuts, *by_steps])

    @property
    def ceiling(self) -> float:
        """More than what is known can ask for, whatever the limits: slopes are at most 0."""
        steps = (one.bound for one in self.made if one.bound < np.inf)
        return max([self.floor, *(cut.constant for cut in self.cuts), *steps])

    def best(self, limits: Floats) -> Made | None:
        """The cheapest plan that keeps within some limits, (D,)."""
        fits = [one for one in self.made if one.value < np.inf and bool(np.all(one.limits <= limits))]
        return min(fits, key=lambda one: one.value, default=None)

    def solved_at(self, limits: Floats) -> Made | None:
        """The tightest of the solves at just these limits."""
        here = [one for one in self.made if one.held and bool(np.all(one.limits == limits))]
        return max(here, key=lambda one: one.bound, default=None)

    def steps(self) -> list[Made]:
        """The solves that say more than the others about what a season costs at least."""
        some = [one for one in self.made if one.bound > self.floor]
        return [
            one
            for place, one in enumerate(some)
            if not any(
                bool(np.all(other.limits >= one.limits)) and (other.bound, -at) > (one.bound, -place)
                for at, other in enumerate(some)
                if at != place
            )
        ]
