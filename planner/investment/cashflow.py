"""Cash flows of platforms as documents: what is paid and saved, month by month, beside a baseline."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.document import Document


class FlowMonth(Document):
    """What one month brings, beside the baseline; month 0 is before the first."""

    month: int
    invested: float = Field(description="capital paid beyond the baseline's; below 0 where it is less")
    saved: float = Field(description="by how much running costs are below the baseline's")
    net: float = Field(description="saved - invested")
    cumulative: float = Field(description="net of this month and all before")
    present_value: float = Field(description="net, discounted to month 0")


class CashFlow(Document):
    """One platform beside the baseline."""

    option: str
    discount_rate: float = Field(description="a year")
    seats: tuple[float, ...] = Field(description="platform seats in each year")
    people_saved_a_month: float = Field(
        description="what two plans differ by beside their platforms; 0 where the people are the same"
    )
    invested: float = Field(description="capital beyond the baseline's over the horizon")
    saved: float = Field(description="running costs below the baseline's over the horizon")
    net_present_value: float
    return_on_investment: float | None = Field(
        description="(saved - invested) / invested; null where no more is invested than in the baseline"
    )
    payback_month: float | None = Field(
        description="from which on all that was invested is saved again; null: not within the horizon"
    )
    months: tuple[FlowMonth, ...]


class CashFlows(Document):
    """Platforms beside one of them; `--json` prints exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.cashflow/1"], Field(alias="schema")] = "planner.cashflow/1"
    scenario: str
    currency: str
    against: str = Field(description="the baseline")
    years: int
    seats: tuple[float, ...] = Field(description="platform seats of the baseline in each year")
    flows: tuple[CashFlow, ...]

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
