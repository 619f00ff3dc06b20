"""The problem to plan: a scenario, its calendar and its forecast, read and found whole."""

from __future__ import annotations

from dataclasses import dataclass

from planner.arrays import require
from planner.calendar import Calendar
from planner.forecast.forecast import Forecast
from planner.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the planner computes from.

    scenario_sha256, forecast_sha256 : hashes of the bytes that were read
    """

    scenario: Scenario
    calendar: Calendar
    forecast: Forecast
    scenario_sha256: str
    forecast_sha256: str

    def __post_init__(self) -> None:
        require(self.forecast.queues == tuple(self.scenario.queues), "the forecast names the scenario's queues")
        require(self.forecast.contacts.shape[0] == self.calendar.intervals, "the forecast fills the calendar")
