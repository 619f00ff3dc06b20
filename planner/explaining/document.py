"""What one interval of a plan rests on, as a document: people, AI share, pools, idle time, formulas."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.document import Document


class Formula(Document):
    """One equation with its numbers put in."""

    number: str = Field(description="as on the pages of docs/explanation, such as (Q6)")
    name: str
    text: str = Field(description="the equation with this interval's numbers")
    value: float | None


class Need(Document):
    """What one promise that holds in every interval needs here."""

    promise: str
    agents: float = Field(description="effective agents, by (Q13)")


class Serving(Document):
    """The service of the interval with some number of agents, from the exact formulas."""

    agents: float
    lost_contacts: float
    answer_rate: float
    average_wait_seconds: float | None = Field(description="over offered contacts; null: without end")
    occupancy: float | None = Field(description="null with no agent at all")


class Holding(Document):
    """One thing that keeps the interval from having fewer agents, or from having more."""

    kind: Literal["floor", "promise", "shift", "limit"]
    field: str | None = Field(description="of the scenario, where there is one")
    says: str


class PoolReason(Document):
    """One pool or vendor that may serve the queue, and what an hour of it costs."""

    pool: str
    agents: float = Field(description="effective agents on this queue here")
    people: int = Field(description="people on shift here, breaks and shrinkage left in")
    hour_price: float | None = Field(
        description="(E8): money / effective agent hours of the plan, whatever queue they are on; null where "
        "it gives none"
    )
    next_hour_price: float | None = Field(
        description="of one more person on the cheapest pattern that works here; null where none does"
    )
    limits: tuple[Holding, ...] = Field(description="limits that it has reached here")


class ShareCost(Document):
    """What a plan costs with another AI share of the queue, all else free."""

    share: float
    chosen: bool
    cost: float | None = Field(description="of a plan made with this share; null: only bounded")
    bound: float | None = Field(
        description="no plan with this share costs less; null: no plan exists, or no time"
    )
    how: Literal["this plan", "re-solved", "bounded", "no plan", "not in time"]


class Explanation(Document):
    """Why an interval of a plan is as it is; what `planner explain --json` prints."""

    schema_: Annotated[Literal["planner.explanation/1"], Field(alias="schema")] = "planner.explanation/1"
    scenario: str
    currency: str
    queue: str
    start: str
    contacts: float = Field(description="that reach people")
    handle_time_seconds: float
    load: float = Field(description="erlang")
    needed: float = Field(description="effective agents that every interval must have: the floor")
    planned: float = Field(description="effective agents")
    needs: tuple[Need, ...]
    serving: tuple[Serving, ...] = Field(description="one agent fewer, as planned, one more")
    holds: tuple[Holding, ...]
    pools: tuple[PoolReason, ...]
    idle_agents: float = Field(description="agents who wait for a contact, on average")
    idle_cost: float | None = Field(description="(E7): what they cost in this interval")
    shares: tuple[ShareCost, ...] = Field(description="of the queue, by AI share; none where there is no AI")
    formulas: tuple[Formula, ...]
    seconds: float

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
