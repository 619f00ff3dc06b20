"""How fast the service answers many clients at once while plans are solved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.api.asking import changed, long_request, serving
from tests.api.load import Clients, Load
from tests.api.postgres import new_database, postgres
from tests.bench.record import Bench, Row, Table, leave, limit, measured

SECONDS = limit("SERVICE", 60)
LIMITS = {"requests_per_minute": 10_000_000, "waiting_plans": 10_000}
PAUSES = (0.25, 0.0)

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]


def test_fifty_clients_on_sqlite(benchmark: Bench, tmp_path: Path) -> None:
    rows = measured(benchmark, lambda: list(loaded("SQLite", f"sqlite:///{tmp_path}/plans.db", tmp_path)))
    leave(benchmark, Table("service", rows))


def test_fifty_clients_on_postgresql(benchmark: Bench, tmp_path: Path) -> None:
    with postgres() as server:
        rows = measured(benchmark, lambda: list(loaded("PostgreSQL", new_database(server), tmp_path)))
    leave(benchmark, Table("service", rows))


def loaded(store: str, url: str, folder: Path) -> Iterator[Row]:
    """A row per pause; a plan that takes as long as the clients ask is solved all the while."""
    (folder / "limits.json").write_text(json.dumps(LIMITS))
    with serving(folder, "--database", url, "--limits", "limits.json") as server:
        server.post("/plans", long_request(len(PAUSES) * (SECONDS + 5)))
        for pause in PAUSES:
            heard = Clients(server.url, changed(), pause=pause).run(SECONDS)
            assert set(heard.statuses) == {200, 202}, heard.statuses
            yield row(store, pause, heard)


def row(store: str, pause: float, heard: Load) -> Row:
    """What one load came to."""
    return {
        "Store": store,
        "Pause": f"{pause:g} s",
        "Requests a second": f"{heard.requests / SECONDS:.0f}",
        "Light: median": milliseconds(median(heard.light())),
        "95 %": milliseconds(highest(heard.light())),
        **{f"`{kind}`": milliseconds(median(found)) for kind, found in heard.seconds.items()},
    }


def highest(found: Sequence[float]) -> float:
    """What 95 % of them stay below."""
    return quantiles(found, n=20)[-1]


def milliseconds(seconds: float) -> str:
    """To a tenth where it is short."""
    return f"{1000 * seconds:.1f} ms" if seconds < 0.1 else f"{1000 * seconds:.0f} ms"
