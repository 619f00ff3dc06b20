"""Agents needed in a thousand half hours: how long it takes, and whether the answers are the same."""

from __future__ import annotations

import numpy as np
import pytest

from tests.bench.peer import peers_at_hand
from tests.bench.record import Bench, Row, Table, leave, measured, ratio
from tests.bench.sizing import Compared, Model, compared

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]


@pytest.mark.parametrize("model", ["Erlang C", "Erlang A"])
def test_sizing_of_a_thousand_intervals(model: Model, benchmark: Bench) -> None:
    peers_at_hand()
    found = measured(benchmark, lambda: compared(model))
    leave(benchmark, Table("sizing", [row(model, found)], notes(model, found)))
    differ = found.ours != found.theirs
    assert not np.any(differ & ~found.better & ~found.broken), "fewer agents that keep the promise"


def row(model: Model, found: Compared) -> Row:
    count = found.ours.size
    return {
        "Model": model,
        "Time, pyworkforce / ours": ratio(found.their_seconds / found.seconds),
        "Per interval, pyworkforce": f"{found.their_seconds / count * 1e6:,.0f} µs",
        "Per interval, ours": f"{found.seconds / count * 1e6:,.2f} µs",
        "Ours, a call per interval": f"{found.seconds_one_by_one / count * 1e6:,.0f} µs",
        "First call of a process": f"{found.first_seconds:.1f} s more",
        "Same answer": f"{np.count_nonzero(found.ours == found.theirs):,} of {count:,}",
    }


def notes(model: Model, found: Compared) -> list[str]:
    said = []
    if found.better.any():
        extra = int((found.theirs - found.ours)[found.better].sum())
        kinds = np.count_nonzero(found.better & (found.ours <= found.load))
        said.append(
            f"{model}: in {np.count_nonzero(found.better)} intervals pyworkforce asks for more agents than "
            f"the promise needs, {extra} together; in {kinds} of these fewer agents than the load do, which "
            "it never considers."
        )
    if found.broken.any():
        said.append(f"{model}: in {np.count_nonzero(found.broken)} intervals its answer breaks the promise.")
    return said
