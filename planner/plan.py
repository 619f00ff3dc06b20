"""The plan as a document: who works what, at what cost, with which service, and how near to the best."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import Field, ValidationError

from planner.contracts.invoice import Invoice
from planner.errors import InvalidInput, Mistake
from planner.scenario.document import Document
from planner.scenario.text import commands_terminal

if TYPE_CHECKING:
    import pandas as pd

Measure: TypeAlias = Literal[
    "answer_rate", "average_wait", "service_level", "occupancy", "waiting_probability"
]
AT_MOST: frozenset[Measure] = frozenset({"average_wait", "occupancy", "waiting_probability"})
"""Measures that are promised not to exceed their target; the others not to fall below it."""
Status: TypeAlias = Literal["optimal", "feasible", "evaluated", "best_effort"]
FailureStatus: TypeAlias = Literal["invalid", "infeasible", "timeout", "error"]
CostItem: TypeAlias = Literal[
    "wages", "benefits", "premiums", "recruiting", "training", "ramp_up", "desks", "rent", "licences",
    "vendor_fees", "technology_fixed", "technology_seats", "investments", "ai_fixed", "ai_sessions",
    "lost_contacts", "waiting",
]  # fmt: skip
LABOUR: tuple[CostItem, ...] = ("wages", "benefits", "premiums", "recruiting", "training", "ramp_up")
"""What people cost, desks and licences apart."""
Table: TypeAlias = Literal[
    "seats",
    "headcount",
    "automation",
    "technology",
    "investments",
    "service",
    "agents",
    "vendors",
    "contracts",
    "attempts",
    "costs",
]


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
    """Effective agents a pool, or a vendor paid by the minute, gives a queue in an interval."""

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


class VendorRow(Document):
    """What one vendor is asked for in one interval; intervals without it are left out."""

    start: str
    vendor: str
    queue: str
    agents: float = Field(description="agents who take what own people cannot")
    busy: float = Field(description="agents of them who are busy on average")
    minutes: float = Field(description="minutes billed")


class ContractRow(Document):
    """What the plan makes of a contract, and the invoice of a month of 365 / 12 days like the plan's."""

    vendor: str = Field(description="or the pool that is paid by the seat")
    on: bool = Field(description="whether the plan uses the contract, or it is signed anyway")
    months: float = Field(description="length of the calendar")
    volume: float = Field(description="minutes billed over the calendar, or seats ordered in every month")
    month: Invoice | None = Field(
        description="a month's invoice, what binds included; null: the contract is off"
    )
    due_at_once: float = Field(description="setup fee that is not spread over months")
    fee: float = Field(description="money over the calendar: months x the month's fee + what is due at once")
    expected_cut: float = Field(
        description="money over the calendar that missed results are expected to take off; not in any cost"
    )


class CostLine(Document):
    """One item of the plan's cost; the lines add up to it."""

    item: CostItem
    pool: str | None = Field(description="pool or vendor")
    queue: str | None
    amount: float


class TechnologyRow(Document):
    """One platform that could be chosen, priced at the people of this plan."""

    option: str
    chosen: bool
    possible: bool = Field(description="whether it lets everybody work who is on a shift of this plan")
    seats: int = Field(description="most people at work at once, of all pools that bring no platform")
    monthly_cost: float = Field(
        description="at these seats: capital over its life, upkeep, subscription, seats"
    )
    cost: float = Field(description="the same over the calendar")


class InvestmentRow(Document):
    """One investment of the scenario, and whether the plan takes it."""

    investment: str
    taken: bool
    decided: bool = Field(description="whether the plan decided; false: the scenario said always or never")
    monthly_cost: float = Field(
        description="capital over its life and what it costs, less what it saves elsewhere"
    )
    cost: float = Field(description="the same over the calendar; of the plan's cost if taken")
    otherwise: float | None = Field(
        description="money that no plan with the other answer can undercut; null where nothing was decided, "
        "or where no such plan exists"
    )


class AttemptsRow(Document):
    """What becomes of the contacts of one queue with repeats, over the calendar.

    The plan is made for `planned` contacts; it attracts first + returning of them, which are no more.
    """

    queue: str
    forecast: float = Field(description="contacts as forecast, which count those that came again")
    first: float = Field(description="first attempts")
    returning: float = Field(description="contacts that come again under this plan")
    planned: float = Field(description="contacts that the plan is made for, before AI")
    reaching_people: float
    lost_contacts: float
    lost_customers: float = Field(description="lost contacts that do not redial")
    first_contact_resolution: float = Field(description="of the contacts that people answer")
    resolved: float = Field(description="contacts that AI keeps, and answered ones that are solved")


