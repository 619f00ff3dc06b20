"""Numbers that no price and no time has: told with their place, before sums of them overflow."""

from __future__ import annotations

import pytest

from tests.scenario.samples import changed, mistakes


@pytest.mark.parametrize(
    "place, value, most",
    [
        ("pools/own/pay/wage", 1e308, "1e+12"),
        ("queues/presales/lost_contact_cost", 1e300, "1e+12"),
        ("queues/presales/patience_seconds", 1e300, "1e+09"),
    ],
)
def test_what_would_overflow_is_told_with_its_place(place: str, value: float, most: str) -> None:
    said = f"must be at most {most} (got {value!r})"
    (told,) = mistakes(changed(place, value))
    assert told.endswith(said)
    assert place.rpartition("/")[2] in told
