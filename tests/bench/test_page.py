"""The page of figures, written from a file as pytest-benchmark leaves it."""

from __future__ import annotations

import json

from tests.bench.choices import typical
from tests.bench.page import PARTS, page, session
from tests.bench.record import at_least


def left(date: str, factor: str) -> str:
    table = {"part": "start", "rows": [{"What": "`import planner`", "Factor": factor}], "notes": ["a note"]}
    machine = {
        "cores": 2,
        "memory_bytes": 2**33,
        "system": "Linux",
        "load": 0.1,
        "versions": {"planner": "1"},
    }
    bench = {"fullname": "test_start", "extra_info": {"tables": [table]}}
    return json.dumps({"datetime": date, "machine_info": machine, "benchmarks": [bench]})


def test_latest_figure_of_a_benchmark_counts() -> None:
    written = page([session(left("2026-11-02T10:00", "9.99")), session(left("2026-11-01T10:00", "1.11"))])
    assert "| `import planner` | 9.99 |" in written
    assert "1.11" not in written


def test_page_says_when_and_where() -> None:
    written = page([session(left("2026-11-02T10:00", "2"))])
    assert "Measured 2026-11-02 10:00 UTC on 2 cores" in written
    assert "8 GiB, Linux; load at the end 0.1; planner 1." in written


def test_page_says_what_was_not_as_usual() -> None:
    given = json.loads(left("2026-11-02T10:00", "2"))
    given["machine_info"] |= {"limits": {"PLANNER_BENCH_OURS_SECONDS": "9"}, "note": "Preliminary."}
    assert "`PLANNER_BENCH_OURS_SECONDS=9`. Preliminary." in page([session(json.dumps(given))])


def test_part_that_nobody_measured_is_not_left_out_in_silence() -> None:
    assert page([]).count("Not measured yet.") == len(PARTS)


def test_ratio_is_a_limit_where_one_side_was_stopped() -> None:
    assert at_least(30.0, 10.0, 300.0, 120.0) == "3.00"
    assert at_least(None, 10.0, 300.0, 120.0) == "≥ 30"
    assert at_least(30.0, None, 300.0, 120.0) == "≤ 0.25"
    assert at_least(None, None, 300.0, 120.0) == "–"


def test_there_is_no_typical_time_where_one_was_stopped() -> None:
    assert typical([3.0, 1.0, 2.0]) == 2.0
    assert typical([3.0, None, 2.0]) is None
