"""Who is cheapest at which volume: told only where bounds prove it, and searched for where it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise

from planner.sourcing.asking import Answer
from planner.sourcing.document import Lead


def surely_cheapest(answers: Mapping[str, Answer]) -> str | None:
    """(O2)  A is cheapest for sure where cost[A] < bound[B] for every other B; None where nobody is."""
    best = min(answers, key=lambda name: answers[name].cost)
    others = (answer.bound for name, answer in answers.items() if name != best)
    return best if answers[best].cost < min(others, default=float("inf")) else None


def leads(volumes: Sequence[float], lead_at: Callable[[float], str | None], tolerance: float) -> list[Lead]:
    """Runs of volumes with one answer, ends searched for by halving.

    Between two volumes with different answers the middle one is looked at, until they are no further apart
    than the tolerance. Between two with the same answer nothing is looked at.

    Parameters
    ----------
    volumes : contacts a day, rising
    lead_at : who is cheapest there
    tolerance : share of the larger of two volumes; they are never less than a contact apart
    """
    found = {volume: lead_at(volume) for volume in volumes}

    def search(low: float, high: float) -> None:
        middle = float(round((low + high) / 2))
        if found[low] == found[high] or high - low <= tolerance * high or middle in {low, high}:
            return
        found[middle] = lead_at(middle)
        search(low, middle)
        search(middle, high)

    for low, high in pairwise(volumes):
        search(low, high)
    runs = [list(run) for _, run in groupby(sorted(found), key=lambda volume: found[volume])]
    return [Lead(from_contacts=run[0], to_contacts=run[-1], alternative=found[run[0]]) for run in runs]
