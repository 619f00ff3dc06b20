"""Plans side by side and the difference of two explained, as a document."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PlainSerializer, WithJsonSchema

from planner.plan import CostItem, Headcount, Status
from planner.scenario.document import Document
from planner.seasons.causes import Cause

Way: TypeAlias = Literal["order", "shapley"]
Amount = Annotated[
    Decimal, PlainSerializer(float, when_used="json"), WithJsonSchema({"type": "number"}, mode="validation")
]
"""Money in whole cents: exact in Python, a number with at most two decimals in JSON."""


class ItemCost(Document):
    """One kind of cost, over all pools and queues."""

    item: CostItem
    amount: float


class QueueService(Document):
    """What customers of one queue get, over the calendar, by the exact formulas on days as forecast."""

    queue: str
    contacts: float = Field(description="forecast, those that AI keeps among them")
    ai_share: float = Field(description="contacts offered to AI / contacts")
    reaching_people: float
    answer_rate: float | None = Field(description="answered / reaching people; null where nobody does")
    average_wait_seconds: float | None = Field(description="over those that reach people")


class SidePlan(Document):
    """The figures of one plan, beside the others'."""

    number: int = Field(description="1 is the first that was given")
    name: str = Field(description="of its scenario")
    source: str = Field(description="the file or folder that it was read from")
    start: str = Field(description="first day")
    days: int
    status: Status
    cost: float
    bound: float | None = Field(description="no plan can cost less; null for a roster that was evaluated")
    gap: float | None
    contacts: float = Field(description="forecast, over all queues")
    served: float = Field(description="contacts that people answer or AI keeps")
    resolved: float | None = Field(description="null unless every queue with contacts has repeats")
    cost_per_contact: float | None
    cost_per_served: float | None
    cost_per_resolved: float | None
    ai_share: float | None = Field(description="contacts offered to AI / contacts")
    answer_rate: float | None
    average_wait_seconds: float | None
    promises: int = Field(description="how many there are")
    kept: int = Field(description="how many of them hold")
    labour_share: float | None = Field(description="what people cost / cost; null for a plan that is free")
    people: tuple[Headcount, ...] = Field(description="on the books, by pool")
    costs: tuple[ItemCost, ...]
    queues: tuple[QueueService, ...]


class PoolPatterns(Document):
    """Which patterns a pool works in every plan."""

    pool: str
    shared: tuple[str, ...] = Field(description="worked in every plan")
    worked: tuple[int, ...] = Field(description="how many patterns each plan works, in their order")
    on_shared: tuple[float | None, ...] = Field(
        description="share of the pool's shifts that are on shared patterns, by plan; null without any"
    )


class Move(Document):
    """People of a pool who have to come or go from one plan to another."""

    pool: str
    from_plan: int
    to_plan: int
    before: int = Field(description="people on the books")
    after: int
    come: int
    go: int


class Part(Document):
    """What of the change of cost one cause made; several, where no plan tells them apart."""

    causes: tuple[Cause, ...]
    change: Amount = Field(description="all parts add up to the whole change")
    low: Amount = Field(description="least change of the least cost that the bounds leave open")
    high: Amount = Field(description="largest")


class Between(Document):
    """A plan of the first question with some causes taken from the second."""

    causes: tuple[Cause, ...]
    cost: float | None = Field(description="null: no plan keeps these promises with this labour")
    bound: float | None = Field(description="null: nothing is proven, or there is no plan")
    seconds: float | None
    reasons: tuple[str, ...] = Field(default=(), description="why there is no plan, a line each")


class Difference(Document):
    """Why the last plan costs more or less than the first."""

    way: Way = Field(description="order: one cause after another; shapley: on average over all orders")
    change: Amount = Field(description="cost of the second plan - cost of the first")
    low: Amount = Field(description="least change of the least cost that the bounds leave open")
    high: Amount = Field(description="largest")
    parts: tuple[Part, ...]
    between: tuple[Between, ...] = Field(description="the plans in between, in the order they were made")


class Differences(Document):
    """Plans side by side; differences.json holds this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.differences/1"], Field(alias="schema")] = "planner.differences/1"
    currency: str
    plans: tuple[SidePlan, ...]
    patterns: tuple[PoolPatterns, ...]
    moves: tuple[Move, ...] = Field(
        description="from each plan to the next; with more than two from the last to the first as well"
    )
    difference: Difference | None = Field(description="of two plans, if it was asked for")
    notes: tuple[str, ...] = Field(description="what the reader should know, a line each")

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
