"""The scenario: everything a plan is made from, in one document."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from planner.scenario.automation import Automation
from planner.scenario.clock import Day, OpeningHours
from planner.scenario.customers import Customers, Uncertainty
from planner.scenario.document import Document, Flag, Money, Positive, several
from planner.scenario.holidays import country_of, with_holidays
from planner.scenario.investments import Investment
from planner.scenario.pools import Pool
from planner.scenario.promotions import Promotion
from planner.scenario.repeats import Repeats
from planner.scenario.service import AnswerRate, AverageWait, Service
from planner.scenario.sourcing import Alternative
from planner.scenario.technology import Technology
from planner.scenario.vendors import Vendor


def _printable(name: str) -> str:
    if not name.isprintable() or name != name.strip():
        raise ValueError(f"must be printable text without spaces around it (got {name!r})")
    return name


def _whole(words: str) -> str:
    """JSON can hold half of a character, which no file can."""
    if any(0xD800 <= ord(sign) < 0xE000 for sign in words):
        raise ValueError(f"must be text of whole characters (got {words!r})")
    return words


def _code(currency: str) -> str:
    if not re.fullmatch("[A-Z]{3}", currency):
        raise ValueError(f"must be three capital letters such as CNY (got {currency!r})")
    return currency


def _plannable(start: date) -> date:
    if not 1970 <= start.year <= 2100:
        raise ValueError(f"must lie between 1970 and 2100 (got {start})")
    return start


def _moment(given: object) -> object:
    """A date or a time from what YAML or JSON holds."""
    if given is None or isinstance(given, date):
        return given
    try:
        moment = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        moment = None
    if moment is None or not 1970 <= moment.year <= 2100:
        raise ValueError(f"must be a date or a time such as 2026-03-02 or 2026-03-02T08:00 (got {given!r})")
    return moment


Name = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_printable)]
Words = Annotated[str, AfterValidator(_whole)]
Currency = Annotated[str, AfterValidator(_code), Field(examples=["CNY"])]
Moment = Annotated[datetime | date | None, BeforeValidator(_moment, json_schema_input_type=str | None)]


class CalendarRules(Document):
    """The days that are planned, cut into intervals."""

    start: Annotated[Day, AfterValidator(_plannable)] = Field(description="first day, e.g. 2026-03-02")
    days: Annotated[int, Field(ge=1, le=370, strict=True)] = Field(description="how many days")
    interval_minutes: Literal[15, 30, 60] = 30
    time_zone: Words = Field(default="UTC", description="whose wall clock people read, e.g. Asia/Shanghai")
    cyclic: Flag = Field(default=False, description="the last night runs into the first day")
    country: Annotated[str, AfterValidator(country_of)] | None = Field(
        default=None, description="whose public holidays are known, or those of a part of it: CN, US, DE-BY"
    )
    holidays: Annotated[
        tuple[Day, ...] | None,
        BeforeValidator(
            lambda given: given if given is None else several(given),
            json_schema_input_type=Day | list[Day] | None,
        ),
    ] = Field(default=None, description="dates; left out: the country's public holidays")

    @model_validator(mode="before")
    @classmethod
    def _of_its_country(cls, given: object) -> object:
        return with_holidays(given)


class ForecastColumns(Document):
    """Which column of the file holds what; left out, the names are those of the fields."""

    start: Words | None = None
    queue: Words | None = None
    contacts: Words | None = None
    handle_time_seconds: Words | None = None
    agents: Words | None = None


class ForecastConstants(Document):
    """What stands for a column that the file does not have."""

    queue: Name | None = None
    handle_time_seconds: Positive | None = None


class ForecastFile(Document):
    """Where the forecast is and how to read it."""

    file: Words | None = Field(default=None, description="CSV, Excel or Parquet, beside the scenario")
    sheet: Words | None = None
    columns: ForecastColumns = ForecastColumns()
    constants: ForecastConstants = ForecastConstants()
    from_: Moment = Field(default=None, alias="from", description="rows before are ignored")
    to: Moment = Field(default=None, description="rows at or after are ignored")
    typical_week: Annotated[Day, AfterValidator(_plannable)] | None = Field(
        default=None,
        description="first of seven days in the file, which stand for all days without rows of their own",
    )
    promotions: Annotated[
        tuple[Promotion, ...],
        BeforeValidator(several, json_schema_input_type=Promotion | list[Promotion] | None),
    ] = Field(default=(), description="dates on which more customers come, or fewer")


class Queue(Document):
    """One line of contacts that wait for an agent."""

    patience_seconds: Annotated[float, Field(gt=0, le=1e9, strict=True)] | None = Field(
        default=None, description="mean time a customer waits before leaving; null: nobody leaves (Erlang C)"
    )
    open: OpeningHours = Field(
        default="always",
        description="days with hours, or `always`; `holidays: closed`, or their own hours",
    )
    service: Service | Literal["economic"] = Field(
        default=Service(),
        description="promises; or economic: none, lost contacts and waiting cost what they cost",
    )
    priority: Annotated[int, Field(ge=1, le=9, strict=True)] = Field(
        default=5, description="whose turn it is with people who serve several queues; 1 goes first"
    )
    reserve: Annotated[int, Field(ge=0, le=100, strict=True)] = Field(
        default=0,
        description="while it is open, so many idle people of each pool that serves it take no contact "
        "of a queue that comes after it by priority",
    )
    customers: Customers = Customers()
    business_line: Annotated[str, AfterValidator(_printable)] | None = None
    lost_contact_cost: Money = Field(
        default=0.0, description="money lost with a contact that is not answered"
    )
    waiting_cost_per_hour: Money = Field(
        default=0.0, description="money lost with every hour that customers wait, answered or not"
    )
    automation: Automation | None = None
    repeats: Repeats | None = Field(
        default=None,
        description="who comes again; null: the forecast's contacts come, whoever serves them",
    )

    @property
    def promises(self) -> Service:
        """The promises that hold: those written, or else the usual ones; none where service is economic."""
        if self.service == "economic":
            return Service(floor=None)
        if self.service.names_a_target():
            return self.service
        usual = {
            "average_wait_seconds": (AverageWait(target=30.0),),
            "answer_rate": () if self.patience_seconds is None else (AnswerRate(target=0.95),),
        }
        return self.service.model_copy(update=usual)


class SolverLimits(Document):
    """How long and how near to the best."""

    gap: Annotated[float, Field(ge=0, lt=1, strict=True)] = 0.005
    time_limit_seconds: Positive = 60.0
    solver: Literal["auto", "scip", "highs"] = "auto"
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)] = 1
    reproducible: Flag = Field(
        default=False,
        description="the same plan again: one task at a time, ended by work and not by the clock",
    )


class Scenario(Document):
    """One planning question: contacts to answer, promises to keep, labour and AI to buy."""

    name: Name
    currency: Currency
    calendar: CalendarRules
    forecast: ForecastFile = ForecastFile()
    queues: Annotated[dict[Name, Queue], Field(min_length=1)]
    pools: Annotated[dict[Name, Pool], Field(min_length=1)]
    vendors: dict[Name, Vendor] = Field(
        default={}, description="paid by the minute, by name; they take what own people cannot"
    )
    technologies: dict[Name, Technology] = Field(
        default={},
        description="platforms, of which the plan takes exactly one; none: nothing is said of them",
    )
    investments: dict[Name, Investment] = Field(
        default={}, description="what could be bought to change handle times, resolution or turnover"
    )
    sourcing: dict[Name, Alternative] = Field(
        default={},
        description="ways to source the work that `planner sourcing` compares; a plan ignores them",
    )
    uncertainty: Uncertainty = Uncertainty()
    solver: SolverLimits = SolverLimits()
