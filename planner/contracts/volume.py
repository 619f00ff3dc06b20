"""What a forecast asks of a vendor in a month: contacts, minutes of talk, and the busiest interval."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from planner.arrays import Floats, require
from planner.scenario.document import Document


@dataclass(frozen=True, slots=True)
class Horizon:
    """Contacts over some days.

    source : where they come from, in words
    queues : Q names
    months : length of the horizon
    interval : seconds
    contacts : (T, Q) contacts in the interval
    handle_time : (T, Q) seconds
    """

    source: str
    queues: tuple[str, ...]
    months: float
    interval: float
    contacts: Floats
    handle_time: Floats

    def __post_init__(self) -> None:
        require(self.months > 0 and self.interval > 0, "a horizon has a length")
        require(self.contacts.shape == self.handle_time.shape, "every contact has its handle time")
        require(self.contacts.shape[1:] == (len(self.queues),), "contacts has a column per queue")


class MonthlyTalk(Document):
    """A forecast's horizon scaled to a month of 365 / 12 days."""

    source: str = Field(description="where the contacts come from")
    queues: tuple[str, ...]
    months: float = Field(description="length of the horizon that was scaled")
    contacts: float = Field(description="a month")
    talk_minutes: float = Field(description="a month")
    talk_seconds_per_contact: float
    busiest: float = Field(
        description="calls talked to at once in the busiest interval: its contacts x talk / its length"
    )


def monthly_talk(horizon: Horizon, talk_share: float) -> MonthlyTalk:
    """The horizon's contacts and minutes of talk, a month.

    Parameters
    ----------
    talk_share : talk / handle time

    Raises
    ------
    ValueError
        If there are no contacts.

    Notes
    -----
    Equation (K13) of docs/explanation/contracts.md.
    """
    seconds = horizon.contacts * horizon.handle_time * talk_share
    contacts = float(horizon.contacts.sum())
    require(contacts > 0, "a horizon without contacts has no talk")
    return MonthlyTalk(
        source=horizon.source,
        queues=horizon.queues,
        months=horizon.months,
        contacts=contacts / horizon.months,
        talk_minutes=float(seconds.sum()) / 60.0 / horizon.months,
        talk_seconds_per_contact=float(seconds.sum()) / contacts,
        busiest=float(seconds.sum(axis=1).max()) / horizon.interval,
    )
