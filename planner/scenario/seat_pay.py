"""Pay by the seat: an outsourced pool whose people come with a contract, and not with wages."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planner.scenario.contracts import SeatContract, Seats
from planner.scenario.document import Flag


class SeatPay(SeatContract):
    """The vendor is paid per seat and month. The plan orders seats, as many in every month of the calendar.

    Its fields are those of a contract by the seat in a quotes file, and what a plan must know beside them.
    """

    seats_are: Literal["people", "places"] = Field(
        default="people",
        description="people: a seat is one person's post, with at most the hours and days of `contract`; "
        "places: a seat is a place that shifts take turns on, so the most people at work at once",
    )
    signed: Flag = Field(
        default=False,
        description="true: the contract holds whatever it is used for, with its minimum; "
        "false: the plan decides whether to sign it",
    )
    seats_now: Seats | None = Field(
        default=None, description="seats there already; most_seats_changed_per_month counts from them"
    )

    @property
    def fewest_ordered(self) -> int:
        """Seats that a plan must order at least, where only so many may be given up."""
        if self.seats_now is None or self.most_seats_changed_per_month is None:
            return 0
        return max(0, self.seats_now - self.most_seats_changed_per_month)

    @property
    def most_ordered(self) -> int | None:
        """Seats that a plan may order at most; None where nothing limits them."""
        limits = [] if self.maximum_seats is None else [self.maximum_seats]
        if self.seats_now is not None and self.most_seats_changed_per_month is not None:
            limits.append(self.seats_now + self.most_seats_changed_per_month)
        return min(limits, default=None)
