"""A calibration as a document: what a history says of each queue's customers, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from planner.calibration.estimate import CONFIDENCE, Estimate
from planner.calibration.level import Level
from planner.scenario.document import Document


class Figure(Document):
    """An estimate with its interval."""

    value: float
    low: float = Field(description="lower end of its 95 % interval")
    high: float | None = Field(description="upper end of it; null: there is none")


class PatienceLaw(Document):
    """The lognormal law of patience, where it fits plainly better than the exponential one."""

    mean_seconds: float = Field(description="its mean, to be used instead of patience_seconds")
    cv: Figure


class UsedDays(Document):
    """Which days of a queue the scatter rests on."""

    first: date
    last: date
    used: int = Field(description="days of which every usual interval is known")
    partial: tuple[date, ...] = Field(
        description="days that lack a part of their intervals, or on which clocks change; left out of scatter"
    )
    missing: tuple[date, ...] = Field(
        description="days without rows between first and last, of weekdays that usually have some"
    )
    idle: tuple[date, ...] = Field(
        description="used days without a contact, where the weekday usually has 20 and more"
    )
    odd_rows: int = Field(description="rows at times when the weekday usually has none; left out of scatter")


class CalibratedQueue(Document):
    """What the history says of one queue; null where it does not tell, with the reason in not_estimated."""

    queue: str
    contacts: int
    left: int | None = Field(description="contacts that left")
    days: UsedDays
    handle_time_seconds: Figure | None
    handle_time_cv: Figure | None
    patience_seconds: Figure | None
    patience_law: PatienceLaw | None
    whole_day_cv: Figure | None = Field(description="of a day's busyness in all, shared and own")
    day_cv: float | None = Field(description="of the queue's own busyness, beside what queues share")
    interval_cv: Figure | None
    not_estimated: dict[str, str] = Field(description="why, by field")
    notes: tuple[str, ...] = Field(description="what to know before using the figures, a line each")


class Calibration(Document):
    """What a history says of customers; `--json` prints exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.calibration/1"], Field(alias="schema")] = "planner.calibration/1"
    file: str
    records: Literal["intervals", "calls"] = Field(description="what a row of the file is")
    interval_minutes: float
    rows: int = Field(description="rows in the window asked for")
    ignored_rows: int = Field(description="rows outside of it")
    level: Level = Field(description="how the level moves that busyness is measured against")
    confidence: float = CONFIDENCE
    shared_day_cv: Figure | None = Field(description="of a busyness factor that all queues share")
    queues: tuple[CalibratedQueue, ...]
    not_estimated: dict[str, str]
    notes: tuple[str, ...]

    def reasons(self) -> Iterator[tuple[str, str]]:
        """Fields that are not estimated and why; once where the reason is the same for all queues."""
        yield from self.not_estimated.items()
        for name in dict.fromkeys(name for queue in self.queues for name in queue.not_estimated):
            found = {queue.queue: queue.not_estimated.get(name) for queue in self.queues}
            if len(set(found.values())) == 1:
                yield name, str(next(iter(found.values())))
                continue
            yield from ((name, f"{queue}: {reason}") for queue, reason in found.items() if reason is not None)

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)


def figure(estimate: Estimate) -> Figure:
    """An estimate as it is written."""
    high = None if math.isinf(estimate.high) else estimate.high
    return Figure(value=estimate.value, low=estimate.low, high=high)
