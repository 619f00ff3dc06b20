"""Outsourced seats, as the program sees them: how many may be ordered, and what they cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from planner.contracts.curve import FeeCurve, Piece, curve_of
from planner.contracts.horizon import due_at_once
from planner.contracts.seats import band, seat_fee
from planner.contracts.talk import monthly_setup
from planner.scenario.pools import Pool
from planner.scenario.seat_pay import SeatPay


@dataclass(frozen=True, slots=True)
class SeatOffer:
    """What a pool paid by the seat costs.

    months : length of the calendar
    """

    rules: SeatPay
    months: float

    @property
    def counts_people(self) -> bool:
        """Whether a seat is a person on the books; else it is a place at work."""
        return self.rules.seats_are == "people"

    @property
    def price(self) -> float:
        """Money over the calendar for one seat at the ordinary price."""
        return self.rules.price * self.months

    def fee(self, seats: int) -> float:
        """Money over the calendar for so many seats, by (K5) and (K14); nothing for none unless signed."""
        return self._on(seats) if seats > 0 or self.rules.signed else 0.0

    def ordered(self, needed: int) -> int:
        """The number of seats that costs least among those that suffice and may be ordered.

        More than are needed cost less where missing seats are charged dearer than seats.
        """
        least = max(needed, self.rules.fewest_ordered)
        most = self.rules.most_ordered
        more = (edge for edge in self._edges() if edge > least and (most is None or edge <= most))
        return min([least, *more], key=self.fee)

    def most_useful(self, needed: int) -> int:
        """Seats beyond which nothing gets better, if so many are ever needed."""
        useful = max([needed, self.rules.fewest_ordered, 1, *self._edges()])
        most = self.rules.most_ordered
        return useful if most is None else max(1, min(useful, most))

    def curve(self, most: int) -> FeeCurve:
        """The fee from 0 to so many seats: straight between whole numbers of seats, at which it is exact.

        Unless the contract is signed, no seats at all cost nothing.
        """
        points = [0, *(edge for edge in self._edges() if 0 < edge < most), most]
        pieces = [
            Piece(first, last, self._on(first), (self._on(last) - self._on(first)) / (last - first))
            for first, last in pairwise(points)
        ]
        return curve_of(pieces, at_zero=self.fee(0))

    def _on(self, seats: int) -> float:
        """The fee of a contract that is on."""
        month = seat_fee(self.rules, seats) + monthly_setup(self.rules)
        return self.months * month + due_at_once(self.rules)

    def _edges(self) -> list[int]:
        """Whole numbers of seats next to which the fee changes its slope, rising."""
        edges = band(self.rules)
        bends = [self.rules.minimum_seats, edges.lower, edges.upper]
        return sorted({side(bend) for bend in bends if bend < math.inf for side in (math.floor, math.ceil)})


def offer_of(rules: Pool, months: float) -> SeatOffer | None:
    """What the pool's vendor offers; None where pay is not by the seat."""
    return SeatOffer(rules.pay, months) if isinstance(rules.pay, SeatPay) else None


def within_offer(rules: Pool) -> Pool:
    """The pool with no more people, or people at once, than there are seats to be had."""
    if not isinstance(rules.pay, SeatPay) or rules.pay.most_ordered is None:
        return rules
    name = "maximum_headcount" if rules.pay.seats_are == "people" else "maximum_seats"
    written = rules.maximum_headcount if rules.pay.seats_are == "people" else rules.maximum_seats
    most = rules.pay.most_ordered
    return rules.model_copy(update={name: most if written is None else min(written, most)})
