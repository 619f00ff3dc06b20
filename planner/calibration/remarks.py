"""What to know of a queue's days before using the figures that rest on them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import numpy as np

from planner.calibration.days import SILENCE, Days
from planner.calibration.level import Level
from planner.calibration.scatter import Scatter, scatter_of

_LEAST_DAYS = 20
_FAR = 4.0
_MEDIAN = 0.6745  # of the distance of a normal figure from its mean, in deviations
_MOST_NAMED = 3


def remarks(days: Days, scatter: Scatter, level: Level) -> Iterator[str]:
    """A line for everything that is odd about the days."""
    used = days.whole.day.size
    if len(days.partial) > used:
        yield (
            "most days lack intervals: if the file leaves out intervals without contacts, write them with 0"
        )
    if days.idle:
        yield (
            f"days with 0 contacts: {len(days.idle)}, the first {days.idle[0]}; "
            "if the queue was closed then, leave their rows out"
        )
    if scatter.day_cv is None:
        return
    if scatter.day_cv.high == 0:
        yield "days scatter less than by chance alone: are these counts, or was something smoothed?"
    yield from _alike(days, scatter, level)
    yield from _far_out(scatter)


def _alike(days: Days, scatter: Scatter, level: Level) -> Iterator[str]:
    """Days that resemble the day before: a level that moves, and intervals that promise too much."""
    if level == "week" or scatter.day.size < _LEAST_DAYS:
        return
    follows = np.diff(scatter.day) <= 3
    apart = scatter.factor - 1.0
    alike = float((apart[1:] * apart[:-1])[follows].sum() / (apart**2).sum())
    if alike <= 3.0 / math.sqrt(scatter.day.size):
        return
    by_week = scatter_of(days.whole, "week").day_cv
    instead = "" if by_week is None else f"; against each week's own level day_cv is {by_week.value:.3g}"
    yield f"a day is like the day before (correlation {alike:.2f}): the level moved{instead} (--level week)"


def _far_out(scatter: Scatter) -> Iterator[str]:
    """Days so far from usual that they are of another kind."""
    assert scatter.day_cv is not None
    apart = np.abs(scatter.factor - 1.0) / np.sqrt(scatter.day_cv.value**2 + 1.0 / scatter.mean)
    usual = float(np.median(apart)) / _MEDIAN
    far = np.where((scatter.mean >= SILENCE) & (usual > 0), apart / max(usual, 1e-9), 0.0)
    worst = [place for place in np.argsort(-far) if far[place] > _FAR]
    if worst:
        named = [
            f"{date.fromordinal(int(scatter.day[place]))} with {scatter.factor[place]:.2f} times the usual"
            for place in worst[:_MOST_NAMED]
        ]
        more = f" and {len(worst) - _MOST_NAMED} more" if len(worst) > _MOST_NAMED else ""
        yield f"far from usual: {', '.join(named)}{more}; leave days out that will not come again"
