"""The labour that can be bought: pools of people, what they cost, when they may work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from planner.scenario.clock import Time, Weekdays
from planner.scenario.document import Document, Flag, Money, Share, several
from planner.scenario.labour import Premium, Turnover
from planner.scenario.presets import Preset, over_preset
from planner.scenario.seat_pay import SeatPay

Benefits = Annotated[
    float, Field(ge=0, le=3, strict=True, description="on top of the wage, as a share of it, e.g. 0.35")
]


class Starts(Document):
    """Shifts start from a time to a time, a step apart; `to` before `from` runs past midnight."""

    from_: Time = Field(alias="from")
    to: Time
    every_minutes: Annotated[int, Field(gt=0, le=1440, strict=True)] = 30


def starts_written_short(given: object) -> object:
    """One time of day may be written without the list around it."""
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, (Mapping, Starts, list, tuple)):
        raise ValueError("must be times of day such as [07:00, 08:30], or from, to and every_minutes")
    return given


class Break(Document):
    """A pause inside a shift; it starts between two times after the shift's start, both included."""

    minutes: Annotated[int, Field(gt=0, le=480, strict=True)]
    paid: Flag = False
    from_hours: Money = Field(description="earliest start, hours after the shift's start")
    to_hours: Money = Field(description="latest start, hours after the shift's start")
    every_minutes: Annotated[int, Field(gt=0, le=480, strict=True)] = 30


class ShiftRule(Document):
    """One family of shifts: where they start, how long they last, where their breaks lie."""

    starts: Annotated[
        Starts | Annotated[tuple[Time, ...], Field(min_length=1)],
        BeforeValidator(starts_written_short, json_schema_input_type=Starts | Time | list[Time]),
    ] = Field(description="times of day, or from, to and every_minutes")
    lengths_hours: Annotated[
        tuple[Annotated[float, Field(gt=0, le=24, strict=True)], ...],
        Field(min_length=1),
        BeforeValidator(several, json_schema_input_type=float | list[float]),
    ] = Field(description="from start to end, breaks included")
    breaks: Annotated[
        tuple[Break, ...], BeforeValidator(several, json_schema_input_type=Break | list[Break] | None)
    ] = Field(default=(), description="in the order they are taken")
    days: Weekdays = Field(default="mon-sun", description="days on which these shifts may start")
    minimum_people: Annotated[int, Field(ge=1, strict=True)] = Field(
        default=1, description="a pattern used on a day has at least so many people"
    )
    outside_opening_hours: Flag = Field(
        default=False, description="true: also shifts that reach outside every served queue's opening hours"
    )


class Contract(Document):
    """What one person owes and is owed in a week."""

    hours_per_week: Annotated[float, Field(gt=0, le=168, strict=True)] = 40.0
    least_hours_per_week: Annotated[float, Field(ge=0, le=168, strict=True)] = Field(
        default=0.0, description="where pay is by the hour: everybody on the books works at least so many"
    )
    days_per_week: Annotated[int, Field(ge=1, le=7, strict=True)] = 5
    days_off: Literal["any", "consecutive"] = "any"


class HourlyPay(Document):
    """A shift costs its paid hours."""

    by: Literal["hour"]
    wage: Money
    benefits: Benefits = 0.0


class MonthlyPay(Document):
    """A person or a seat costs its month, used or not: an integer headcount must cover the shifts."""

    by: Literal["month"]
    wage: Money
    benefits: Benefits = 0.0


class Shrinkage(Document):
    """Share of PAID time lost, breaks of the patterns left out."""

    absence: Share = Field(default=0.0, description="not in the building: needs no desk")
    off_phone: Share = Field(default=0.0, description="at work but not on the queue: needs a desk")

    @property
    def total(self) -> float:
        """Both parts together, a share of paid time."""
        return self.absence + self.off_phone


def shrinkage_written_short(given: object) -> object:
    """A bare number is time off the phone."""
    return given if isinstance(given, (Mapping, Shrinkage)) else {"off_phone": given}


