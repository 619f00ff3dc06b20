"""A file of business lines: which parts of which queues each has, and what its contacts are worth."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.scenario.document import Document
from planner.scenario.scenario import Name

Part = Annotated[float, Field(gt=0, le=1, strict=True)]
Worth = Annotated[float, Field(ge=0, strict=True)]


class BusinessLine(Document):
    """One business line."""

    queues: Annotated[dict[Name, Part], Field(min_length=1)] = Field(
        description="queue and the share of it that this line has; a queue's shares add up to 1"
    )
    value_per_contact: Worth | None = Field(
        default=None, description="money that a served contact is worth, in the plan's currency"
    )


class Lines(Document):
    """Every business line that a plan's cost is shared out to."""

    lines: Annotated[dict[Name, BusinessLine], Field(min_length=1)] = Field(
        description="the line's name and what it holds"
    )
