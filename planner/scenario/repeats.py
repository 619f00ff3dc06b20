"""Contacts that come again: because the matter was not solved, or because nobody answered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.scenario.document import Document, Share

MOST_RETURNING = 0.95
"""Largest share of contacts that may come again; more of them would never end."""


class Baseline(Document):
    """How the contacts of the forecast were served when they were counted."""

    ai_share: Share = Field(default=0.0, description="contacts offered to AI / contacts")
    answer_rate: Share = Field(default=1.0, description="of the contacts that reached people")
    first_contact_resolution: Share | None = Field(
        default=None, description="null: as the queue's; given where people solved more or less than now"
    )
    contained: Share | None = Field(
        default=None,
        description="contacts that AI kept for good / contacts; null: by ai_share and the containment of the "
        "queue's intents, given where that is another now",
    )


class Repeats(Document):
    """How many contacts come again. The forecast contains them, as they were at the baseline."""

    first_contact_resolution: Share = Field(
        description="share of answered contacts that people solve; pools and vendors may have their own"
    )
    calls_back: Share = Field(description="share of unsolved contacts that come again, e.g. 0.625")
    redials: Annotated[float, Field(ge=0, le=MOST_RETURNING, strict=True)] = Field(
        default=0.0, description="share of lost contacts that come again; only the others are lost customers"
    )
    baseline: Baseline = Baseline()
