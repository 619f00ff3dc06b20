"""Curves of cost, as documents: over a promise, over an AI share, and over one field at a time."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.document import Document
from planner.sweep.document import Status
from planner.sweep.file import Scalar


class FrontierPoint(Document):
    """What keeping a promise at one target costs."""

    target: float
    status: Status = Field(description="of the point's own task; see the results of a sweep")
    reason: str
    cost: float | None = Field(description="of the cheapest plan found that keeps it, over the calendar")
    bound: float | None = Field(description="no plan that keeps it can cost less")
    gap: float | None
    plan_of: float | None = Field(
        description="target of the point whose plan that is: its own, or a stricter one's that costs less"
    )
    dearer_for_sure: bool | None = Field(
        description="whether the bound lies above the cost of the next looser point; null: there is none"
    )


class Frontier(Document):
    """Cost over a promise; `--json` prints exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.frontier/1"], Field(alias="schema")] = "planner.frontier/1"
    scenario: str
    currency: str
    promise: str = Field(description="its path")
    points: tuple[FrontierPoint, ...] = Field(description="from loose to strict")
    unfinished: int = Field(description="points that Ctrl-C left undone")
    failed: int = Field(description="points that failed every time")

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)


class SharePoint(Document):
    """What a plan costs with one AI share held fixed."""

    share: float
    status: Status
    reason: str
    cost: float | None
    bound: float | None
    gap: float | None
    maybe_best: bool = Field(description="whether its bound is no higher than the least cost of all")


class AiCurve(Document):
    """Cost over the AI share of one queue; `--json` prints exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.ai_curve/1"], Field(alias="schema")] = "planner.ai_curve/1"
    scenario: str
    currency: str
    queue: str
    points: tuple[SharePoint, ...] = Field(description="by share")
    chosen_share: float | None = Field(description="of the plan that is free to choose; null: no plan")
    chosen_cost: float | None
    chosen_bound: float | None
    unfinished: int
    failed: int

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)


class End(Document):
    """A plan with one field at one end."""

    to: Scalar = Field(description="the factor")
    status: Status
    reason: str
    cost: float | None
    bound: float | None


class Bar(Document):
    """One field, moved down and up, all others as they are."""

    path: str
    low: End
    high: End
    swing: float | None = Field(
        description="cost at the high end - cost at the low end; null: one has no plan"
    )
    sure: bool = Field(description="whether the two ends' costs differ for sure: their gaps do not meet")


class Tornado(Document):
    """What the cost is most sensitive to; `--json` prints exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.tornado/1"], Field(alias="schema")] = "planner.tornado/1"
    scenario: str
    currency: str
    cost: float | None = Field(description="with every field as it is")
    bound: float | None
    bars: tuple[Bar, ...] = Field(description="the largest swing first")
    unfinished: int
    failed: int

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