def _needed_without_preset(schema: dict[str, Any]) -> None:
    """A preset stands for `kind` and `pay`."""
    schema["required"] = [field for field in schema["required"] if field not in ("kind", "pay")]
    schema["anyOf"] = [{"required": ["preset"]}, {"required": ["kind", "pay"]}]


class Pool(Document):
    """People of one kind who can be put on shifts. `kind` and `pay` are needed, unless a preset has them."""

    model_config = ConfigDict(json_schema_extra=_needed_without_preset)

    preset: Preset | None = Field(
        default=None,
        description="figures to start from, by kind of city; what is written here goes over them",
    )
    kind: Literal["in_house", "remote", "outsourced"]
    queues: Annotated[
        tuple[str, ...],
        Field(min_length=1),
        BeforeValidator(several, json_schema_input_type=str | list[str]),
    ] = Field(description="queues they can serve")
    pay: Annotated[HourlyPay | MonthlyPay | SeatPay, Field(discriminator="by")]
    contract: Contract = Contract()
    premiums: Annotated[
        tuple[Premium, ...], BeforeValidator(several, json_schema_input_type=Premium | list[Premium] | None)
    ] = Field(default=(), description="hours that are paid better: nights, weekends, holidays")
    overlapping_premiums: Literal["add", "highest"] = Field(
        default="add", description="what a minute within several of them earns: their sum, or the highest"
    )
    turnover: Turnover = Turnover()
    desk_cost_per_month: Money = Field(
        default=0.0, description="per desk; desks cover the most people at once"
    )
    desk_rent_per_month: Money = Field(default=0.0, description="of the office, per desk")
    person_licence_per_month: Money = Field(default=0.0, description="software named to a person, per person")
    seat_licence_per_month: Money = Field(
        default=0.0, description="software that people share, per person at work at once; as many as desks"
    )
    productivity: Annotated[float, Field(gt=0, le=1.5, strict=True)] = 1.0
    first_contact_resolution: dict[str, Share] = Field(
        default={}, description="by queue with repeats, where these people solve more or less than its others"
    )
    shrinkage: Annotated[
        Shrinkage, BeforeValidator(shrinkage_written_short, json_schema_input_type=Share | Shrinkage)
    ] = Shrinkage()
    brings_platform: Flag = Field(
        default=False,
        description="true: works whatever technology is chosen, and takes no platform seat, such as a vendor",
    )
    maximum_seats: Annotated[int, Field(ge=0, strict=True)] | None = Field(
        default=None, description="most people at work at the same time"
    )
    minimum_headcount: Annotated[int, Field(ge=0, strict=True)] = 0
    maximum_headcount: Annotated[int, Field(ge=0, strict=True)] | None = None
    maximum_patterns: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        default=None,
        description="at most so many distinct patterns (start, length, breaks) over the calendar",
    )
    shifts: Annotated[
        tuple[ShiftRule, ...],
        Field(min_length=1),
        BeforeValidator(several, json_schema_input_type=ShiftRule | list[ShiftRule]),
    ]

    @model_validator(mode="before")
    @classmethod
    def _over_its_preset(cls, given: object) -> object:
        return over_preset(given)

    @property
    def limits_headcount(self) -> bool:
        """Whether a rule asks how many people are on the books."""
        some = self.minimum_headcount > 0 or self.maximum_headcount is not None
        return some or self.contract.least_hours_per_week > 0

    @property
    def counts_people(self) -> bool:
        """Whether people are counted; if not, their hours stand for them."""
        posts = isinstance(self.pay, SeatPay) and self.pay.seats_are == "people"
        return isinstance(self.pay, MonthlyPay) or posts or self.limits_headcount

    def solves(self, queue: str) -> float | None:
        """Their first-contact resolution on a queue; None where they solve as much as anybody."""
        usual = self.pay.first_contact_resolution if isinstance(self.pay, SeatPay) else None
        return self.first_contact_resolution.get(queue, usual)

    @property
    def effective_share(self) -> float:
        """Effective agents one scheduled person gives: (1 - shrinkage) x productivity, phi of (M1)."""
        return (1.0 - self.shrinkage.total) * self.productivity
