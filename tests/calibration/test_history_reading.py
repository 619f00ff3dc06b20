"""What a history file means once it is read, and what is said where it cannot be."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planner.calibration import History, Rules, history_of, mapped, read_history, window
from planner.calibration.records import Volumes
from planner.errors import InvalidInput
from planner.forecast.table import table_of

INTERVALS = """start,queue,offered,answered,abandoned,average_wait_seconds,handle_time_seconds
2025-01-06T08:00,sales,10,8,2,20,240
2025-01-06T08:30,sales,0,0,0,,
2025-01-06T09:00,sales,4,4,0,5,300
"""
CALLS = """arrival_time,queue,wait_seconds,handle_time_seconds,outcome
2025-01-06T08:00:10,sales,12,240,answered
2025-01-06T08:10:00,sales,45,,abandoned
"""
CHINESE = {
    "start": "时段",
    "queue": "队列",
    "offered": "呼入量",
    "answered": "接通量",
    "abandoned": "放弃量",
    "average_wait_seconds": "平均等待时长",
    "handle_time_seconds": "平均处理时长",
}


def read(content: str | bytes, folder: Path, rules: Rules | None = None) -> History:
    path = folder / "history.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_history(path, rules or Rules())


def mistakes(content: str, folder: Path, rules: Rules | None = None) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(content, folder, rules)
    return [str(mistake) for mistake in caught.value.mistakes]


def totals(volumes: Volumes) -> list[float | None]:
    columns = (
        volumes.offered,
        volumes.answered,
        volumes.abandoned,
        volumes.waited,
        volumes.served,
        volumes.handled,
    )
    return [None if column is None else float(column.sum()) for column in columns]


def chinese() -> str:
    head, rest = INTERVALS.split("\n", 1)
    return ",".join(CHINESE[name] for name in head.split(",")) + "\n" + rest


@pytest.mark.parametrize(
    "content",
    [
        INTERVALS,
        chinese().encode("gb18030"),
        chinese().encode("utf-8-sig"),
        INTERVALS.replace("offered", "Calls Offered").replace("handle_time_seconds", "AHT"),
        INTERVALS.replace(",", ";"),
        INTERVALS.replace("08:30,sales,0,0,0,,", "08:30,sales,0,0,0,-,n/a"),
        INTERVALS.replace("T", " ").replace("2025-01-06", "2025/1/6"),
    ],
)
def test_one_history_in_many_hands_is_the_same(content: str | bytes, tmp_path: Path) -> None:
    history = read(content, tmp_path)

    assert (history.queues, history.step, history.per_call) == (("sales",), 1800, False)
    # waits are over all offered, handle times over the answered
    assert totals(history.records.volumes) == [14, 12, 2, 10 * 20 + 4 * 5, 12, 8 * 240 + 4 * 300]


def test_excel_and_parquet_hold_the_same(tmp_path: Path) -> None:
    frame = pd.read_csv(io.StringIO(INTERVALS), parse_dates=["start"])
    frame.to_parquet(tmp_path / "h.parquet")
    frame.to_excel(tmp_path / "h.xlsx", sheet_name="january", index=False, engine="xlsxwriter")

    for name, sheet in (("h.parquet", None), ("h.xlsx", "january")):
        found = read_history(tmp_path / name, Rules(sheet=sheet))
        assert totals(found.records.volumes) == totals(read(INTERVALS, tmp_path).records.volumes)


def test_waits_may_be_given_apart_for_the_answered_and_the_lost(tmp_path: Path) -> None:
    table = """start,queue,answered,abandoned,asa,average_time_to_abandon
