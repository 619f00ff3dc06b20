"""What it costs to replace the people who leave."""

from __future__ import annotations

from dataclasses import dataclass

from planner.labour.wage import benefits, hourly_wage
from planner.scenario.pools import Pool


@dataclass(frozen=True, slots=True)
class Replacing:
    """Money by item: for one new person, or for those who leave of one person's post in a month."""

    recruiting: float
    training: float
    ramp_up: float

    @property
    def total(self) -> float:
        """All parts together."""
        return self.recruiting + self.training + self.ramp_up


def hiring(rules: Pool) -> Replacing:
    """Money by item for one new person: what (L4) charges a share of every month."""
    given = rules.turnover
    week = hourly_wage(rules) * rules.contract.hours_per_week * (1.0 + benefits(rules))
    lost_weeks = given.ramp_up_weeks * (1.0 - given.ramp_up_productivity)
    return Replacing(given.recruiting_cost, week * given.training_weeks, week * lost_weeks)


def replacing(rules: Pool) -> Replacing:
    """(L4)  replacing = attrition x (recruiting_cost + week x training_weeks + week x lost_weeks);

    week = hourly_wage x hours_per_week x (1 + benefits)
    lost_weeks = ramp_up_weeks x (1 - ramp_up_productivity)
    """
    one, share = hiring(rules), rules.turnover.monthly_attrition
    return Replacing(share * one.recruiting, share * one.training, share * one.ramp_up)
