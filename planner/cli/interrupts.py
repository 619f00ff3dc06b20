"""Ctrl-C: the first asks for the best plan so far, the second aborts."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType


class Interrupts:
    """Counts Ctrl-C while a plan is made."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> Interrupts:
        self._before = signal.signal(signal.SIGINT, self._heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)

    def stopped(self) -> bool:
        """Whether the user has asked to stop."""
        return self.asked

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
