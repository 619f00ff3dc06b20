"""Rows of a queue laid out by day and interval: which days are whole, partial, missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from planner.arrays import Counts, Flags, Floats
from planner.calibration.records import Records
from planner.calibration.scatter import Whole

USUAL = 0.5
"""Share of a weekday's days from which on it usually has an interval, and of the weeks, a weekday."""

SILENCE = 20.0
"""Contacts that usually come in a stretch without any; with so many, records of it are missing."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one queue.

    whole : those of which every usual interval is known
    partial : dates with rows that lack some of it, or on which clocks change
    missing : dates without rows, of weekdays that usually have some
    idle : whole days without a single contact, where chance does not leave the weekday without
    odd_rows : rows at times when the weekday usually has none; they do not count
    """

    whole: Whole
    partial: tuple[date, ...]
    missing: tuple[date, ...]
    idle: tuple[date, ...]
    odd_rows: int


def days_of(rows: Records, per_call: bool, step: int) -> Days:
    """The days of one queue's rows."""
    day, where = np.unique(rows.day, return_inverse=True)
    second, slot = np.unique(rows.second // step * step if per_call else rows.second, return_inverse=True)
    place = where * second.size + slot
    shape = (day.size, second.size)
    counted = np.bincount(place, rows.volumes.offered, minlength=day.size * second.size)
    contacts = counted.astype(np.float64).reshape(shape)
    there = np.bincount(place, minlength=day.size * second.size).reshape(shape) > 0
    weekday = (day - 1) % 7
    usual = _usual(there, weekday, 0.0 if per_call else USUAL)
    lacking = _silent(contacts, weekday) if per_call else (usual & ~there).any(axis=1)
    lacking |= _clocks_change(rows.ahead, where)
    kept = np.where(usual, contacts, 0.0)
    whole = Whole(day[~lacking], kept[~lacking])
    return Days(
        whole=whole,
        partial=_dates(day[lacking]),
        missing=_dates(_missing(day)),
        idle=_dates(_idle(whole)),
        odd_rows=int((there & ~usual)[~lacking].sum()),
    )


def _usual(there: Flags, weekday: Counts, share: float) -> Flags:
    """(D, I) whether a day's weekday usually has the interval."""
    usual = np.zeros_like(there)
    for kind in np.unique(weekday):
        often = there[weekday == kind].mean(axis=0)
        usual[weekday == kind] = (often > 0) & (often >= share)
    return usual


def _silent(contacts: Floats, weekday: Counts) -> Flags:
    """(D,) whether a stretch without contacts is too long for chance: half a day that was not recorded."""
    silent = np.zeros(weekday.size, dtype=np.bool_)
    for kind in np.unique(weekday):
        rows = np.flatnonzero(weekday == kind)
        expected = contacts[rows].mean(axis=0)
        for row in rows:
            silent[row] = _longest_silence(contacts[row], expected) >= SILENCE
    return silent


def _longest_silence(contacts: Floats, expected: Floats) -> float:
    """Contacts that were to be expected in the stretch without any that lacks most."""
    stretch = np.cumsum(contacts > 0)
    return float(np.bincount(stretch, np.where(contacts > 0, 0.0, expected)).max())


def _clocks_change(ahead: Counts, where: Counts) -> Flags:
    """(D,) whether the rows of a day differ in their offset."""
    low = np.full(int(where.max()) + 1, np.iinfo(np.int64).max)
    high = np.full(low.size, np.iinfo(np.int64).min)
    np.minimum.at(low, where, ahead)
    np.maximum.at(high, where, ahead)
    changes: Flags = low != high
    return changes


def _missing(day: Counts) -> Counts:
    """Ordinals between the first and the last day without rows, of weekdays that usually have some."""
    weekday, week = (day - 1) % 7, (day - 1) // 7
    often = np.bincount(weekday, minlength=7) >= USUAL * np.unique(week).size
    between = np.arange(day[0], day[-1] + 1)
    missing: Counts = np.setdiff1d(between[often[(between - 1) % 7]], day)
    return missing


def _idle(whole: Whole) -> Counts:
    weekday = (whole.day - 1) % 7
    days = np.maximum(np.bincount(weekday, minlength=7), 1)
    usual = np.bincount(weekday, whole.total, minlength=7) / days
    idle: Counts = whole.day[(whole.total == 0) & (usual[weekday] >= SILENCE)]
    return idle


def _dates(ordinals: Counts) -> tuple[date, ...]:
    return tuple(date.fromordinal(int(ordinal)) for ordinal in ordinals)
