"""How a queue's contacts scatter beyond chance: from day to day, and from interval to interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, require
from planner.calibration.estimate import Estimate, as_cv
from planner.calibration.excess import Squares, excess_over_chance, settled_excess
from planner.calibration.level import Level, expected_totals

LEAST_FREEDOM = 4
"""Days that there must be beyond the means that are estimated from them."""

_ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Whole:
    """The days of one queue of which every usual interval is known.

    day : (D,) ordinal of the date
    contacts : (D, I) in each interval of the day; 0 where the weekday usually has none
    """

    day: Counts
    contacts: Floats

    def __post_init__(self) -> None:
        require(self.contacts.ndim == 2 and self.contacts.shape[0] == self.day.size, "a row for each day")

    @property
    def total(self) -> Floats:
        """(D,) contacts of each day."""
        total: Floats = self.contacts.sum(axis=1)
        return total

    def busy(self) -> Whole:
        """Without the weekdays that have no contacts at all: they say nothing."""
        weekday = (self.day - 1) % 7
        some = np.bincount(weekday, self.total, minlength=7)[weekday] > 0
        return Whole(self.day[some], self.contacts[some])


@dataclass(frozen=True, slots=True)
class Scatter:
    """Scatter of one queue as coefficients of variation.

    day_cv, interval_cv : None where the days are too few
    day : (D,) ordinals of the days it rests on
    mean : (D,) contacts expected on each
    factor : (D,) contacts / expected
    freedom : days less means estimated
    """

    day_cv: Estimate | None
    interval_cv: Estimate | None
    day: Counts
    mean: Floats
    factor: Floats
    freedom: int


def scatter_of(whole: Whole, level: Level) -> Scatter:
    """The scatter of a queue's contacts around a weekday-by-interval profile times a slow level.

    Notes
    -----
    Equations (H1) to (H9) of docs/explanation/calibration.md.
    """
    whole = whole.busy()
    if whole.day.size == 0:
        nothing = np.zeros(0)
        return Scatter(None, None, whole.day, nothing, nothing, 0)
    within = _interval_squares(whole)
    interval = None if within is None else excess_over_chance(within)
    noise = 0.0 if interval is None else interval.value
    squares, mean = _settled_days(whole, level, noise)
    freedom = int(squares.freedom)
    day = excess_over_chance(squares) if freedom >= LEAST_FREEDOM else None
    return Scatter(
        None if day is None else as_cv(day),
        None if interval is None else as_cv(interval),
        whole.day,
        mean,
        whole.total / mean,
        freedom,
    )


def _interval_squares(whole: Whole) -> Squares | None:
    """(H6)  Squares of contacts less their share of the day's; None where no weekday comes twice."""
    weekday = (whole.day - 1) % 7
    parts = [_of_weekday(whole, np.flatnonzero(weekday == kind)) for kind in np.unique(weekday)]
    known = [part for part in parts if part is not None]
    freedom = sum(part.freedom for part in known)
    if freedom < LEAST_FREEDOM:
        return None
    return Squares(
        seen=np.concatenate([part.seen for part in known]),
        chance=np.concatenate([part.chance for part in known]),
        factor=np.concatenate([part.factor for part in known]),
        clusters=(np.concatenate([part.clusters[0] for part in known]),),
        freedom=freedom,
    )


def _of_weekday(whole: Whole, rows: Counts) -> Squares | None:
    """(H6)  The squares of one weekday's days and intervals."""
    contacts = whole.contacts[rows]
    days, used = contacts.sum(axis=1) > 0, contacts.sum(axis=0) > 0
    contacts = contacts[np.ix_(days, used)]
    if min(contacts.shape) < 2:
        return None
    count = float(contacts.sum())
    share_of_day, share = contacts.sum(axis=1) / count, contacts.sum(axis=0) / count
    residual = contacts - count * np.outer(share_of_day, share)
    chance = count**2 / (count - 1) * np.outer(_spread(share_of_day), _spread(share))
    factor = count**2 * np.outer(_square_spread(share_of_day), _square_spread(share))
    freedom = float((contacts.shape[0] - 1) * (contacts.shape[1] - 1))
    of_day = np.repeat(rows[days], contacts.shape[1])
    return Squares((residual**2).ravel(), chance.ravel(), factor.ravel(), (of_day,), freedom)


def _spread(share: Floats) -> Floats:
    return share * (1.0 - share)


def _square_spread(share: Floats) -> Floats:
    return share**2 * (1.0 - 2.0 * share + float((share**2).sum()))


def _settled_days(whole: Whole, level: Level, noise: float) -> tuple[Squares, Floats]:
    """(H4), (H5)  Squares of the days' totals less their expectation, which leans on the excess itself."""
    excess = 0.0
    squares, mean = _day_squares(whole, level, noise, excess)
    for _ in range(_ROUNDS if squares.freedom >= LEAST_FREEDOM else 0):
        before, excess = excess, settled_excess(squares)
        if abs(excess - before) <= 1e-8 + 1e-4 * excess:
            break
        squares, mean = _day_squares(whole, level, noise, excess)
    return squares, mean


def _day_squares(whole: Whole, level: Level, noise: float, excess: float) -> tuple[Squares, Floats]:
    """(H4), (H5)  The squares where expectations are fitted for a given excess."""
    total, interval_part = whole.total, noise * _concentration(whole)
    fit = expected_totals(total, whole.day, level, interval_part + excess * (1.0 + interval_part))
    taken = (np.eye(total.size) - fit.hat) ** 2
    squares = Squares(
        seen=(total - fit.mean) ** 2,
        chance=taken @ (fit.mean + interval_part * fit.mean**2),
        factor=taken @ ((1.0 + interval_part) * fit.mean**2),
        clusters=(np.arange(total.size), (whole.day - 1) // 7 - (whole.day[0] - 1) // 7),
        freedom=float(fit.freedom),
    )
    return squares, fit.mean


def _concentration(whole: Whole) -> Floats:
    """(H4)  (D,) sum of the squares of the interval shares of each day's weekday."""
    weekday = (whole.day - 1) % 7
    found = np.zeros(whole.day.size)
    for kind in np.unique(weekday):
        of_kind = weekday == kind
        profile = whole.contacts[of_kind].sum(axis=0)
        found[of_kind] = float((profile**2).sum()) / float(profile.sum()) ** 2
    return found
