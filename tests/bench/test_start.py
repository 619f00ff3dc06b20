"""How long it takes until something happens at all."""

from __future__ import annotations

import sys
from statistics import median

import pytest

from tests.bench.footprint import footprint, module
from tests.bench.record import Bench, Row, Table, leave, measured, ratio

ROUNDS = 7
COMMANDS = {
    "`python -c pass`": [sys.executable, "-c", "pass"],
    "`import planner`": [sys.executable, "-c", "import planner"],
    "`planner --help`": module("planner.cli", "--help"),
    "`from planner import make_plan`": [sys.executable, "-c", "from planner import make_plan"],
}

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]


def test_start_of_library_and_command(benchmark: Bench) -> None:
    taken = measured(benchmark, turn_about)
    bare = taken["`python -c pass`"]
    rows: list[Row] = [
        {"What": name, "Time / bare Python": ratio(time / bare), "Seconds": f"{time:.2f}"}
        for name, time in taken.items()
    ]
    leave(benchmark, Table("start", rows))


def turn_about() -> dict[str, float]:
    """Median seconds of each command, one after the other, several times; one round before does not count."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(ROUNDS + 1):
        for name, command in COMMANDS.items():
            seconds = footprint(command).seconds
            if number:
                taken[name].append(seconds)
    return {name: median(seconds) for name, seconds in taken.items()}
