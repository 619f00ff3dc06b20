"""A plan's cost shared out over business lines, as a document."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PlainSerializer, WithJsonSchema

from planner.plan import CostItem
from planner.scenario.document import Document

Way: TypeAlias = Literal["handled_time", "peak_share", "contacts", "shapley"]

Amount = Annotated[
    Decimal, PlainSerializer(float, when_used="json"), WithJsonSchema({"type": "number"}, mode="validation")
]
"""Money in whole cents: exact in Python, a number with at most two decimals in JSON."""


class Cell(Document):
    """What one line bears of one item of the plan's cost; all cells add up to the cost, to the cent."""

    item: CostItem
    pool: str | None = Field(description="whose item it is; null for an item of a queue")
    queue: str | None = Field(
        description="the queue that the money went to; null where a Shapley value shared out a pool's item"
    )
    line: str
    amount: Amount = Field(description="below 0 where the line lets the others need less of the item")


class LineCost(Document):
    """What one business line bears, and what its contacts cost."""

    line: str
    cost: Amount = Field(description="sum of the line's cells")
    low: Amount | None = Field(description="least Shapley value that the bounds leave open; null by a driver")
    high: Amount | None = Field(description="largest; null by a driver")
    share: float | None = Field(description="cost / cost of the plan; null for a plan that is free")
    contacts: float = Field(description="forecast, those that AI keeps among them")
    served: float = Field(description="contacts that people answer or AI keeps")
    cost_per_contact: float | None = Field(description="cost / contacts; null without contacts")
    cost_per_served: float | None = Field(description="cost / served; null where nobody is served")
    value_per_contact: float | None = Field(description="what a served contact is worth, as given")


class DearContacts(Document):
    """Contacts that cost more than they are worth: those of a whole line, or of one queue of it."""

    line: str
    queue: str | None = Field(description="null: the whole line")
    contacts: float
    served: float
    cost: Amount
    cost_per_contact: float | None
    cost_per_served: float | None
    value_per_contact: float
    loss: Amount = Field(description="cost - value_per_contact × served")


class DearHour(Document):
    """Contacts of a line in one hour of the week that cost more than they are worth.

    The cost of an hour is that of the people who are there, busy or not: another way to share out the plan's
    cost than the driver's.
    """

    line: str
    weekday: str = Field(description="`mon` to `sun`")
    hour: int = Field(description="in the scenario's time zone; 9 is 09:00 to 10:00")
    contacts: float = Field(description="over the whole calendar")
    served: float
    cost: Amount
    cost_per_served: float | None
    value_per_contact: float
    loss: Amount = Field(description="cost - value_per_contact × served")


class Coalition(Document):
    """Some of the lines planned alone, for a Shapley value."""

    lines: tuple[str, ...]
    cost: float
    bound: float | None = Field(
        description="no plan for these lines alone can cost less; null for a roster that was only evaluated"
    )
    seconds: float = Field(description="that the plan took")


class Allocation(Document):
    """A plan's whole cost over business lines; allocation.json holds this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.allocation/1"], Field(alias="schema")] = "planner.allocation/1"
    scenario: str
    currency: str
    by: Way
    cost: Amount = Field(description="of the plan, to the cent")
    lines: tuple[LineCost, ...] = Field(description="their costs add up to the plan's")
    cells: tuple[Cell, ...]
    dear: tuple[DearContacts, ...] = Field(
        description="contacts that cost more than they are worth, the dearest first; needs values"
    )
    dear_hours: tuple[DearHour, ...] = Field(description="hours of the week in which that is so")
    coalitions: tuple[Coalition, ...] = Field(description="of a Shapley value; the last is the plan itself")
    notes: tuple[str, ...] = Field(description="what the reader should know, a line each")

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
