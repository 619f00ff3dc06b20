"""Outsourcing contracts as a person writes them: by the seat or by the minute of talk, per calendar month."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from planner.scenario.document import Document, Money, Positive, Share, several

Months = Annotated[int, Field(ge=1, le=120, strict=True)]
Seats = Annotated[int, Field(ge=0, le=100_000, strict=True)]
Minutes = Annotated[float, Field(gt=0, le=1e9, strict=True)]
PartOfFee = Annotated[float, Field(gt=0, le=1, strict=True)]


class SetupFee(Document):
    """What the contract costs once, before the first contact."""

    amount: Money
    months: Months | None = Field(
        default=None, description="the fee is spread evenly over so many; null: all of it in the first month"
    )


class UsualResult(Document):
    """A vendor's result from month to month: a normal law cut to 0 to 1."""

    mean: Share = Field(description="of the law before it is cut")
    deviation: PartOfFee = Field(description="of the law before it is cut, above 0")


class PerformanceClause(Document):
    """A month's fee is cut by a share when the vendor's result falls below a threshold.

    How often that happens is given either as the vendor's usual result or as a probability.
    """

    measure: Literal["csat", "answer_rate"] = Field(description="customer satisfaction, or share answered")
    threshold: Annotated[float, Field(gt=0, le=1, strict=True)] = Field(description="e.g. 0.85")
    reduction: PartOfFee = Field(description="share of the month's fee that is cut, setup fee left out")
    usual_result: UsualResult | None = None
    probability_of_missing: Share | None = Field(default=None, description="that a month falls below")


class Terms(Document):
    """What contracts of both kinds may agree."""

    setup_fee: SetupFee | None = None
    performance: Annotated[
        tuple[PerformanceClause, ...],
        BeforeValidator(several, json_schema_input_type=PerformanceClause | list[PerformanceClause] | None),
    ] = Field(default=(), description="cuts of clauses that are missed in one month add up")
    first_contact_resolution: PartOfFee | None = Field(
        default=None, description="share of contacts that the vendor solves the first time"
    )
    notice_months: Annotated[int, Field(ge=0, le=120, strict=True)] = Field(
        default=0, description="months from giving notice to the last fee"
    )


class Corridor(Document):
    """A committed number of seats, a band around it at the ordinary price, and prices outside."""

    committed_seats: Annotated[int, Field(ge=1, le=100_000, strict=True)]
    width: Share = Field(description="0.1: the band is 10 % below to 10 % above the committed seats")
    price_above: Money = Field(description="per month, for each seat above the band, instead of the price")
    charge_below: Money = Field(
        default=0.0, description="per month, for each seat that is missing up to the band's lower edge"
    )


class SeatContract(Terms):
    """A vendor paid per seat and calendar month, however much the seats talk."""

    by: Literal["seat"]
    price: Money = Field(description="per seat and month")
    minimum_seats: Seats = Field(default=0, description="billed even if fewer are used")
    maximum_seats: Annotated[int, Field(ge=1, le=100_000, strict=True)] | None = Field(
        default=None, description="most seats the vendor supplies"
    )
    corridor: Corridor | None = None
    most_seats_changed_per_month: Seats | None = Field(
        default=None, description="most seats added or given up from one month to the next"
    )
    talk_minutes_per_seat: Minutes | None = Field(
        default=None,
        description="minutes of talk that one seat gives a month; needed to compare with minutes",
    )


class Tier(Document):
    """Minutes up to a limit at one price; the last tier has no limit."""

    up_to: Minutes | None = Field(default=None, description="billed minutes a month, this one included")
    price: Money = Field(description="per billed minute")


class FeeCap(Document):
    """The most a month costs, for the minutes that the cap covers; further ones have their own price."""

    amount: Positive
    covers_minutes: Minutes = Field(description="billed minutes a month")
    price_beyond: Money = Field(description="per billed minute above those")


class MinuteContract(Terms):
    """A vendor paid per minute of talk, by calendar month."""

    by: Literal["minute"]
    tiers: Annotated[
        tuple[Tier, ...],
        Field(min_length=1),
        BeforeValidator(several, json_schema_input_type=Tier | list[Tier]),
    ]
    kind: Literal["increment", "all_units"] = Field(
        default="increment",
        description="increment: each tier's price holds for the minutes inside it; "
        "all_units: the price of the tier that the month reaches holds for all its minutes",
    )
    minimum_spend: Money = Field(default=0.0, description="least a month costs, setup fee left out")
    cap: FeeCap | None = Field(default=None, description="comes after the minimum spend")
    billing_increment_seconds: Annotated[float, Field(gt=0, le=3600, strict=True)] | None = Field(
        default=None, description="each call is rounded up to a multiple of it; null: billed to the second"
    )
    most_calls_at_once: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        default=None, description="most contacts the vendor talks to at the same time"
    )
    most_minutes_changed_per_month: Minutes | None = Field(
        default=None, description="most minutes added or taken away from one month to the next"
    )


OutsourcingContract: TypeAlias = Annotated[SeatContract | MinuteContract, Field(discriminator="by")]
