"""What could be bought so that contacts take less time, come less often, or people stay: yes or no."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.document import Document, Money, Positive, Share


class QueueEffect(Document):
    """What an investment changes on one queue. Of several, factors multiply and shares add up."""

    handle_time_factor: Annotated[float, Field(gt=0, le=2, strict=True)] = Field(
        default=1.0, description="handle time with it / without it, e.g. 0.93; AI's savings shrink alike"
    )
    more_resolved: Share = Field(
        default=0.0, description="added to the first-contact resolution of own people, e.g. 0.05"
    )
    more_contained: Share = Field(
        default=0.0, description="added to the containment of every automatable intent, e.g. 0.1"
    )


class PoolEffect(Document):
    """What an investment changes for the people of one pool. Of several, the fewest weeks count."""

    training_weeks: Annotated[float, Field(ge=0, le=52, strict=True)] | None = Field(
        default=None, description="with it training takes at most so long; null: as long as ever"
    )
    attrition_factor: Annotated[float, Field(ge=0, le=2, strict=True)] = Field(
        default=1.0, description="monthly attrition with it / without it, e.g. 0.9"
    )


class Investment(Document):
    """One thing to buy or not, such as a knowledge base: what it costs, and what it changes."""

    capital: Money = Field(default=0.0, description="paid before the first month")
    life_years: Positive | None = Field(
        default=None, description="over which the capital is spread; needed with capital"
    )
    discount_rate: Annotated[float, Field(ge=0, le=1, strict=True)] = Field(
        default=0.0, description="a year, e.g. 0.08: what money tied up costs"
    )
    cost_per_month: Money = Field(default=0.0, description="while it is used")
    saves_per_month: Money = Field(
        default=0.0, description="money that is spent elsewhere without it, such as on sampling recordings"
    )
    take: Literal["if_it_pays", "always", "never"] = Field(
        default="if_it_pays", description="if_it_pays: the plan decides"
    )
    queues: dict[str, QueueEffect] = Field(default={}, description="what it changes, by queue")
    pools: dict[str, PoolEffect] = Field(default={}, description="what it changes, by pool")

    @property
    def changes_something(self) -> bool:
        """Whether it has an effect on any queue or pool."""
        none = {QueueEffect(), PoolEffect()}
        return any(effect not in none for effect in (*self.queues.values(), *self.pools.values()))
