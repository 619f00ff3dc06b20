"""What people cost beside their wage: hours that are paid better, and those who leave and are replaced."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from planner.scenario.clock import Day, Time, Weekdays
from planner.scenario.document import Document, Flag, Money, Share, several


class Premium(Document):
    """Hours that are paid better: between two times of day, on some weekdays or dates."""

    share: Annotated[float, Field(ge=0, le=3, strict=True)] = Field(
        description="of the wage, on top of it, e.g. 0.3"
    )
    from_: Time = Field(default="00:00", alias="from")
    to: Time = Field(default="24:00", description="at or before `from`: on the next day")
    days: Weekdays = Field(default="mon-sun", description="weekdays on which it begins")
    dates: Annotated[
        tuple[Day, ...], BeforeValidator(several, json_schema_input_type=Day | list[Day] | None)
    ] = Field(default=(), description="it begins on these dates alone, such as holidays; none: on any date")
    holidays: Flag = Field(
        default=False, description="true: it begins on the calendar's holidays alone, beside `dates`"
    )


class Turnover(Document):
    """People who leave, and what each one costs who is hired and trained in their place."""

    monthly_attrition: Share = Field(default=0.0, description="share of the people who leave in a month")
    recruiting_cost: Money = Field(default=0.0, description="per person hired")
    training_weeks: Annotated[float, Field(ge=0, le=52, strict=True)] = Field(
        default=0.0, description="paid before a new person takes contacts"
    )
    ramp_up_weeks: Annotated[float, Field(ge=0, le=104, strict=True)] = Field(
        default=0.0, description="after training, until a new person works like the others"
    )
    ramp_up_productivity: Share = Field(
        default=1.0, description="of a new person in these weeks, on average, the others' being 1"
    )