class RoundPromise(Document):
    """One promise in one round of a repair: what the program was asked for, and what came of it.

    Where the promise has to hold in several intervals, days or weeks, the figures are of the one in which
    the replay came nearest to missing it, or missed it most.
    """

    queue: str
    measure: Measure
    over: Literal["offered", "answered", "virtual"] | None
    within_seconds: float | None
    period: Literal["interval", "day", "week"]
    start: str | None = Field(description="of that interval or day")
    floor: bool
    target: float = Field(description="as promised")
    asked: float = Field(description="what the program was asked for there, in place of the target")
    predicted: float | None = Field(description="by the formulas")
    simulated: float = Field(description="by the replay of this round, on days of its own")
    short: int = Field(description="in how many spans the replay did not show the promise kept for sure")


class Round(Document):
    """One round of a repair: a plan, and what its replay showed."""

    cost: float
    bound: float = Field(description="no plan that keeps what was asked in this round can cost less")
    seconds: float = Field(description="from the start of the run to this plan")
    replications: int
    held: bool = Field(description="whether every promise looked good enough to be certified")
    promises: tuple[RoundPromise, ...]


class Repair(Document):
    """How the plan was changed until a replay kept its promises."""

    rounds: tuple[Round, ...]
    chosen: int = Field(description="which round's plan this is, the first being 1")
    credit: bool = Field(description="whether promises that were over-served could be asked for less")
    uncalibrated_cost: float = Field(description="of the first round, which asked for what is promised")
    uncalibrated_bound: float = Field(
        description="no plan that keeps the promises by the formulas can cost less"
    )
    difference: float = Field(
        description="(cost - uncalibrated bound) / cost; below 0 where people who help out made it cheaper"
    )
    ended: Literal["held", "rounds", "time limit", "Ctrl-C", "no plan"] = Field(
        description="why there was no further round"
    )


class ShortRow(Document):
    """Where a plan of `planner plan --best-effort` falls short."""

    queue: str
    start: str | None = Field(description="of the interval or day; null for a promise over all weeks")
    agents_short: float | None = Field(
        description="below the floor; null where a promise over a period is missed"
    )
    promise: str | None = Field(description="the promise that is missed, with what is reached and promised")


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
    vendors: tuple[VendorRow, ...] = ()
    contracts: tuple[ContractRow, ...] = ()
    costs: tuple[CostLine, ...]
    attempts: tuple[AttemptsRow, ...] = Field(default=(), description="queues with repeats")
    technology: tuple[TechnologyRow, ...] = Field(
        default=(), description="every platform of the scenario; none where it says nothing of them"
    )
    investments: tuple[InvestmentRow, ...] = Field(
        default=(),
        description="every investment of the scenario; inputs.scenario has what those taken change",
    )
    shortfall: tuple[ShortRow, ...] = Field(
        default=(), description="of status `best_effort`: everything that is missed; else none"
    )
    repair: Repair | None = Field(default=None, description="the rounds of `planner plan --certify`")
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
    """The plan on file: plan.json itself or the folder it lies in; a certificate printed with it is left out.

    Raises
    ------
    InvalidInput
        If there is no such file, or it is no plan of ours.
    """
    file = Path(path)
    file = file / "plan.json" if file.is_dir() else file
    try:
        read = json.loads(file.read_bytes())
        if commands_terminal(read):
            raise InvalidInput([Mistake(str(file), "", "is not a plan of ours: it holds control characters")])
        return Plan.model_validate(_without_certificate(read))
    except RecursionError as failure:
        raise InvalidInput([Mistake(str(file), "", "is not a plan of ours: nested too deeply")]) from failure
    except OSError as failure:
        raise InvalidInput([Mistake(str(file), "", f"cannot be read: {failure.strerror}")]) from failure
    except ValueError as failure:
        if not isinstance(failure, ValidationError):
            raise InvalidInput([Mistake(str(file), "", f"is not a plan of ours: {failure}")]) from failure
        first = failure.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidInput([Mistake(str(file), place, f"is not a plan of ours: {first['msg']}")]) from failure


def _without_certificate(read: object) -> object:
    """What `planner plan --certify --json` prints is the plan, and its certificate beside its own keys."""
    if not isinstance(read, dict):
        return read
    return {name: value for name, value in read.items() if name != "certificate"}
