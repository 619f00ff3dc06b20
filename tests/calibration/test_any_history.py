"""Whatever a history holds, there is a fragment that loads."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from planner.calibration import Calibration, fragment
from planner.scenario.customers import Uncertainty
from planner.scenario.scenario import ForecastConstants, Queue
from tests.calibration.histories import MONDAY, calibrated, stamp

PLACES = st.tuples(st.integers(0, 40), st.integers(0, 6), st.sampled_from(["a", "no", "售 后: #1", "12"]))
SECONDS = st.floats(0, 5000)


def loads(calibration: Calibration) -> None:
    """The parts of a fragment are parts of a scenario."""
    found = YAML(typ="safe", pure=True).load(fragment(calibration))
    assert list(found["queues"]) == [queue.queue for queue in calibration.queues]
    for queue in found["queues"].values():
        Queue.model_validate(queue)
    Uncertainty.model_validate(found.get("uncertainty", {}))
    ForecastConstants.model_validate(found.get("forecast", {}).get("constants", {}))
    assert Calibration.model_validate_json(calibration.to_json()) == calibration


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(PLACES, st.integers(0, 60), st.integers(0, 60), SECONDS, SECONDS),
        min_size=1,
        max_size=120,
        unique_by=lambda row: row[0],
    ),
    st.sets(st.sampled_from(["offered", "abandoned", "average_wait_seconds", "handle_time_seconds"])),
)
def test_any_intervals_make_a_fragment_that_loads(
    drawn: list[tuple[tuple[int, int, str], int, int, float, float]], absent: set[str]
) -> None:
    absent -= {"abandoned"} if "offered" in absent else set()
    table: list[dict[str, Any]] = [
        {
            "start": stamp(MONDAY + day, place),
            "queue": queue,
            "offered": answered + left,
            "answered": answered,
            "abandoned": left,
            "average_wait_seconds": wait,
            "handle_time_seconds": handle,
        }
        for (day, place, queue), answered, left, wait, handle in drawn
    ]
    loads(calibrated([{name: cell for name, cell in row.items() if name not in absent} for row in table]))


@settings(max_examples=40)
@given(
    st.lists(st.tuples(PLACES, SECONDS, SECONDS, st.booleans()), min_size=1, max_size=300),
    st.sets(st.sampled_from(["wait_seconds", "handle_time_seconds"])),
)
def test_any_contacts_make_a_fragment_that_loads(
    drawn: list[tuple[tuple[int, int, str], float, float, bool]], absent: set[str]
) -> None:
    table: list[dict[str, Any]] = [
        {
            "arrival": stamp(MONDAY + day, place),
            "queue": queue,
            "wait_seconds": wait,
            "handle_time_seconds": None if left else handle,
            "outcome": "abandoned" if left else "answered",
        }
        for (day, place, queue), wait, handle, left in drawn
    ]
    loads(calibrated([{name: cell for name, cell in row.items() if name not in absent} for row in table]))
