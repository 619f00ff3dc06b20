"""Contacts that come again: who does, and when."""

from __future__ import annotations

from dataclasses import dataclass

from planner.arrays import require

HOUR = 3600.0
CHANCE, DELAY, HANDLE_TIME, PATIENCE = 0, 1, 2, 3
"""What is drawn beforehand for every attempt after the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Who of a queue contacts it again, after being lost or because the matter was not solved.

    after_abandonment : share of those who left that come again
    abandonment_delay : seconds until then, mean of an exponential
    unresolved : share of answered contacts that did not solve the matter
    after_unresolved : share of those that come again
    unresolved_delay : seconds after the call until then, mean of an exponential
    most_attempts : nobody comes more often, the first time included

    Delays run while the queue is open; who would come after the calendar does not come.
    """

    after_abandonment: float = 0.0
    abandonment_delay: float = 0.25 * HOUR
    unresolved: float = 0.0
    after_unresolved: float = 1.0
    unresolved_delay: float = 4.0 * HOUR
    most_attempts: int = 5

    def __post_init__(self) -> None:
        shares = (self.after_abandonment, self.unresolved, self.after_unresolved)
        require(all(0 <= share <= 1 for share in shares), "who comes again is a share")
        require(min(self.abandonment_delay, self.unresolved_delay) > 0, "a delay is positive")
        require(1 <= self.most_attempts <= 100, "between 1 and 100 attempts")

    @property
    def after_answer(self) -> float:
        """Share of answered contacts that come again."""
        return self.unresolved * self.after_unresolved

    @property
    def further(self) -> int:
        """Attempts after the first that anybody may make."""
        return self.most_attempts - 1 if self.after_abandonment + self.after_answer > 0 else 0


NEVER = Repeats()
