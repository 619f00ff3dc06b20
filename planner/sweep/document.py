"""What a sweep found, as a document: a row for every task, whatever became of it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from planner.plan import CostItem, ServiceRow
from planner.scenario.document import Document
from planner.sweep.file import Scalar

Status: TypeAlias = Literal["plan", "infeasible", "timeout", "invalid", "failed"]


class Result(Document):
    """What became of one task."""

    key: str = Field(description="digest of the task: scenario, forecast, changes, versions")
    status: Status = Field(
        description="plan; infeasible: no plan keeps the promises; timeout: none was found in time; invalid: "
        "the changes together make no scenario; failed: its worker died or it raised an error, every time"
    )
    reason: str = Field(default="", description="why there is no plan")
    cost: float | None = Field(default=None, description="of the plan, over the calendar")
    bound: float | None = Field(default=None, description="no plan of this task can cost less")
    gap: float | None = Field(default=None, description="(cost - bound) / cost")
    kept: bool | None = Field(default=None, description="whether every promise is met")
    shifts: int | None = Field(default=None, description="people on shifts, added over the days")
    stopped: str | None = Field(default=None, description="why the solver stopped: gap, time limit")
    seconds: float | None = Field(
        default=None, description="that the plan took; the one figure that differs from run to run"
    )
    costs: dict[CostItem, float] = Field(default={}, description="the cost's items; they add up to it")
    ai_shares: dict[str, float] = Field(default={}, description="by queue: contacts offered to AI / contacts")
    service: tuple[ServiceRow, ...] = Field(default=(), description="every promise, as in a plan")


class Row(Document):
    """One task: what changed, and what became of it."""

    task: int = Field(description="its number in the sweep, from 1")
    changes: dict[str, Scalar] = Field(
        description="by path: the value or the factor; a field that is not named is as in the scenario"
    )
    result: Result


class Sweep(Document):
    """A sweep's results; `--json` prints exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.sweep/1"], Field(alias="schema")] = "planner.sweep/1"
    scenario: str
    currency: str
    tasks: int = Field(description="of the whole sweep")
    already_done: int = Field(description="tasks whose results were on file when this run began")
    unfinished: int = Field(description="tasks that Ctrl-C left undone; the same command goes on with them")
    failed: int = Field(description="tasks that failed every time; the same command tries them again")
    paths: dict[str, Literal["values", "factors"]] = Field(description="fields that are swept, and how")
    rows: tuple[Row, ...] = Field(description="in the order of the tasks")

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
