"""How the contacts of a queue scatter around what is forecast."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.scenario.document import Document

Variation = Annotated[float, Field(ge=0, le=3, strict=True)]
SomeVariation = Annotated[float, Field(gt=0, le=5, strict=True)]


class Customers(Document):
    """How contacts scatter around the forecast, as coefficients of variation: deviation / mean.

    `planner calibrate` estimates these figures from a history file.
    """

    day_cv: Variation = Field(
        default=0.0, description="of a day's busyness: the factor by which its contacts differ from forecast"
    )
    interval_cv: Variation = Field(
        default=0.0, description="of a further factor on every interval, for the replay alone"
    )
    handle_time_cv: SomeVariation | None = Field(
        default=None, description="of handle times, then lognormal; null: exponential"
    )
    patience_cv: SomeVariation | None = Field(
        default=None, description="of patience, then lognormal, in the replay; null: exponential"
    )


class Uncertainty(Document):
    """What the plan has to allow for beside its forecast."""

    day_cv: Variation = Field(
        default=0.0,
        description="of a busyness factor a day that all queues share, beside those of single queues",
    )
    confidence: Annotated[float, Field(ge=0.5, lt=1, strict=True)] | None = Field(
        default=None,
        description="promises hold with this probability over busyness; null: on average over it",
    )
