"""The forecast as the core sees it: contacts and handle time on the calendar's grid."""

from __future__ import annotations

from dataclasses import dataclass

from planner.arrays import Flags, Floats, require


@dataclass(frozen=True, slots=True)
class Forecast:
    """What customers will bring.

    queues : Q names, in the scenario's order
    contacts : (T, Q) contacts in the interval; 0 where closed
    handle_time : (T, Q) seconds; 0 where there are no contacts
    agents : (T, Q) agents required directly, or None; then contacts and handle_time are 0
    open : (T, Q) whether the queue is open in the interval
    ignored_rows : rows of the file outside the window asked for
    notes : what the reader of the file chose, a line each
    """

    queues: tuple[str, ...]
    contacts: Floats
    handle_time: Floats
    agents: Floats | None
    open: Flags
    ignored_rows: int = 0
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shape = self.contacts.shape
        require(len(shape) == 2 and shape[1] == len(self.queues), "contacts has a column per queue")
        require(self.handle_time.shape == shape == self.open.shape, "all arrays have one shape")
        require(self.agents is None or self.agents.shape == shape, "agents has the shape of contacts")
        require(bool((self.contacts >= 0).all()), "contacts are not negative")
        require(bool((self.handle_time[self.contacts > 0] > 0).all()), "contacts have a positive handle time")
