"""The platforms that people could work with: what each costs, and which pools it lets work."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from planner.scenario.document import Document, Money, Positive, Share, several


def _pools_written_short(given: object) -> object:
    """One pool may be written without the list around it; nothing at all stands for every pool."""
    return None if given is None else several(given)


class Technology(Document):
    """One platform to choose: money up front, money by the year, money by the seat."""

    capital: Money = Field(default=0.0, description="paid before the first month: hardware, software, set-up")
    hardware_share: Share = Field(default=1.0, description="of the capital; upkeep is a share of it")
    life_years: Positive | None = Field(
        default=None, description="over which the capital is spread; needed with capital"
    )
    discount_rate: Annotated[float, Field(ge=0, le=1, strict=True)] = Field(
        default=0.0, description="a year, e.g. 0.08: what money tied up costs"
    )
    upkeep_share_per_year: Annotated[float, Field(ge=0, le=3, strict=True)] = Field(
        default=0.0, description="of the hardware, e.g. 0.175"
    )
    subscription_per_year: Money = Field(default=0.0, description="paid whatever the number of seats")
    seat_price_per_month: Money = Field(
        default=0.0,
        description="per platform seat: most people at work at once, of all pools that need the platform",
    )
    pools: Annotated[
        tuple[str, ...] | None,
        BeforeValidator(_pools_written_short, json_schema_input_type=str | list[str] | None),
    ] = Field(
        default=None,
        description="the only pools that can work with it, beside those that bring a platform; "
        "left out: every pool",
    )

    @property
    def hardware(self) -> float:
        """Money of the capital that is hardware."""
        return self.capital * self.hardware_share
