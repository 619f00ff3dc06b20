"""A planned year as a document: people from season to season, what it costs, and what other ways would."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from planner.plan import CostItem, Versions
from planner.scenario.document import Document

YearItem: TypeAlias = CostItem | Literal["hiring", "severance", "learning", "ai_setup", "vendor_setup"]
Way: TypeAlias = Literal["joint", "season by season", "one team"]


class TeamRow(Document):
    """People of one pool in one season."""

    season: str
    pool: str
    people: int = Field(description="on the books, all season")
    on_shifts: int = Field(description="of them, those whom shifts can count on: the new ones are learning")
    needed: int = Field(description="fewest people who could work the plan's shifts")
    joining: float = Field(description="people who join as the season begins, on average over years")
    leaving: float = Field(description="people let go as the season begins")
    left: float = Field(description="people who leave by themselves until the next season")


class SeasonRow(Document):
    """One season and its plan, which lies in a folder of its own."""

    season: str
    scenario: str
    weeks: float
    repeats: float = Field(description="how often the plan's calendar comes in the season")
    plan_cost: float = Field(description="of the plan, its calendar once")
    plan_bound: float = Field(description="no plan with as many people on its shifts can cost less")
    cost: float = Field(description="of the season: plan_cost x repeats")
    met: bool = Field(description="whether the plan keeps every promise by the formulas")
    certified: bool | None = Field(
        default=None, description="whether a replay shows every promise kept; null: none was asked for"
    )


class AiRow(Document):
    """AI of one queue that the year buys, or does not."""

    queue: str
    bought: bool
    cost: float = Field(description="of setup and of the fixed cost of all seasons, if it is bought")


class YearCost(Document):
    """One item of the year's cost; the lines add up to it."""

    item: YearItem
    pool: str | None
    queue: str | None
    amount: float


class WayRow(Document):
    """One way to staff the year, beside the others."""

    way: Way
    cost: float | None = Field(description="of the year; null where the way cannot be gone, or time was up")
    bound: float | None = Field(description="no year planned this way costs less; null: nothing is claimed")
    dearer: float | None = Field(description="what it costs more than the joint plan")
    surely: float | None = Field(
        description="what even the best year of this way costs more than the joint plan, if above 0"
    )
    people: tuple[tuple[float, ...], ...] = Field(
        description="people on the books, a list for every pool with a figure for every season"
    )
    why: str = Field(default="", description="why there is no cost")


class YearPlan(Document):
    """A planned year; year.json holds exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.year/1"], Field(alias="schema")] = "planner.year/1"
    year: str
    currency: str
    versions: Versions
    status: Literal["optimal", "feasible"]
    cost: float
    bound: float = Field(description="no year that keeps the rules and promises costs less")
    gap: float
    seconds: float
    stopped: str = Field(description="why the search ended: gap, time limit, Ctrl-C, nothing left to plan")
    seasons: tuple[SeasonRow, ...]
    teams: tuple[TeamRow, ...]
    ai: tuple[AiRow, ...] = ()
    platform: str | None = Field(
        default=None, description="that all seasons work with; null where every season has its own, or none"
    )
    costs: tuple[YearCost, ...]
    ways: tuple[WayRow, ...] = Field(description="the joint plan, then the others")
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
