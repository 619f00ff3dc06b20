"""What crosses the socket beside the library's own documents: requests, states, pages, health."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.settings import Limits
from api.store.record import State
from planner.diagnosis import Infeasible
from planner.plan import Failure, Plan
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario

Rows = Annotated[
    list[dict[str, Any]] | dict[str, list[Any]],
    Field(description="rows {start, queue, contacts, handle_time_seconds}, or a list per column"),
]
Certify = Annotated[
    bool, Field(description="replay the plan contact by contact, repair it where it misses a promise")
]


class PlanRequest(BaseModel):
    """A request as far as its shape goes; the library reads the scenario and names its mistakes."""

    model_config = ConfigDict(extra="forbid")

    scenario: dict[str, Any]
    forecast: Rows
    certify: Annotated[bool, Field(strict=True)] = False


class PlanAsked(BaseModel):
    """What a plan is made from."""

    model_config = ConfigDict(extra="forbid")

    scenario: Scenario = Field(description="as in a scenario file, without `forecast.file`")
    forecast: Rows
    certify: Certify = False


class PlanUploaded(BaseModel):
    """What a plan is made from, as files."""

    model_config = ConfigDict(extra="forbid")

    scenario: str = Field(
        description="a scenario file, YAML or JSON; what it says of `forecast.file` is not read"
    )
    forecast: str = Field(
        description="a forecast file: CSV, Excel or Parquet",
        json_schema_extra={"contentMediaType": "application/octet-stream"},
    )
    certify: Certify = False


class SolveProgress(Document):
    """How far a solve is."""

    seconds: float = Field(description="since this attempt began")
    doing: str
    cost: float | None = Field(description="of the best plan so far")
    bound: float | None = Field(description="no plan can cost less")
    gap: float | None = Field(description="(cost - bound) / cost")


class PlanState(Document):
    """Where a plan is between its acceptance and its end; times in UTC."""

    id: str
    name: str = Field(description="of the scenario")
    state: State = Field(
        description="queued, running, or how it ended: finished; infeasible or timeout: no plan, for the "
        "reasons in failure; failed: our fault; cancelled"
    )
    certify: bool
    created_at: str
    started_at: str | None = Field(description="of the last attempt")
    ended_at: str | None
    attempts: int = Field(description="how often its solve began: again after a server was killed")
    ahead: int | None = Field(description="plans queued before it; null once it has begun")
    progress: SolveProgress | None


class PlanAnswer(PlanState):
    """The state, and what came of it."""

    plan: Plan | None = Field(description="once it is finished")
    failure: Infeasible | Failure | None = Field(
        description="why there is none; of an infeasible plan the rules that clash and the cheapest repairs"
    )


class PlanPage(Document):
    """Some plans of a caller, newest first."""

    plans: tuple[PlanState, ...]
    next: str | None = Field(description="where the older ones are; null: there are none")


class Health(Document):
    """That the server is up, and what it allows."""

    status: Literal["ok"]
    version: str
    solving: int = Field(description="plans that this server solves now")
    keep_days: float | None = Field(description="after its end a plan is kept so long; null: for ever")
    limits: Limits
