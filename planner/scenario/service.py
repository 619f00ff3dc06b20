"""Promises to the customers of a queue: what is measured, over which contacts, over which period."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from planner.scenario.document import Document, Positive, several_targets

Period: TypeAlias = Literal["interval", "day", "week"]
Part = Annotated[float, Field(gt=0, lt=1, strict=True)]
UpToAll = Annotated[float, Field(gt=0, le=1, strict=True)]


class AnswerRate(Document):
    """At least this share of the contacts that reach people is answered."""

    target: float = Field(gt=0, lt=1, description="share of offered contacts, e.g. 0.95", strict=True)
    period: Period = "week"


class AverageWait(Document):
    """The mean wait stays at or below this, over all offered contacts or over the answered ones."""

    target: Positive = Field(description="seconds")
    period: Period = "week"
    over: Literal["offered", "answered"] = "offered"


class ServiceLevel(Document):
    """At least this share is answered within so many seconds.

    offered: answered in time / offered; answered: answered in time / answered;
    virtual: share of contacts whose offered wait, had they stayed, is within the time.
    """

    target: float = Field(gt=0, lt=1, description="share, e.g. 0.8 in 80/20", strict=True)
    within_seconds: Positive = Field(description="e.g. 20 in 80/20")
    period: Period = "week"
    over: Literal["offered", "answered", "virtual"] = "offered"


class Occupancy(Document):
    """Agents are busy at most this share of their time on the queue."""

    target: float = Field(gt=0, le=1, strict=True)
    period: Period = "interval"


class WaitingProbability(Document):
    """At most this share of contacts finds every agent busy."""

    target: float = Field(gt=0, lt=1, strict=True)
    period: Period = "interval"


AnswerRates: TypeAlias = Annotated[
    tuple[AnswerRate, ...],
    BeforeValidator(
        several_targets, json_schema_input_type=Part | AnswerRate | list[Part | AnswerRate] | None
    ),
]
AverageWaits: TypeAlias = Annotated[
    tuple[AverageWait, ...],
    BeforeValidator(
        several_targets, json_schema_input_type=Positive | AverageWait | list[Positive | AverageWait] | None
    ),
]
ServiceLevels: TypeAlias = Annotated[
    tuple[ServiceLevel, ...],
    BeforeValidator(several_targets, json_schema_input_type=ServiceLevel | list[ServiceLevel] | None),
]
Occupancies: TypeAlias = Annotated[
    tuple[Occupancy, ...],
    BeforeValidator(
        several_targets, json_schema_input_type=UpToAll | Occupancy | list[UpToAll | Occupancy] | None
    ),
]
WaitingProbabilities: TypeAlias = Annotated[
    tuple[WaitingProbability, ...],
    BeforeValidator(
        several_targets,
        json_schema_input_type=Part | WaitingProbability | list[Part | WaitingProbability] | None,
    ),
]


class Service(Document):
    """Every promise of one queue; several may hold at once.

    A queue that names none promises the usual: 95 % answered and 30 s average wait over the week
    (the wait alone where patience is infinite). The floor goes beside any longer promise, so that
    no single interval is given up; `floor: null` takes it away.
    """

    answer_rate: AnswerRates = ()
    average_wait_seconds: AverageWaits = ()
    service_level: ServiceLevels = ()
    occupancy: Occupancies = ()
    waiting_probability: WaitingProbabilities = ()
    floor: Annotated[float, Field(gt=0, lt=1, strict=True)] | None = Field(
        default=0.8, description="least answer rate of every single interval; null for none"
    )

    def names_a_target(self) -> bool:
        """Whether the person wrote any promise beside the floor."""
        return bool(
            self.answer_rate
            or self.average_wait_seconds
            or self.service_level
            or self.occupancy
            or self.waiting_probability
        )
