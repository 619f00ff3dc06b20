"""Vendors paid by the minute: agents by the interval, who take what own people cannot."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from planner.scenario.contracts import MinuteContract
from planner.scenario.document import Document, Flag, several


class Vendor(Document):
    """A vendor paid by the minute of talk. It needs no shifts: its agents are asked for interval by interval.

    Own people take a contact first; the vendor takes those that find none of them idle. Several vendors of
    a queue take them in the order in which they are written.
    """

    queues: Annotated[
        tuple[str, ...],
        Field(min_length=1),
        BeforeValidator(several, json_schema_input_type=str | list[str]),
    ] = Field(description="queues whose overflow it takes")
    contract: MinuteContract = Field(
        description="what it costs; most_calls_at_once is the most agents it has at work at once"
    )
    talk_share: Annotated[float, Field(gt=0, le=1, strict=True)] = Field(
        default=1.0, description="talk / handle time; work after the call is not billed"
    )
    signed: Flag = Field(
        default=False,
        description="true: the contract holds whatever it is used for, with its minimum spend; "
        "false: the plan decides whether to sign it",
    )
