"""What happened, as the estimates need it: rows of intervals or of single contacts."""

from __future__ import annotations

from dataclasses import dataclass

from planner.arrays import Counts, Flags, Floats, require


@dataclass(frozen=True, slots=True)
class Volumes:
    """What each row counts; None where the file does not tell.

    offered : (N,) contacts
    answered, abandoned : (N,) contacts
    waited : (N,) seconds waited by all the row's contacts together
    served, handled : (N,) contacts whose handle time is known, and the seconds of them all
    """

    offered: Floats
    answered: Floats | None
    abandoned: Floats | None
    waited: Floats | None
    served: Floats | None
    handled: Floats | None

    def __post_init__(self) -> None:
        rest = (self.answered, self.abandoned, self.waited, self.served, self.handled)
        known = [column for column in rest if column is not None]
        require(all(column.shape == self.offered.shape for column in known), "columns have one length")

    def where(self, chosen: Flags) -> Volumes:
        """Some of the rows."""
        rest = (self.answered, self.abandoned, self.waited, self.served, self.handled)
        return Volumes(self.offered[chosen], *(None if column is None else column[chosen] for column in rest))


@dataclass(frozen=True, slots=True)
class Records:
    """Rows of a history, each an interval of a queue or one contact.

    queue : (N,) index into the queues
    day : (N,) ordinal of the local date
    second : (N,) local seconds since midnight
    ahead : (N,) seconds by which local time is ahead of UTC
    volumes : what each row counts
    """

    queue: Counts
    day: Counts
    second: Counts
    ahead: Counts
    volumes: Volumes

    def __post_init__(self) -> None:
        times = (self.day, self.second, self.ahead, self.volumes.offered)
        require(all(column.shape == self.queue.shape for column in times), "every row has a time and a queue")

    @property
    def size(self) -> int:
        """N, how many rows there are."""
        return int(self.queue.size)

    def where(self, chosen: Flags) -> Records:
        """Some of the rows."""
        return Records(
            self.queue[chosen],
            self.day[chosen],
            self.second[chosen],
            self.ahead[chosen],
            self.volumes.where(chosen),
        )


@dataclass(frozen=True, slots=True)
class History:
    """A history file, understood.

    file : its name
    queues : Q names, in the order of their first rows
    records : its rows in the window asked for
    per_call : whether a row is one contact
    step : seconds of an interval
    ignored_rows : rows outside the window
    absent : fields that the file has no column for
    notes : what the reader chose or wondered at, a line each
    """

    file: str
    queues: tuple[str, ...]
    records: Records
    per_call: bool
    step: int
    ignored_rows: int
    absent: frozenset[str]
    notes: tuple[str, ...]
