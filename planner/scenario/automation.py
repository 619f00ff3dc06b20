"""What AI can take over on one queue, intent by intent, and what it costs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.scenario.document import Document, Flag, Money, Positive, Share


class Intent(Document):
    """One reason why customers make contact.

    Its handle time is proportional to its complexity; over the queue they average to the forecast's.
    """

    name: Annotated[str, Field(min_length=1)]
    share: Share = Field(description="share of the queue's contacts; the intents of a queue sum to 1")
    complexity: Positive = Field(default=1.0, description="handle time relative to the other intents")
    automatable: Flag = Field(default=True, description="false: AI never takes it")
    containment: Share = Field(default=0.0, description="share of its sessions that AI ends without a person")
    wrong_containment: Share = Field(
        default=0.0, description="share of the contained that come back to a person in the same interval"
    )
    saved_handle_time_seconds: Money = Field(
        default=0.0, description="seconds a person saves on a session that AI hands over"
    )


class Automation(Document):
    """AI on one queue: its intents and prices. A queue without this part has none."""

    intents: Annotated[tuple[Intent, ...], Field(min_length=1)]
    fixed_cost_per_month: Money = Field(default=0.0, description="charged once AI takes any contact")
    price_per_session: Money = Field(default=0.0, description="for every contact offered to AI")
    level_step: Annotated[float, Field(gt=0, le=1, strict=True)] = Field(
        default=0.05, description="AI share between two levels; every intent's edge is a level too"
    )
    fixed_share: Share | None = Field(
        default=None, description="AI share that is held in place of all levels; null: the cheapest is chosen"
    )
