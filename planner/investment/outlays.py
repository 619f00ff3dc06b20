"""What a platform is paid for month by month: capital when it is due, and what runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.scenario.technology import Technology
from planner.technology.monthly import MONTHS_A_YEAR, running_per_month


@dataclass(frozen=True, slots=True)
class Outlays:
    """Money that is paid at the end of each month, month 0 being before the first.

    capital, running : (M + 1,)
    """

    capital: Floats
    running: Floats

    def __post_init__(self) -> None:
        require(self.capital.shape == self.running.shape, "capital and running have the same months")


def outlays(of: Technology, seats: Floats, people: float = 0.0) -> Outlays:
    """(F1)  paid[m] = (upkeep + subscription_per_year) / 12 + seat_price_per_month × seats[m] + people.

    The capital is paid in month 0 and again whenever its life ends within the horizon.

    Parameters
    ----------
    seats : (M,) platform seats of each month
    people : money a month that a plan costs beside the platform; 0 where that is the same on both sides
    """
    months = np.arange(seats.size + 1, dtype=np.float64)
    running = np.concatenate([[0.0], running_per_month(of) + of.seat_price_per_month * seats + people])
    capital = np.zeros(months.size)
    life = np.inf if of.life_years is None else MONTHS_A_YEAR * of.life_years
    due = 0.0
    while due < seats.size:
        capital[int(np.ceil(due - 1e-9))] += of.capital
        due += life
    return Outlays(frozen(capital), frozen(running))
