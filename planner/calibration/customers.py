"""The figures of one queue's customers, or why the history does not tell them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from planner.calibration.calibration import Figure, PatienceLaw, UsedDays, figure
from planner.calibration.days import Days, days_of
from planner.calibration.handling import LEAST_CONTACTS, handle_time_cv, mean_handle_time
from planner.calibration.level import Level
from planner.calibration.patience import mean_patience
from planner.calibration.patience_law import patience_law
from planner.calibration.records import History, Records
from planner.calibration.scatter import LEAST_FREEDOM, Scatter, scatter_of

_PER_CALL = "it takes per-call records"
_LEAST_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Laid:
    """One queue of a history, laid out.

    rows : its rows
    absent : fields that the file has no column for
    days : the same rows by day
    scatter : how their contacts scatter around the level
    """

    name: str
    per_call: bool
    absent: frozenset[str]
    rows: Records
    days: Days
    scatter: Scatter
    level: Level

    def no_column(self, *fields: str) -> str:
        """Which of these fields the file has no column for, in words."""
        return (
            f"the file has no column {' and no column '.join(name for name in fields if name in self.absent)}"
        )


def laid(history: History, index: int, level: Level) -> Laid:
    """The rows of one queue, laid out by day."""
    rows = history.records.where(history.records.queue == index)
    days = days_of(rows, history.per_call, history.step)
    scatter = scatter_of(days.whole, level)
    return Laid(history.queues[index], history.per_call, history.absent, rows, days, scatter, level)


def used_days(queue: Laid) -> UsedDays:
    """Which days the scatter rests on."""
    first, last = (date.fromordinal(int(end)) for end in (queue.rows.day.min(), queue.rows.day.max()))
    days = queue.days
    return UsedDays(
        first=first,
        last=last,
        used=days.whole.day.size,
        partial=days.partial,
        missing=days.missing,
        idle=days.idle,
        odd_rows=days.odd_rows,
    )


def handle_time(queue: Laid) -> Figure | str:
    """Mean seconds of a contact, or why it is not known."""
    rows, volumes = queue.rows, queue.rows.volumes
    if volumes.handled is None or volumes.served is None:
        fields = ("handle_time_seconds",) if "handle_time_seconds" in queue.absent else ("answered",)
        return queue.no_column(*fields)
    found = mean_handle_time(volumes.handled, volumes.served, rows.day)
    return "no contact has a handle time" if found is None or found.value < _LEAST_SECONDS else figure(found)


def handle_time_variation(queue: Laid) -> Figure | str:
    """Coefficient of variation of handle times, or why it is not known."""
    rows, volumes = queue.rows, queue.rows.volumes
    if not queue.per_call:
        return _PER_CALL
    if volumes.handled is None or volumes.served is None:
        return queue.no_column("handle_time_seconds")
    served = volumes.served > 0
    found = handle_time_cv(volumes.handled[served], rows.day[served])
    fewest = f"it takes {LEAST_CONTACTS} handle times that are not all the same"
    return fewest if found is None else figure(found)


def patience(queue: Laid) -> Figure | str:
    """Mean patience in seconds, or why it is not known."""
    volumes = queue.rows.volumes
    if volumes.abandoned is None or volumes.waited is None:
        return _no_patience(queue)
    left = float(volumes.abandoned.sum())
    if left < 0:
        return "more contacts were answered than offered"
    found = mean_patience(float(volumes.waited.sum()), left)
    if math.isinf(found.value):
        return f"nobody left; 97.5 % sure to be above {found.low:,.0f} s"
    return "those who left had not waited at all" if found.value < _LEAST_SECONDS else figure(found)


def law_of_patience(queue: Laid) -> PatienceLaw | str:
    """The lognormal law of patience, or why none is given."""
    volumes = queue.rows.volumes
    if not queue.per_call:
        return _PER_CALL
    if volumes.abandoned is None or volumes.waited is None:
        return _no_patience(queue)
    found = patience_law(volumes.waited, volumes.abandoned > 0)
    return found if isinstance(found, str) else PatienceLaw(mean_seconds=found.mean, cv=figure(found.cv))


def day_scatter(queue: Laid) -> Figure | str:
    """Variation of a day's busyness in all, or why it is not known."""
    scatter = queue.scatter
    if scatter.day_cv is not None:
        return figure(scatter.day_cv)
    days = scatter.day.size
    wanted = max(days - scatter.freedom, 1) + LEAST_FREEDOM
    return f"it takes {wanted} whole days with contacts on these weekdays, there are {days}"


def interval_scatter(queue: Laid) -> Figure | str:
    """Variation of an interval's further factor, or why it is not known."""
    if queue.scatter.interval_cv is not None:
        return figure(queue.scatter.interval_cv)
    alone = queue.days.whole.contacts.shape[1] < 2
    return "there is one interval a day" if alone else "no weekday comes often enough"


def _no_patience(queue: Laid) -> str:
    if queue.per_call:
        return queue.no_column("outcome", "wait_seconds")
    if queue.rows.volumes.abandoned is None:
        return queue.no_column("abandoned", "answered")
    known = {"average_wait_answered_seconds", "average_wait_abandoned_seconds"} - queue.absent
    if len(known) == 1:
        lacking = "average_wait_seconds"
        return f"{known.pop()} alone is the wait of a part; the file has no column {lacking}"
    return queue.no_column("average_wait_seconds")
