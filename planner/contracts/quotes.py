"""A file of vendors' quotes: one contract a vendor, in one currency."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.scenario.contracts import OutsourcingContract
from planner.scenario.document import Document
from planner.scenario.scenario import Currency, Name


class Quotes(Document):
    """Contracts to choose from, and how long a contact of ours talks."""

    name: Name
    currency: Currency
    talk_seconds_per_contact: Annotated[float, Field(ge=1, le=86_400, strict=True)] = Field(
        description="mean seconds of talk of a contact, without wrap-up; a forecast brings its own"
    )
    talk_share_of_handle_time: Annotated[float, Field(ge=0.01, le=1, strict=True)] | None = Field(
        default=None, description="talk / handle time; needed to compare over a forecast"
    )
    vendors: Annotated[dict[Name, OutsourcingContract], Field(min_length=1)] = Field(
        description="the vendor's name and its contract"
    )
