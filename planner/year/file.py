"""A year file: seasons, each a scenario with the weeks it stands for, and the people who stay all year."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from planner.scenario.document import Document, Money, Positive, Share
from planner.scenario.scenario import Currency, Name, SolverLimits

Headcount = Annotated[int, Field(ge=0, strict=True)]


def _weeks_or_dates(schema: dict[str, Any]) -> None:
    schema["oneOf"] = [{"required": ["weeks"]}, {"required": ["from", "to"]}]


class SeasonRules(Document):
    """One season: a typical week, or several, and how long it lasts. Give `weeks`, or `from` and `to`."""

    model_config = ConfigDict(json_schema_extra=_weeks_or_dates)

    name: Name
    scenario: Annotated[str, Field(min_length=1)] = Field(
        description="a scenario file, beside the year file; its forecast lies beside it"
    )
    weeks: Annotated[float, Field(gt=0, le=104, strict=True)] | None = Field(
        default=None, description="how many weeks the season lasts; its calendar stands for all of them"
    )
    from_: date | None = Field(default=None, alias="from", description="first day of the season")
    to: date | None = Field(default=None, description="last day of the season")
    contacts: Positive = Field(
        default=1.0, description="factor on all contacts of the scenario's forecast, such as 1.1"
    )

    @model_validator(mode="after")
    def _lasts(self) -> SeasonRules:
        dates = self.from_ is not None and self.to is not None
        if (self.weeks is None) == (not dates) or (self.from_ is None) != (self.to is None):
            raise ValueError("needs weeks, or from and to, and not both")
        if self.from_ is not None and self.to is not None and self.to < self.from_:
            raise ValueError(f"must end on or after its first day (got {self.from_} to {self.to})")
        return self

    @property
    def lasts_weeks(self) -> float:
        """Weeks from its first day to its last."""
        if self.weeks is not None:
            return self.weeks
        assert self.from_ is not None
        assert self.to is not None
        return ((self.to - self.from_).days + 1) / 7.0


class YearPool(Document):
    """People who stay from season to season. What is left out is what the scenario's `turnover` says."""

    initial_headcount: Headcount | None = Field(
        default=None, description="people there before the first season; not in a year that is cyclic"
    )
    monthly_attrition: Share | None = Field(
        default=None, description="share who leave in a month; left out: the turnover's"
    )
    lead_seasons: Annotated[int, Field(ge=0, le=12, strict=True)] = Field(
        default=0, description="seasons between the decision to hire and a person's first season"
    )
    hiring_cost: Money | None = Field(
        default=None, description="per person hired; left out: recruiting_cost of the turnover"
    )
    training_cost: Money | None = Field(
        default=None, description="per person hired; left out: the pay of the turnover's training_weeks"
    )
    first_season_productivity: Annotated[float, Field(gt=0, le=1, strict=True)] | None = Field(
        default=None,
        description="share of the others' shifts that a person takes in the first season; left out: by "
        "ramp_up_weeks and ramp_up_productivity of the turnover",
    )
    severance_cost: Money = Field(default=0.0, description="per person let go; who leaves alone gets none")
    maximum_hires: Headcount | None = Field(
        default=None, description="most people who can join at the beginning of one season"
    )


class YearAi(Document):
    """AI on one queue, bought for the whole year: its fixed cost is due in every season, used or not."""

    setup_cost: Money = Field(default=0.0, description="once, as soon as AI is used in any season")


class YearFile(Document):
    """A year to be planned as one problem."""

    name: Name
    currency: Currency
    cyclic: bool = Field(
        default=False, description="the year follows itself: its last season comes before its first"
    )
    seasons: Annotated[tuple[SeasonRules, ...], Field(min_length=1, max_length=60)] = Field(
        description="in the order in which they come"
    )
    pools: Annotated[dict[Name, YearPool], Field(min_length=1)] = Field(
        description="pools of the scenarios whose people stay; every other pool changes with the season"
    )
    ai: dict[Name, YearAi] = Field(
        default={}, description="by queue: AI that is bought for all seasons, or for none"
    )
    one_platform: bool = Field(
        default=False,
        description="true: one of the scenarios' technologies all year; false: every season has its own",
    )
    solver: SolverLimits = SolverLimits(gap=0.01, time_limit_seconds=300.0)
