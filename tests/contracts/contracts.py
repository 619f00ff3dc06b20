"""Contracts that several tests use."""

from __future__ import annotations

from typing import Any

from planner.scenario.contracts import MinuteContract, SeatContract

TIERS = ({"up_to": 10_000, "price": 0.6}, {"up_to": 25_000, "price": 0.52}, {"price": 0.45})


def by_minute(**terms: Any) -> MinuteContract:
    """Three tiers, and further terms."""
    return MinuteContract.model_validate({"by": "minute", "tiers": TIERS} | terms)


def by_seat(**terms: Any) -> SeatContract:
    """6,000 a seat, and further terms."""
    return SeatContract.model_validate({"by": "seat", "price": 6000} | terms)


def cap(amount: float = 18_000, covers: float = 100_000, beyond: float = 0.4) -> dict[str, float]:
    """A fee cap as it is written."""
    return {"amount": amount, "covers_minutes": covers, "price_beyond": beyond}
