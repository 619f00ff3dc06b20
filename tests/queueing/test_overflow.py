"""What overflows to a vendor: closed forms, and a chain of both groups as the second method."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.arrays import Floats
from planner.queueing import Systems, blocking
from planner.queueing.overflow import OverflowTables, overflow, overflow_tables, whole_overflow
from tests.queueing.two_groups import vendor_busy

HANDLE = 200.0


def tables(load: float, patience: float = 2.0, most: int = 40) -> OverflowTables:
    """One system; patience in handle times."""
    one = Systems(np.array([load / HANDLE]), np.array([HANDLE]), np.array([patience * HANDLE]))
    return overflow_tables(one, most)


def busy(of: OverflowTables, own: float, total: float) -> float:
    return float(overflow(of, np.array([own]), np.array([total]))[0])


@pytest.mark.parametrize("load", [0.5, 3.0, 9.0])
@pytest.mark.parametrize("own", [0, 1, 4, 8])
@pytest.mark.parametrize("vendor", [0, 1, 3, 7])
@pytest.mark.parametrize("patience", [0.2, 1.0, 5.0])
def test_it_is_exact_beside_the_chain_of_both_groups(
    load: float, own: int, vendor: int, patience: float
) -> None:
    found = busy(tables(load, patience), own, own + vendor)
    assert found == pytest.approx(vendor_busy(load, own, vendor, patience), rel=1e-7, abs=1e-9)


def test_a_vendor_with_room_for_all_takes_what_own_agents_would_turn_away() -> None:
    refused = 9.0 * blocking(np.array([9.0]), np.array([6]))[0]
    assert busy(tables(9.0), 6, 40) == pytest.approx(refused, rel=1e-9)


def test_with_nobody_of_ones_own_the_vendor_carries_all() -> None:
    of = tables(9.0)
    assert busy(of, 0, 7) == pytest.approx(of.carried[0, 7], rel=1e-12)


def test_a_vendor_without_agents_carries_nothing() -> None:
    assert busy(tables(9.0), 7.3, 7.3) == pytest.approx(0.0, abs=1e-12)


def test_a_queue_without_contacts_sends_nothing() -> None:
    nothing = overflow_tables(Systems(np.zeros(1), np.zeros(1), np.array([120.0])), 5)
    assert overflow(nothing, np.array([1.0]), np.array([4.0]))[0] == 0.0


def test_where_nobody_leaves_both_groups_carry_the_load() -> None:
    of = tables(5.0, np.inf)
    assert of.carried[0, 8] == pytest.approx(5.0)
    assert of.waiting[0, 5] == 1.0
    assert 0 < busy(of, 4, 8) < 4


@given(
    load=st.floats(0.1, 25.0),
    own=st.integers(0, 20),
    vendor=st.integers(0, 15),
    patience=st.floats(0.1, 20.0),
)
def test_more_own_agents_leave_the_vendor_less_and_more_agents_in_all_more(
    load: float, own: int, vendor: int, patience: float
) -> None:
    of = tables(load, patience)
    here = busy(of, own, own + vendor)
    assert -1e-9 <= here <= vendor + 1e-9
    assert busy(of, own, own + vendor + 1) >= here - 1e-9
    assert busy(of, own + 1, own + vendor + 1) <= busy(of, own, own + vendor + 1) + 1e-9


@given(own=st.floats(0, 12), vendor=st.floats(0, 12))
def test_between_whole_agents_it_lies_between_its_neighbours(own: float, vendor: float) -> None:
    of = tables(9.0)
    at: list[Floats] = [
        whole_overflow(of, np.array([m]), np.array([n]))
        for m in (int(own), int(own) + 1)
        for n in (int(own + vendor), int(own + vendor) + 1)
    ]
    assert min(at) - 1e-6 <= busy(of, own, own + vendor) <= max(at) + 1e-6


def test_more_own_agents_than_agents_are_refused() -> None:
    with pytest.raises(ValueError, match="at most all agents"):
        overflow(tables(2.0), np.array([3.0]), np.array([2.0]))