2025-01-06T08:00,sales,8,2,20,50
2025-01-06T08:30,sales,5,0,10,
"""
    volumes = read(table, tmp_path).records.volumes

    assert totals(volumes)[:4] == [15, 13, 2, 8 * 20 + 2 * 50 + 5 * 10]


def test_the_wait_of_the_answered_alone_tells_no_patience(tmp_path: Path) -> None:
    table = "start,queue,offered,abandoned,asa\n2025-01-06T08:00,sales,10,2,20\n"

    assert totals(read(table, tmp_path).records.volumes) == [10, 8, 2, None, None, None]


def test_a_row_may_be_a_contact(tmp_path: Path) -> None:
    history = read(CALLS, tmp_path)

    assert history.per_call
    assert totals(history.records.volumes) == [2, 1, 1, 57, 1, 240]


def test_a_window_ignores_rows_and_counts_them(tmp_path: Path) -> None:
    rules = Rules(window=window("2025-01-06T08:30", "2025-01-06 09:00", None))

    history = read(INTERVALS.replace(",10,8,", ",many,8,"), tmp_path, rules)

    assert (history.records.size, history.ignored_rows) == (1, 2)


def test_columns_and_the_queue_may_have_names_of_their_own(tmp_path: Path) -> None:
    table = "Beginn,Anrufe\n2025-01-06T08:00,10\n"

    history = read(
        table, tmp_path, Rules(columns=mapped(["start=Beginn", "offered = Anrufe"]), queue="hotline")
    )

    assert (history.queues, float(history.records.volumes.offered[0])) == (("hotline",), 10)


def test_absent_columns_are_known_by_name(tmp_path: Path) -> None:
    history = read("start,queue,offered\n2025-01-06T08:00,a,10\n", tmp_path)

    assert {"answered", "abandoned", "handle_time_seconds", "wait_seconds"} <= history.absent


@pytest.mark.parametrize(
    "change, said",
    [
        (("sales,10,", "sales,-10,"), "row 2: offered must be from 0 to 10,000,000 (got -10)"),
        (("sales,10,", "sales,many,"), "row 2: offered must be a number (got 'many')"),
        (("sales,10,", "sales,,"), "row 2: offered is empty; write 0 for none, or leave the row out"),
        (("sales,4,4,0,5,300", "sales,4,4,0,,300"), "row 4: average_wait_seconds is empty; write seconds"),
        (("sales,4,4,0,5,300", "sales,4,4,0,5,"), "row 4: handle_time_seconds is empty; write seconds"),
        (("2025-01-06T09:00", "soon"), "row 4: start must be a time such as 2026-03-02T08:00 (got 'soon')"),
        (("2025-01-06T09:00", ""), "row 4: start is empty; write a time such as 2026-03-02T08:00"),
        (("09:00,sales", "08:30,sales"), "row 4: start 2025-01-06T08:30 stands in row 3 already"),
        (("2025-01-06T09:00,sales", "2025-01-06T09:00,"), "row 4: queue is empty; write its name"),
        (("sales,4,4,0,5,300", "sales,4,4"), "row 4: has 4 cells, row 1 has 7"),
        (("start,queue", "when,queue"), "has no column start (it has when, queue, offered"),
        (("start,queue", "start,team"), "has no column queue (it has start, team"),
        (("answered,", "offered,"), "has 2 columns for offered (offered, offered); say which"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_remedy(
    change: tuple[str, str], said: str, tmp_path: Path
) -> None:
    found = mistakes(INTERVALS.replace(*change), tmp_path)

    assert len(found) == 1
    assert found[0].startswith(f"history.csv: {said}")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    broken = INTERVALS.replace("sales,10,8", "sales,-1,x").replace("2025-01-06T09:00", "never")

    assert len(mistakes(broken, tmp_path)) == 3


def test_rows_off_the_grid_are_told(tmp_path: Path) -> None:
    extra = "2025-01-06T09:40,sales,4,4,0,5,300\n"

    assert (
        "row 5: start 2025-01-06T09:40 lies off the grid of 30 minutes"
        in mistakes(INTERVALS + extra, tmp_path)[0]
    )


def test_an_outcome_that_is_not_known_is_told(tmp_path: Path) -> None:
    (said,) = mistakes(CALLS.replace("abandoned", "transferred"), tmp_path)

    assert said == (
        "history.csv: row 3: outcome must be known (got 'transferred'); "
        "write answered or abandoned, or leave the row out"
    )


@pytest.mark.parametrize(
    "content, said",
    [
        ("", "is empty"),
        ("start,queue,offered\n", "has no row below the names of its columns"),
        ("start,queue,minutes\n2025-01-06T08:00,a,3\n", "has no column offered"),
    ],
)
def test_a_file_without_contacts_is_told(content: str, said: str, tmp_path: Path) -> None:
    (found,) = mistakes(content, tmp_path)
    assert found.startswith(f"history.csv: {said}")


def test_a_window_without_rows_is_told(tmp_path: Path) -> None:
    rules = Rules(window=window("2026-01-01", None, None))

    assert mistakes(INTERVALS, tmp_path, rules) == [
        "history.csv: has no row in the window asked for; change --from and --to"
    ]


def test_a_queue_given_twice_is_told(tmp_path: Path) -> None:
    (found,) = mistakes(INTERVALS, tmp_path, Rules(queue="sales"))
    assert found.endswith("has a column of queues, and --queue says they are one; leave --queue out")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"none\.csv: cannot be read"):
        read_history(tmp_path / "none.csv", Rules())


@pytest.mark.parametrize(
    "rows, note",
    [
        ([{"offered": 10.5, "answered": 10.5}], "offered holds fractions"),
        (
            [{"offered": 10, "answered": 5, "abandoned": 1}],
            "answered and abandoned add up to 6, offered to 10",
        ),
        ([{"offered": 10, "answered": 8}], "the file does not count the abandoned"),
    ],
)
def test_what_is_odd_is_noted(rows: list[dict[str, Any]], note: str) -> None:
    table = table_of([{"start": "2025-01-06T08:00", "queue": "a", **row} for row in rows])

    assert any(said.startswith(note) for said in history_of(table, Rules()).notes)
