"""What is offered to a queue in each interval, one system per entry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen, require

LONGEST_PATIENCE = 1e9
"""Seconds (about 30 years). Beyond it a finite patience only costs time: say infinite instead."""


@dataclass(frozen=True, slots=True)
class Systems:
    """Independent stationary queues, each M/M/n+M (Erlang A) or, where nobody leaves, M/M/n (Erlang C).

    Attributes
    ----------
    rate : (S,) contacts per second
    handle_time : (S,) seconds, mean
    patience : (S,) seconds, mean; infinite where nobody leaves the queue

    Raises
    ------
    ValueError
        If the shapes differ, a rate is negative or not finite, a handle time is not positive where
        contacts arrive, or a patience is not positive or is finite and above `LONGEST_PATIENCE`.
    """

    rate: Floats
    handle_time: Floats
    patience: Floats

    def __post_init__(self) -> None:
        for name in ("rate", "handle_time", "patience"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        require(self.rate.ndim == 1, "rate must have one dimension, an entry per system")
        require(
            self.rate.shape == self.handle_time.shape == self.patience.shape,
            "rate, handle_time and patience must have the same shape",
        )
        require(bool(np.all(np.isfinite(self.rate) & (self.rate >= 0))), "rate must be finite and at least 0")
        served = np.isfinite(self.handle_time) & ((self.handle_time > 0) | (self.rate == 0))
        require(bool(np.all(served)), "handle_time must be finite, and positive where contacts arrive")
        patient = (self.patience > 0) & ((self.patience <= LONGEST_PATIENCE) | np.isinf(self.patience))
        require(bool(np.all(patient)), "patience must be positive, at most 1e9 seconds or infinite")

    def __len__(self) -> int:
        return len(self.rate)

    @property
    def load(self) -> Floats:
        """(S,) erlang: contacts arriving during one mean handle time."""
        return frozen(self.rate * self.handle_time)

    @property
    def flows(self) -> Floats:
        """(S, 3) rate, handle time and patience side by side, as the compiled loops take them."""
        return frozen(np.column_stack((self.rate, self.handle_time, self.patience)))
