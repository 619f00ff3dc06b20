"""A queue that has settled behaves as the exact formulas say, which the replay has never met."""

from __future__ import annotations

import numpy as np
import pytest

from planner.queueing import Systems, measures
from planner.simulation import (
    Conditions,
    Customers,
    Effort,
    Estimate,
    answer_rate,
    average_wait,
    occupancy,
    service_level,
    simulate,
)
from tests.simulation.centres import Row, centre

HANDLE_TIME, WITHIN = 240.0, 20.0
SURE = 0.999
"""Several measures of several systems are compared: one in a thousand may lie outside."""

SYSTEMS = [
    (3, 1.5, np.inf),
    (10, 8.0, np.inf),
    (40, 35.0, np.inf),
    (1, 0.9, 60.0),
    (10, 9.5, 120.0),
    (25, 32.0, 400.0),
    (60, 58.0, 200.0),
]


def agrees(found: Estimate, exact: float) -> bool:
    """Whether the second day's estimate holds the exact value; the first day fills the empty centre."""
    return bool(found.low[1, 0] - 1e-9 <= exact <= found.high[1, 0] + 1e-9)


@pytest.mark.parametrize("agents, load, patience", SYSTEMS)
def test_every_measure_agrees_with_the_exact_formula(agents: int, load: float, patience: float) -> None:
    on = centre(np.full(48, load / HANDLE_TIME * 3600), [Row(agents, 0, 50)], HANDLE_TIME, patience)
    facts = simulate(on, Conditions(within_seconds=(WITHIN,)), Effort(seed=11, replications=120))
    exact = measures(
        Systems(np.array([load / HANDLE_TIME]), np.array([HANDLE_TIME]), np.array([patience])),
        np.array([float(agents)]),
        WITHIN,
    )
    assert agrees(answer_rate(facts, "day", SURE), exact.answer_rate[0])
    assert agrees(average_wait(facts, "day", "offered", SURE), exact.average_wait[0])
    assert agrees(average_wait(facts, "day", "answered", SURE), exact.average_wait_answered[0])
    assert agrees(service_level(facts, "day", WITHIN, "offered", SURE), exact.service_level_offered[0])
    assert agrees(service_level(facts, "day", WITHIN, "answered", SURE), exact.service_level_answered[0])
    assert agrees(service_level(facts, "day", WITHIN, "virtual", SURE), exact.service_level_virtual[0])
    assert agrees(occupancy(facts, "day", SURE), exact.occupancy[0])


def test_patience_with_a_long_tail_loses_other_contacts_than_the_formula_says() -> None:
    """The test above can fail: with another law of patience the same system gives another answer rate."""
    from planner.simulation import Lognormal

    on = centre(np.full(48, 9.5 / HANDLE_TIME * 3600), [Row(10, 0, 50)], HANDLE_TIME, 120.0)
    conditions = Conditions(customers=Customers(patience=Lognormal(0.3)))
    facts = simulate(on, conditions, Effort(seed=11, replications=120))
    exact = measures(
        Systems(np.array([9.5 / HANDLE_TIME]), np.array([HANDLE_TIME]), np.array([120.0])),
        np.array([10.0]),
        WITHIN,
    )
    assert not agrees(answer_rate(facts, "day", SURE), exact.answer_rate[0])
