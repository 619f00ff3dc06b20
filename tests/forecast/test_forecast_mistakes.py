"""What is said about forecasts that are wrong, word for word."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from planner.errors import InvalidInput
from planner.forecast.reading import bytes_of, table_in
from tests.scenario.samples import FORECAST, SCENARIO, changed, mistakes, row

CELLS: list[tuple[dict[str, Any], str]] = [
    ({"contacts": "many"}, "row 2: contacts must be a number (got 'many')"),
    ({"contacts": "12,5"}, "row 2: contacts must be a number (got '12,5'; write 12.5)"),
    ({"contacts": "1,200"}, "row 2: contacts must be a number (got '1,200'; write 1200)"),
    ({"contacts": True}, "row 2: contacts must be a number (got true)"),
    ({"contacts": "nan"}, "row 2: contacts must be a number (got 'nan')"),
    ({"contacts": float("inf")}, "row 2: contacts must be a number (got inf)"),
    ({"contacts": -3}, "row 2: contacts must be at least 0 (got -3)"),
    ({"contacts": 2e7}, "row 2: contacts must be at most 10,000,000 (got 2e+07)"),
    ({"contacts": None}, "row 2: contacts is empty; write 0 for none"),
    ({"contacts": float("nan")}, "row 2: contacts is empty; write 0 for none"),
    ({"handle_time_seconds": 0}, "row 2: handle_time_seconds must be above 0 beside contacts (got 0)"),
    ({"handle_time_seconds": -9}, "row 2: handle_time_seconds must be at least 0 (got -9)"),
    ({"handle_time_seconds": ""}, "row 2: handle_time_seconds is empty beside contacts; write seconds"),
]
PLACES: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"start": "8 o'clock"},
        ['row 2: start must be a time such as 2026-03-02T08:00 (got "8 o\'clock")'],
    ),
    (
        {"start": "2026-03-02T08:10"},
        ["row 2: start 2026-03-02T08:10 lies off the grid of 30 minutes from midnight"],
    ),
    (
        {"start": "2026-03-03T08:30"},
        [
            "row 2: start 2026-03-03T08:30 lies outside the calendar, 2026-03-02 to 2026-03-02; "
            "take a window with forecast.from and forecast.to"
        ],
    ),
    (
        {"start": "2026-03-02T08:00"},
        ["row 2: presales 2026-03-02T08:00 stands in row 1 already; leave one out"],
    ),
    (
        {"queue": "presale"},
        ["row 2: queue is no queue of the scenario (got 'presale'; write presales)"],
    ),
    (
        {"start": "2026-03-02T12:00"},
        [
            "row 2: presales is closed at 2026-03-02T12:00, so contacts must be 0 (got 20); "
            "or widen queues.presales.open"
        ],
    ),
]
MISSING = "presales: 1 interval missing, first 2026-03-02T08:30; write 0 contacts for none"


@pytest.mark.parametrize("cells, said", CELLS)
def test_a_wrong_cell_is_told_with_its_row(cells: dict[str, Any], said: str) -> None:
    assert mistakes(SCENARIO, row(2, **cells)) == [f"forecast: {said}"]


@pytest.mark.parametrize("cells, said", PLACES)
def test_a_row_in_the_wrong_place_leaves_its_interval_missing(cells: dict[str, Any], said: list[str]) -> None:
    assert mistakes(SCENARIO, row(2, **cells)) == [f"forecast: {line}" for line in (*said, MISSING)]


def test_missing_intervals_are_grouped() -> None:
    assert mistakes(SCENARIO, FORECAST[:1]) == [
        "forecast: presales: 3 intervals missing, first 2026-03-02T08:30; write 0 contacts for none"
    ]


def test_a_queue_without_rows_is_told_once() -> None:
    document = changed("queues/vip", {"patience_seconds": 60})
    document["pools"]["own"]["queues"] = ["presales", "vip"]
    assert mistakes(document) == ["forecast: vip: has no row; every queue of the scenario needs its rows"]


def test_no_row_is_a_mistake_and_so_is_no_table() -> None:
    assert mistakes(SCENARIO, {"start": [], "queue": [], "contacts": [], "handle_time_seconds": []}) == [
        "forecast: has no row below the names of its columns"
    ]
    assert mistakes(SCENARIO, {"start": [1], "queue": []}) == [
        "forecast: columns must have one length (got 0, 1)"
    ]
    assert mistakes(SCENARIO, [1, 2]) == [
        "forecast: rows must be mappings such as {start: ..., queue: ..., contacts: ...}"
    ]
    assert mistakes(SCENARIO, 5) == ["forecast: must be a data frame, a mapping of columns or a list of rows"]


def test_missing_columns_are_told_with_those_there_are() -> None:
    rows = [{"starts": one["start"], "contacts": 1, "aht": 240} for one in FORECAST]
    assert mistakes(SCENARIO, rows) == [
        "forecast: has no column start (it has starts, contacts, aht); "
        "name it under forecast.columns.start: starts",
        "forecast: has no column queue (it has starts, contacts, aht); "
        "name it under forecast.columns.queue or give forecast.constants.queue",
        "forecast: has no column handle_time_seconds (it has starts, contacts, aht); "
        "name it under forecast.columns.handle_time_seconds or give forecast.constants.handle_time_seconds",
    ]


def test_a_mapped_column_that_is_not_there_is_told_with_the_nearest() -> None:
    assert mistakes(changed("forecast/columns/contacts", "contact")) == [
        "forecast: has no column 'contact', which forecast.columns.contacts names (write contacts)"
    ]


def test_a_column_and_a_constant_for_the_same_are_a_mistake() -> None:
    assert mistakes(changed("forecast/constants/queue", "presales")) == [
        "forecast: has a column queue, and so has forecast.constants.queue; leave one out"
    ]


def test_rows_closer_or_further_apart_than_the_intervals_are_told_once() -> None:
    closer = [FORECAST[0] | {"start": f"2026-03-02T{8 + n // 4:02d}:{n % 4 * 15:02d}"} for n in range(8)]
    assert mistakes(SCENARIO, closer) == [
        "forecast: rows lie 15 minutes apart, the calendar's intervals are 30 minutes; "
        "add the rows up, or write interval_minutes: 15"
    ]
    wide = changed("queues/presales/open", {"mon": "08:00-12:00"})
    further = [FORECAST[0] | {"start": f"2026-03-02T{8 + n:02d}:00"} for n in range(4)]
    assert mistakes(wide, further) == [
        "forecast: rows lie 60 minutes apart, the calendar's intervals are 30 minutes; "
        "split the rows, or write interval_minutes: 60"
    ]


def test_many_mistakes_of_a_kind_are_listed_and_then_counted() -> None:
    rows = FORECAST + [FORECAST[0] | {"start": f"bad {n}"} for n in range(25)]
    lines = mistakes(SCENARIO, rows)
    assert len(lines) == 21
    assert lines[-1] == "forecast: and 5 more rows without a start that can be read"


def test_automation_beside_a_requirement_is_a_mistake() -> None:
    rows = [{"start": one["start"], "queue": "presales", "agents": 2} for one in FORECAST]
    document = changed("queues/presales/automation", {"intents": [{"name": "all", "share": 1}]})
    assert mistakes(document, rows) == [
        "scenario: queues.presales.automation: "
        "needs contacts, and the forecast gives agents; leave automation out"
    ]


FILES: list[tuple[bytes, str]] = [
    (b"", "f: is empty; write start, queue, contacts, handle_time_seconds and a row per interval"),
    (b" \n\n", "f: is empty; write start, queue, contacts, handle_time_seconds and a row per interval"),
    (b"a,b\n1,2\n\xff\xff,3\n",
     "f: row 3: is neither UTF-8 nor GB18030 text (byte 0xff); save it as CSV UTF-8"),
    ("a,b\n".encode("utf-16"), "f: is UTF-16 text; save it as CSV UTF-8"),
    (b"a\x00b", "f: is neither CSV, Excel (.xlsx) nor Parquet"),
    (b"\n\na,b\n", "f: must name its columns in row 1 (got an empty row)"),
    (b"\xd0\xcf\x11\xe0rest", "f: is an old or locked Excel file; save it as .xlsx without a password"),
    (b"PK\x03\x04rest", "f: is no Excel file that can be read: File is not a zip file"),
]  # fmt: skip


@pytest.mark.parametrize("content, said", FILES)
def test_a_file_that_is_no_table_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as failure:
        table_in(content, "f")
    assert str(failure.value) == said


def test_a_file_of_200_mb_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(InvalidInput) as failure:
        bytes_of(path, "big.csv")
    assert str(failure.value) == (
        "big.csv: must be at most 50 MB (got 200 MB); keep only the planned days and their columns"
    )


def test_a_folder_or_a_file_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    for path, why in ((tmp_path, "Is a directory"), (tmp_path / "no.csv", "No such file or directory")):
        with pytest.raises(InvalidInput, match=f"f: cannot be read: {why}"):
            bytes_of(path, "f")


def test_a_cell_far_out_in_a_sheet_is_refused_not_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "start")
        sheet.write(1_048_575, 16_383, 1)
    with pytest.raises(
        InvalidInput, match="reaches to row 1,048,576, column 16,384; delete what lies outside"
    ):
        table_in(path.read_bytes(), "far.xlsx")


def test_a_sheet_that_is_not_there_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    with Workbook(path) as book:
        book.add_worksheet("week").write(0, 0, "start")
    with pytest.raises(InvalidInput, match=r"two: has no sheet 'weak' \(it has week\)"):
        table_in(path.read_bytes(), "two", "weak")


def test_rows_count_as_a_person_counts_them_blank_and_ragged_ones_too() -> None:
    table = table_in(b"a,b\r\n1,2\r\n\r\n,\r\n1,2,3\r\n5,6\r\n\r\n", "f")
    assert table.row.tolist() == [2, 6]
    assert table.ragged == ((5, 3),)


def said_or_read(content: bytes) -> None:
    """Either a whole table comes back, or mistakes of one line each."""
    try:
        table = table_in(content, "f")
    except InvalidInput as failure:
        told = [str(mistake) for mistake in failure.mistakes]
    else:
        told = []
        assert all(column.codes.size == table.rows for column in table.columns)
    assert all("\n" not in line for line in told)


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda rest: b"PAR1" + rest)))
def test_any_bytes_are_a_table_or_a_mistake_in_words(content: bytes) -> None:
    said_or_read(content)


@given(st.text(alphabet=",;\t\"'ab1\r\n ", max_size=80))
def test_any_text_is_a_table_or_a_mistake_in_words(text: str) -> None:
    said_or_read(text.encode())


@given(st.integers(0, 700), st.binary(min_size=1, max_size=4))
def test_a_damaged_parquet_file_is_read_or_refused_in_words(at: int, damage: bytes) -> None:
    memory = io.BytesIO()
    pd.DataFrame(FORECAST).to_parquet(memory, index=False)
    whole = memory.getvalue()
    said_or_read(whole[:at] + damage + whole[at + len(damage) :])
