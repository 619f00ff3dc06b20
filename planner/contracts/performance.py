"""Cuts of the fee for missed results: how likely they are and what they are expected to come to."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planner.scenario.contracts import PerformanceClause, UsualResult


def probability_of_missing(clause: PerformanceClause) -> float:
    """That a month's result falls below the clause's threshold.

    Raises
    ------
    ValueError
        If the clause says nothing of the vendor.

    Notes
    -----
    Equation (K7) of docs/explanation/contracts.md.
    """
    if clause.probability_of_missing is not None:
        return clause.probability_of_missing
    if clause.usual_result is None:
        raise ValueError("a performance clause says how often the vendor misses it")
    return below(clause.usual_result, clause.threshold)


def below(result: UsualResult, threshold: float) -> float:
    """Probability that a normal law cut to 0 to 1 lies below a threshold in there.

    Equation (K7) of docs/explanation/contracts.md.
    """
    low, at, high = ((edge - result.mean) / result.deviation for edge in (0.0, threshold, 1.0))
    return _between(low, at) / _between(low, high)


def expected_cut(clauses: Sequence[PerformanceClause]) -> float:
    """Share of the fee that the clauses together are expected to cut.

    Equation (K6) of docs/explanation/contracts.md.
    """
    return math.fsum(clause.reduction * probability_of_missing(clause) for clause in clauses)


def _between(first: float, last: float) -> float:
    """Probability of a standard normal figure between two; taken on the side where it is small."""
    if first > 0:
        first, last = -last, -first
    return 0.5 * (math.erfc(-last / math.sqrt(2)) - math.erfc(-first / math.sqrt(2)))
