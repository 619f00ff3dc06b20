"""The platforms of a scenario as the program sees them: prices over a calendar, and who may work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.arrays import Flags
from planner.scenario.pools import Pool
from planner.scenario.technology import Technology
from planner.technology.monthly import fixed_per_month


@dataclass(frozen=True, slots=True)
class Option:
    """One platform.

    fixed, seat : money over the calendar, whatever the seats, and per seat
    allows : (P,) whether a pool can work with it
    """

    name: str
    fixed: float
    seat: float
    allows: Flags

    def cost(self, seats: int) -> float:
        """(T4)  technology = months × (fixed + seat_price_per_month × seats)   of the platform chosen."""
        return self.fixed + self.seat * seats


def options(
    technologies: Mapping[str, Technology], pools: Mapping[str, Pool], months: float
) -> tuple[Option, ...]:
    """The platforms of a scenario over a calendar of so many months."""
    return tuple(
        Option(
            name,
            months * fixed_per_month(rules),
            months * rules.seat_price_per_month,
            np.array([_allows(rules, pool, pools[pool]) for pool in pools], dtype=np.bool_),
        )
        for name, rules in technologies.items()
    )


def _allows(rules: Technology, name: str, pool: Pool) -> bool:
    return pool.brings_platform or rules.pools is None or name in rules.pools
