"""How likely a missed result is."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import truncnorm

from planner.contracts import expected_cut, probability_of_missing
from planner.contracts.performance import below
from planner.scenario.contracts import PerformanceClause, UsualResult


def clause(**more: object) -> PerformanceClause:
    given = {"measure": "csat", "threshold": 0.85, "reduction": 0.2} | more
    return PerformanceClause.model_validate(given)


def test_a_written_probability_is_taken() -> None:
    assert probability_of_missing(clause(probability_of_missing=0.3)) == 0.3


def test_one_deviation_below_the_mean_is_missed_in_sixteen_months_of_a_hundred() -> None:
    found = probability_of_missing(clause(usual_result={"mean": 0.87, "deviation": 0.02}))

    assert found == pytest.approx(NormalDist().cdf(-1), abs=1e-9)


def test_a_law_that_is_cut_at_its_mean_doubles_what_is_left() -> None:
    # the half above 1 is cut off: P = (Φ(-1) - ...) / 0.5
    found = below(UsualResult(mean=1.0, deviation=0.1), 0.9)

    assert found == pytest.approx(2 * NormalDist().cdf(-1), rel=1e-9)


@pytest.mark.parametrize("mean", [0.0, 0.3, 0.85, 1.0])
@pytest.mark.parametrize("deviation", [0.01, 0.1, 1.0])
def test_the_probability_is_that_of_another_library(mean: float, deviation: float) -> None:
    ends = -mean / deviation, (1 - mean) / deviation
    for threshold in np.linspace(0.01, 1.0, 12):
        wanted = truncnorm.cdf(threshold, *ends, loc=mean, scale=deviation)
        found = below(UsualResult(mean=mean, deviation=deviation), float(threshold))
        assert found == pytest.approx(wanted, rel=1e-6, abs=1e-12)


def test_rare_misses_keep_their_figures() -> None:
    found = below(UsualResult(mean=0.5, deviation=0.02), 0.3)

    assert found == pytest.approx(0.5 * math.erfc(10 / math.sqrt(2)), rel=1e-9)


def test_a_clause_that_says_nothing_of_the_vendor_is_refused() -> None:
    with pytest.raises(ValueError, match="how often"):
        expected_cut([clause()])
