"""The certificate as a document: what a replay says of every promise of a plan, and under which terms."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from planner.plan import Measure
from planner.scenario.document import Document, Share

Verdict: TypeAlias = Literal["kept", "broken", "undecided", "not judged"]
Ending: TypeAlias = Literal["decided", "replications", "seconds", "Ctrl-C"]

CONFIDENCE = 0.95
"""Of every interval, and of all bounds of one side together."""

SHARE_TOLERANCE = 0.001
"""A share may miss its target by so much: 0.1 point."""

WAIT_TOLERANCE = 0.5
"""A wait may exceed its target by so many seconds."""


class Customs(Document):
    """How the contacts of a queue came, talked and waited in the replay."""

    queue: str
    handle_time: str = Field(description="law of the handle times around the plan's means")
    patience: str = Field(description="law of the patience around the queue's mean; endless: nobody leaves")
    ramped: bool = Field(description="the rate of arrival moves in straight lines within an interval")
    day_cv: float = Field(description="variation of a factor on every day's contacts, 0 for none")
    interval_cv: float = Field(description="variation of a factor on every interval's contacts, 0 for none")
    after_abandonment: float = Field(description="share of those who left that come again")
    after_answer: float = Field(description="share of those answered that come again")
    most_attempts: int = Field(description="at most so many attempts, the first included")
    first_attempts: float = Field(description="share of the forecast that comes as first attempts")


class Replay(Document):
    """How often the plan was replayed, from which numbers, in which world."""

    seed: int
    replications: int
    most_replications: int
    looks: int = Field(
        description="how many times the verdicts may have been looked at; paid for in the bounds"
    )
    seconds: float
    ended: Ending = Field(description="why no more was replayed: every promise decided, or a limit")
    attendance: Literal["random", "steady"] = Field(description="absence by chance, or people taking turns")
    off_phone_seconds: float = Field(description="mean stretch off the phone where attendance is random")
    day_cv: float = Field(
        description="variation of a factor on every day's contacts that all queues share, 0 for none"
    )
    priority: dict[str, int] = Field(
        description="queues by name, lower is served first; 5 where not named; among equals who waits longest"
    )
    reserve: dict[str, int] = Field(
        description="by queue: idle people of each pool serving it who take nobody of a queue after it"
    )
    pool_order: tuple[str, ...] = Field(description="pools asked in this order; empty: fewest queues first")
    customers: tuple[Customs, ...]


class CertifiedPromise(Document):
    """One promise of the plan beside its replay.

    A promise for every interval, or for each of several weeks, is as good as its worst one: `simulated`,
    `low` and `high` are of the one that came out worst, `lower` and `upper` bound the worst there is.
    """

    queue: str
    measure: Measure
    over: Literal["offered", "answered", "virtual"] | None
    within_seconds: float | None
    period: Literal["interval", "day", "week"]
    floor: bool
    target: float
    planned: float | None
    simulated: float | None
    low: float | None = Field(description="lower end of the 95 % interval of simulated, on its own")
    high: float | None = Field(description="upper end of it")
    lower: float | None = Field(description="lower bound, 95 % sure for all promises at once")
    upper: float | None = Field(
        description="upper bound, 95 % sure for all promises at once; null: unbounded"
    )
    tolerance: float
    verdict: Verdict
    spans: int = Field(description="in how many intervals, days or weeks it has to hold")
    start: str | None = Field(description="of the worst of them; null where there is only the whole")
    off: float | None = Field(
        description="simulated - planned, or - expected where the plan has days busier than forecast"
    )
    reason: str | None = Field(default=None, description="why it is not judged")


class WorstInterval(Document):
    """One of the intervals in which the fewest were answered."""

    start: str
    queue: str
    offered: float = Field(description="contacts, mean of the replications")
    answer_rate: Share
    low: float = Field(description="lower end of its 95 % interval, on its own")
    high: float
    contacts: float = Field(description="that the plan expects to reach people")
    needed: float = Field(description="agents that the plan says are needed")
    planned: float = Field(description="agents that the plan puts there")


class SimulatedMinutes(Document):
    """Minutes that a vendor bills over the calendar, by the plan and in the replay."""

    vendor: str
    planned: float
    simulated: float = Field(description="mean of the replications")
    low: float | None = Field(description="lower end of its 95 % interval; null after one replication")
    high: float | None


class Certificate(Document):
    """What a replay says of a plan; certificate.json holds exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.certificate/1"], Field(alias="schema")] = "planner.certificate/1"
    scenario: str
    plan_sha256: str = Field(description="of plan.json, as the planner writes it")
    verdict: Literal["kept", "broken", "undecided"] = Field(
        description="kept: every promise is; broken: at least one is; undecided: anything else"
    )
    confidence: float = CONFIDENCE
    share_tolerance: float = SHARE_TOLERANCE
    wait_tolerance_seconds: float = WAIT_TOLERANCE
    replay: Replay
    promises: tuple[CertifiedPromise, ...]
    worst_intervals: tuple[WorstInterval, ...]
    vendors: tuple[SimulatedMinutes, ...] = Field(
        default=(), description="minutes of vendors paid by the minute; no promise, no verdict"
    )

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
