"""What promises and limits cost, as a document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.document import Document


class RelaxedPoint(Document):
    """The relaxation with the field at another value."""

    value: float
    cost: float


class FieldPrice(Document):
    """What one step of a field costs or saves."""

    field: str
    value: float = Field(description="what the scenario says")
    step: float = Field(description="stricter for a promise, looser for a limit")
    says: str
    price: float | None = Field(
        description="(E9): what the step costs by the relaxation's duals, below 0 where it saves; null: the "
        "program changes its form"
    )
    holds_to: float | None = Field(
        description="(E10): the last value tried up to which the price holds; null: not even the first"
    )
    tried: tuple[RelaxedPoint, ...] = Field(description="relaxations solved again; none where the price is 0")
    cost: float | None = Field(description="of a plan made with the step; null: none made")
    difference: float | None = Field(description="that cost - the plan's")
    least: float | None = Field(description="the cheapest plans differ by no less, by both bounds")
    most: float | None = Field(description="and by no more")


class Prices(Document):
    """What promises and limits cost; what `planner prices --json` prints."""

    schema_: Annotated[Literal["planner.prices/1"], Field(alias="schema")] = "planner.prices/1"
    scenario: str
    currency: str
    cost: float = Field(description="of the plan")
    bound: float
    relaxation: float = Field(description="cost with fractions of people")
    prices: tuple[FieldPrice, ...] = Field(description="the largest first")
    complete: bool = Field(description="whether every price that is not 0 was confirmed by a plan, in time")
    seconds: float

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
