"""Kept, broken or undecided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from planner.certificate.bounds import Bounded
from planner.certificate.certificate import SHARE_TOLERANCE, WAIT_TOLERANCE, Verdict
from planner.plan import Measure


def tolerance(measure: Measure) -> float:
    """By how much a promise may be missed and still be kept: a share, or seconds of a wait."""
    return WAIT_TOLERANCE if measure == "average_wait" else SHARE_TOLERANCE


def verdict(found: Bounded, target: float, allowed: float, at_most: bool) -> Verdict:
    """Kept where even the pessimistic bound is good enough, broken where even the optimistic one is not."""
    if at_most:
        kept, broken = found.upper <= target + allowed, found.lower > target + allowed
    else:
        kept, broken = found.lower >= target - allowed, found.upper < target - allowed
    return "kept" if kept else "broken" if broken else "undecided"


def overall(verdicts: Sequence[Verdict]) -> Literal["kept", "broken", "undecided"]:
    """Of the whole plan: a promise that is not judged is not kept."""
    if "broken" in verdicts:
        return "broken"
    return "kept" if all(one == "kept" for one in verdicts) else "undecided"
