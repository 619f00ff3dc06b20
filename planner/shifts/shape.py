"""The shape of a shift, whatever the day: start, length and breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from planner.errors import InvalidInput, Mistake
from planner.scenario.clock import minute_of_day, weekday_numbers
from planner.scenario.pools import Break, ShiftRule, Starts

_MOST_SHAPES = 20_000


@dataclass(frozen=True, slots=True)
class Pause:
    """One break: minutes after midnight of the shift's day, and whether it is paid."""

    start: int
    end: int
    paid: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to work a day; minutes after midnight, past 1440 on the next day."""

    start: int
    end: int
    breaks: tuple[Pause, ...]

    @property
    def name(self) -> str:
        """The pattern's stable id: start, length and breaks, such as 08:00-17:00/12:00-13:00."""
        pauses = [f"/{_clock(p.start)}-{_clock(p.end)}{'p' if p.paid else ''}" for p in self.breaks]
        return f"{_clock(self.start)}-{_clock(self.end)}" + "".join(pauses)

    @property
    def paid_hours(self) -> float:
        """Hours on the pay slip: the length less the unpaid breaks."""
        unpaid = sum(pause.end - pause.start for pause in self.breaks if not pause.paid)
        return (self.end - self.start - unpaid) / 60

    def paid_stretches(self) -> Iterator[tuple[int, int]]:
        """Stretches that are paid, in minutes after midnight: unpaid breaks left out."""
        at = self.start
        for pause in self.breaks:
            if not pause.paid:
                yield at, pause.start
                at = pause.end
        yield at, self.end

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Stretches of work between the breaks, in minutes after midnight."""
        at = self.start
        for pause in self.breaks:
            yield at, pause.start
            at = pause.end
        yield at, self.end


def shapes(rule: ShiftRule) -> list[Shape]:
    """Every shape a rule allows.

    Raises
    ------
    InvalidInput
        If there are more than anyone could choose among.
    """
    found = list(islice(_every_shape(rule), _MOST_SHAPES + 1))
    if len(found) > _MOST_SHAPES:
        problem = f"allow more than {_MOST_SHAPES:,} patterns; take wider steps for starts or breaks"
        raise InvalidInput([Mistake("", "shifts", problem)])
    return found


def start_days(rule: ShiftRule) -> tuple[int, ...]:
    """Weekdays on which the rule's shifts may start; 0 is Monday."""
    return weekday_numbers(rule.days)


def _every_shape(rule: ShiftRule) -> Iterator[Shape]:
    for start, length in product(_starts(rule.starts), rule.lengths_hours):
        end = start + round(60 * length)
        for breaks in product(*(_placements(pause, start) for pause in rule.breaks)):
            if _fit(breaks, start, end):
                yield Shape(start, end, tuple(sorted(breaks, key=lambda pause: pause.start)))


def _starts(starts: Starts | tuple[str, ...]) -> list[int]:
    if not isinstance(starts, Starts):
        return [minute_of_day(time) for time in starts]
    first, last = minute_of_day(starts.from_), minute_of_day(starts.to)
    last = last if last >= first else last + 1440
    return [minute % 1440 for minute in range(first, last + 1, starts.every_minutes)]


def _placements(pause: Break, start: int) -> list[Pause]:
    first, last = start + round(60 * pause.from_hours), start + round(60 * pause.to_hours)
    return [Pause(at, at + pause.minutes, pause.paid) for at in range(first, last + 1, pause.every_minutes)]


def _fit(breaks: Sequence[Pause], start: int, end: int) -> bool:
    """Whether breaks lie inside the shift, in their order, with work before, between and after."""
    at = start
    for pause in breaks:
        if pause.start <= at:
            return False
        at = pause.end
    return at < end


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
