"""The plan as a document: who works what, at what cost, with which service, and how near to the best."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import Field, ValidationError

from planner.errors import InvalidInput, Mistake
from planner.scenario.document import Document

if TYPE_CHECKING:
    import pandas as pd

Measure: TypeAlias = Literal[
    "answer_rate", "average_wait", "service_level", "occupancy", "waiting_probability"
]
Status: TypeAlias = Literal["optimal", "feasible", "evaluated"]
FailureStatus: TypeAlias = Literal["invalid", "infeasible", "timeout", "error"]
Table: TypeAlias = Literal["seats", "headcount", "automation", "service", "agents", "costs"]


class Pause(Document):
    """One break of a pattern: local times with offset."""

    start: str
    end: str
    paid: bool


class Seat(Document):
    """So many people of a pool on one pattern on one day."""

    pool: str
    pattern: str
    start: str
    end: str
    breaks: tuple[Pause, ...] = ()
    people: Annotated[int, Field(ge=0)]


class Headcount(Document):
    """How many people a pool needs on its books."""

    pool: str
    people: int


class AiShare(Document):
    """What AI takes of a queue: contacts offered to it and contacts it keeps, as shares of the forecast."""

    queue: str
    share: float
    contained: float
    level: int


class ServiceRow(Document):
    """One promise, what the plan delivers, recomputed from the exact formulas, and whether it is met.

    planned is on days as busy as forecast, expected on average over how busy they may be. Where the
    scenario knows of no such thing expected is null, else met looks at it. Where it asks for a confidence,
    sure is what is reached with that probability, and met looks at that. Of a promise for every interval
    all are the worst. floor is true for the promise put beside a longer one for every interval. Over several
    weeks, planned and expected are over all of them together, sure is of the worst, and met says whether each
    one keeps the promise.
    """

    queue: str
    measure: Measure
    over: Literal["offered", "answered", "virtual"] | None
    within_seconds: float | None = None
    period: Literal["interval", "day", "week"]
    start: str | None
    target: float
    planned: float | None
    expected: float | None = None
    sure: float | None = None
    met: bool
    floor: bool = False


class PoolAgents(Document):
    """Effective agents a pool gives a queue in an interval."""

    pool: str
    agents: float


class AgentsRow(Document):
    """One interval of one queue: what reaches people, what is needed, what is planned."""

    start: str
    queue: str
    contacts: float
    handle_time_seconds: float
    patience_seconds: float | None
    load: float
    needed: float
    planned: float
    pools: tuple[PoolAgents, ...]


class CostLine(Document):
    """One item of the plan's cost; the lines add up to it."""

    item: Literal["wages", "benefits", "desks", "ai_fixed", "ai_sessions", "lost_contacts"]
    pool: str | None
    queue: str | None
    amount: float


class Versions(Document):
    """What made the plan."""

    planner: str
    python: str
    pulp: str
    highs: str
    scip: str


class ForecastTable(Document):
    """The forecast as planned, a column per field, one row per open interval and queue."""

    start: tuple[str, ...]
    queue: tuple[str, ...]
    contacts: tuple[float, ...] | None
    handle_time_seconds: tuple[float, ...] | None
    agents: tuple[float, ...] | None


class Inputs(Document):
    """Everything the plan was made from, so that later commands need nothing else."""

    scenario_sha256: str
    forecast_sha256: str
    ignored_rows: int
    scenario: dict[str, Any]
    forecast: ForecastTable


class Plan(Document):
    """A finished plan; plan.json holds exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.plan/1"], Field(alias="schema")] = "planner.plan/1"
    scenario: str
    currency: str
    versions: Versions
    inputs: Inputs
    status: Status
    cost: float
    bound: float | None = Field(
        description="no plan can cost less; null for a roster that was only evaluated; with a confidence "
        "over weeks, no plan that keeps to the limits in the notes"
    )
    gap: float | None
    seconds: float
    solver: str
    stopped: str = Field(description="why the solver stopped: gap, time limit, Ctrl-C")
    seats: tuple[Seat, ...]
    headcount: tuple[Headcount, ...]
    automation: tuple[AiShare, ...]
    service: tuple[ServiceRow, ...]
    agents: tuple[AgentsRow, ...]
    costs: tuple[CostLine, ...]
    notes: tuple[str, ...] = Field(default=(), description="what the reader should know, a line each")

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)

    def frame(self, table: Table) -> pd.DataFrame:
        """One table of the plan as a data frame, a row per entry."""
        import pandas as pd

        entries = self.model_dump(include={str(table)})[table]
        return pd.DataFrame(list(entries))


class Failure(Document):
    """What `--json` prints when there is no plan."""

    status: FailureStatus
    errors: tuple[dict[str, str], ...]


def read_plan(path: str | Path) -> Plan:
    """The plan on file: plan.json itself or the folder it lies in.

    Raises
    ------
    InvalidInput
        If there is no such file, or it is no plan of ours.
    """
    file = Path(path)
    file = file / "plan.json" if file.is_dir() else file
    try:
        return Plan.model_validate_json(file.read_bytes())
    except OSError as failure:
        raise InvalidInput([Mistake(str(file), "", f"cannot be read: {failure.strerror}")]) from failure
    except ValidationError as failure:
        first = failure.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidInput([Mistake(str(file), place, f"is not a plan of ours: {first['msg']}")]) from failure
