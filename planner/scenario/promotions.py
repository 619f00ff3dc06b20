"""Days on which more customers come than on others: promotions, by date."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from planner.scenario.clock import Day, Time
from planner.scenario.document import Document, Positive, several


class Promotion(Document):
    """Contacts of some dates times a factor: all day, or between two times of day."""

    dates: Annotated[
        tuple[Day, ...],
        Field(min_length=1),
        BeforeValidator(several, json_schema_input_type=Day | list[Day]),
    ] = Field(description="those outside the calendar change nothing")
    factor: Positive = Field(description="contacts x this; where several hold, x each of them")
    from_: Time = Field(default="00:00", alias="from")
    to: Time = Field(default="24:00", description="at or before `from`: on the next day")
    queues: Annotated[
        tuple[str, ...], BeforeValidator(several, json_schema_input_type=str | list[str] | None)
    ] = Field(default=(), description="left out: all of them")
