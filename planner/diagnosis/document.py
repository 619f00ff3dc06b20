"""Why no plan exists, as a document: the rules that clash, where, and what would repair it at which price."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.document import Document


class ClashRule(Document):
    """One rule of a clash: a field of the scenario."""

    field: str = Field(description="path as in `planner sweep`, such as pools.own.maximum_headcount")
    value: float | int | str | bool | None = Field(description="what it holds; null where no value says it")
    says: str = Field(description="the rule in a few words")
    necessary: bool = Field(
        description="whether a plan was found that keeps the clash's other rules and not this one; false: "
        "none was found in time, so the set may be larger than it needs to be"
    )


class Spot(Document):
    """Where the rules of a clash leave something short, with fractions of people."""

    queue: str
    start: str
    end: str
    pools: tuple[str, ...] = Field(description="who may serve the queue")
    agents_short: float | None = Field(description="in the worst interval; null for a promise over a period")
    promise: str | None = Field(description="the promise over a day or week that is missed")
    beyond: float | None = Field(description="contacts, or minutes waited, beyond what the promise allows")
    says: str


class Clash(Document):
    """The fewest rules that no plan keeps together, whatever becomes of all others."""

    rules: tuple[ClashRule, ...] = Field(
        description="none: the contacts alone, or what has no rule to leave out, allow no plan"
    )
    minimal: bool = Field(description="whether every rule is necessary")
    proof: Literal["fractions", "whole people"] = Field(
        description="fractions: not even fractions of people keep them; whole people: fractions would"
    )
    where: tuple[Spot, ...] = Field(description="none where fractions of people keep the rules")


class Change(Document):
    """One field of a repair."""

    field: str
    before: float | int | str | bool | None
    after: float | int | str | bool | None
    says: str = Field(description="the change in words")
    smallest: bool = Field(
        description="whether the next smaller change was proven not to be enough; false for a change that no "
        "number measures"
    )


class PricedRepair(Document):
    """The smallest change of some fields with which a plan exists, and what that plan costs."""

    changes: tuple[Change, ...]
    cost: float | None = Field(description="of the plan with the change; null: none was finished in time")
    bound: float | None = Field(description="no plan with the change can cost less")
    dearer: float | None = Field(
        description="(cost - cost of the plan with the least shortfall) / that cost; null without one"
    )


class LeastShortfall(Document):
    """What the plan with the least shortfall costs and misses."""

    cost: float
    promises_missed: int = Field(description="over days or weeks, or in every interval")
    hours_short: float = Field(description="agents below floors, times the hours that they are missing")


class Infeasible(Document):
    """Why a scenario has no plan; what `planner plan --json` prints then, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.infeasible/1"], Field(alias="schema")] = "planner.infeasible/1"
    status: Literal["infeasible"] = "infeasible"
    scenario: str
    currency: str
    errors: tuple[dict[str, str], ...] = Field(description="where and by how much, a line each")
    clashes: tuple[Clash, ...] = Field(description="each is enough by itself to leave no plan")
    repairs: tuple[PricedRepair, ...] = Field(description="the cheapest first; each is enough by itself")
    least_shortfall: LeastShortfall | None = Field(description="null: none was made in time")
    complete: bool = Field(
        description="whether all was answered in time; false: there may be more clashes and repairs"
    )
    seconds: float

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
