"""What a sweep over volumes found, as a document."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from planner.scenario.document import Document

Price: TypeAlias = Literal["labour", "vendors", "technology"]


class Point(Document):
    """One alternative at one volume."""

    contacts_a_day: float
    alternative: str
    status: Literal["plan", "infeasible", "timeout"] = Field(
        description="infeasible: its pools cannot keep the promises; timeout: no plan within the time limit"
    )
    cost_a_month: float | None = Field(description="of the best plan found")
    bound_a_month: float | None = Field(description="no plan of this alternative can cost less")
    cost_a_contact: float | None


class Lead(Document):
    """Volumes, of those looked at, with one answer; the ends are included."""

    from_contacts: float
    to_contacts: float
    alternative: str | None = Field(
        description="surely the cheapest: its cost is below the bound of each other; null: too near to tell"
    )


class PriceChange(Document):
    """By how much one kind of price would have to fall for an alternative to become the cheapest."""

    price: Price
    surely_below: float | None = Field(
        description="factor on the price up to which it is the cheapest for sure; null: not even for nothing"
    )
    surely_not_above: float | None = Field(
        description="factor from which on another is cheaper for sure; null: too near to tell even at 1"
    )


class Never(Document):
    """An alternative that is nowhere surely the cheapest, and what would change that where it is nearest."""

    alternative: str
    contacts_a_day: float = Field(description="the volume at which it is nearest")
    against: str = Field(description="the cheapest other there")
    prices: tuple[PriceChange, ...]


class Sourcing(Document):
    """A sweep over volumes; `--json` prints exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.sourcing/1"], Field(alias="schema")] = "planner.sourcing/1"
    scenario: str
    currency: str
    forecast_contacts_a_day: float = Field(description="of the scenario's own forecast, on average")
    gap: float = Field(description="to which every plan was made")
    points: tuple[Point, ...] = Field(description="by volume, then in the order of the scenario")
    leads: tuple[Lead, ...] = Field(description="by volume")
    never: tuple[Never, ...]

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
