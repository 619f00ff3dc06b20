"""The scenario: everything a plan is made from, in one document."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.automation import Automation
from planner.scenario.clock import OpeningHours
from planner.scenario.document import Document, Money, Positive
from planner.scenario.pools import Pool
from planner.scenario.service import AnswerRate, AverageWait, Service

Name = Annotated[str, Field(min_length=1, max_length=80)]


class CalendarRules(Document):
    """The days that are planned, cut into intervals."""

    start: date
    days: Annotated[int, Field(ge=1, le=370)]
    interval_minutes: Literal[15, 30, 60] = 30
    time_zone: str = "UTC"
    cyclic: bool = Field(default=False, description="the last night runs into the first day")


class ForecastColumns(Document):
    """Which column of the file holds what; left out, the names are those of the fields."""

    start: str | None = None
    queue: str | None = None
    contacts: str | None = None
    handle_time_seconds: str | None = None
    agents: str | None = None


class ForecastConstants(Document):
    """What stands for a column that the file does not have."""

    queue: Name | None = None
    handle_time_seconds: Positive | None = None


class ForecastFile(Document):
    """Where the forecast is and how to read it."""

    file: str | None = Field(default=None, description="CSV, Excel or Parquet, beside the scenario")
    sheet: str | None = None
    columns: ForecastColumns = ForecastColumns()
    constants: ForecastConstants = ForecastConstants()
    from_: datetime | date | None = Field(default=None, alias="from", description="rows before are ignored")
    to: datetime | date | None = Field(default=None, description="rows at or after are ignored")


class Queue(Document):
    """One line of contacts that wait for an agent."""

    patience_seconds: Positive | None = Field(
        default=None, description="mean time a customer waits before leaving; null: nobody leaves (Erlang C)"
    )
    open: OpeningHours = "always"
    service: Service = Service()
    business_line: str | None = None
    lost_contact_cost: Money = Field(default=0.0, description="money lost with a contact that is not answered")
    automation: Automation | None = None

    @property
    def promises(self) -> Service:
        """The promises that hold: those written, or else the usual ones."""
        if self.service.names_a_target():
            return self.service
        usual = {
            "average_wait_seconds": (AverageWait(target=30.0),),
            "answer_rate": () if self.patience_seconds is None else (AnswerRate(target=0.95),),
        }
        return self.service.model_copy(update=usual)


class SolverLimits(Document):
    """How long and how near to the best."""

    gap: Annotated[float, Field(ge=0, lt=1)] = 0.005
    time_limit_seconds: Positive = 60.0
    solver: Literal["auto", "scip", "highs"] = "auto"
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1


class Scenario(Document):
    """One planning question: contacts to answer, promises to keep, labour and AI to buy."""

    name: Name
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["CNY"])]
    calendar: CalendarRules
    forecast: ForecastFile = ForecastFile()
    queues: Annotated[dict[Name, Queue], Field(min_length=1)]
    pools: Annotated[dict[Name, Pool], Field(min_length=1)]
    solver: SolverLimits = SolverLimits()
