"""A vendor's quote as a person writes it down; all volumes and fees are of one calendar month."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from planner.scenario.document import Document, Money, Positive, Share


class Tier(Document):
    """A price and the volume up to which it is charged."""

    up_to: Positive | None = Field(
        default=None, description="minutes a month, itself included; null for the last tier: no end"
    )
    price: Money = Field(description="money for a minute of talk")


class Cap(Document):
    """A fee that is not exceeded, and the volume that it covers."""

    fee: Money
    covers_minutes: Positive | None = Field(
        default=None,
        description="minutes a month; those beyond cost the last tier's price on top; null: however many",
    )


class PerMinute(Document):
    """Minutes of talk are billed."""

    by: Literal["minute"]
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)] = Field(description="from few minutes to many")
    tiers_apply: Literal["increment", "all_units"] = Field(
        default="increment",
        description="increment: each minute costs the price of its own tier; all_units: every minute that of "
        "the tier which the month's volume reaches",
    )
    minimum_spend: Money = Field(default=0.0, description="least fee of a month, used or not")
    fee_cap: Cap | None = None

    @model_validator(mode="after")
    def _in_order(self) -> PerMinute:
        ends = [tier.up_to for tier in self.tiers]
        if ends[-1] is not None:
            raise ValueError("the last tier must have no end; leave its up_to out")
        closed = [end for end in ends[:-1] if end is not None]
        if len(closed) < len(ends) - 1 or any(b <= a for a, b in pairwise(closed)):
            raise ValueError("up_to must rise from tier to tier, and only the last may be without")
        if self.fee_cap is not None and self.fee_cap.fee < self.minimum_spend:
            given = f"{self.fee_cap.fee:g} and {self.minimum_spend:g}"
            raise ValueError(f"fee_cap must be at least minimum_spend (got {given})")
        return self


class PerSeat(Document):
    """Seats are billed, used or not."""

    by: Literal["seat"]
    price: Money = Field(description="money for a seat and month")
    minimum_seats: Annotated[int, Field(ge=0, strict=True)] = 0
    minutes_per_seat: Positive = Field(description="minutes of talk that a seat delivers in a month")


class Clause(Document):
    """A fee that is cut if the vendor performs badly."""

    fee_cut: Share = Field(description="share of the month's fee, e.g. 0.2")
    threshold: Share = Field(description="of CSAT or whatever else is agreed, e.g. 0.85")
    mean: Share = Field(description="of the vendor's months")
    deviation: Positive = Field(description="standard deviation of the vendor's months, taken for normal")


class Quote(Document):
    """One vendor's offer."""

    vendor: Annotated[str, Field(min_length=1, max_length=80)]
    terms: Annotated[PerMinute | PerSeat, Field(discriminator="by")]
    setup_fee: Money = Field(default=0.0, description="once, spread over setup_months")
    setup_months: Annotated[int, Field(ge=1, strict=True)] = 12
    performance: Clause | None = None
    first_contact_resolution: Annotated[float, Field(gt=0, le=1, strict=True)] = Field(
        default=1.0, description="share of answered contacts that are solved"
    )


class Quotes(Document):
    """Quotes to be compared."""

    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["CNY"])]
    talk_minutes_per_contact: Positive = Field(description="talk, without wrap-up; what a vendor bills")
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _each_once(self) -> Quotes:
        names = [quote.vendor for quote in self.quotes]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"each vendor may stand once; rename one of {', '.join(twice)}")
        return self
