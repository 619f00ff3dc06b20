"""Rows of people who start, pause and leave together."""

from __future__ import annotations

from dataclasses import dataclass

from planner.arrays import Counts, Floats, require


@dataclass(frozen=True, slots=True)
class Shifts:
    """S rows of people who start, pause and leave together; times in seconds after the calendar's start.

    pool : (S,) index
    people : (S,) people
    start, end : (S,) seconds
    break_start : (S, B) seconds, in order of time; infinite where there is no break
    break_length : (S, B) seconds; 0 where there is none
    """

    pool: Counts
    people: Counts
    start: Floats
    end: Floats
    break_start: Floats
    break_length: Floats

    def __post_init__(self) -> None:
        rows = self.pool.shape
        require(rows == self.people.shape == self.start.shape == self.end.shape, "an entry per row")
        require(self.break_start.shape == self.break_length.shape, "a length per break")
        require(self.break_start.shape[:1] == rows, "breaks have an entry per row")
        require(bool((self.end > self.start).all()), "a shift ends after it starts")
        require(bool((self.people >= 0).all()), "people are not negative")
