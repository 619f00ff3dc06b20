"""Result files: whole or not at all, readable by the programs people have."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.errors import InvalidInput
from planner.plan import Plan, read_plan
from planner.report.files import NAMES, check_folder, write_results
from planner.report.seats_csv import COLUMNS, guarded, seats_csv
from planner.report.workbook import workbook
from tests.report.sample_plan import at, sample_plan, seat


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows_of(plan_csv: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(plan_csv.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(sample_plan())))


def test_a_new_folder_gets_all_files_and_nothing_else(tmp_path: Path) -> None:
    write_results(sample_plan(), tmp_path / "a" / "b")

    assert sorted(contents(tmp_path / "a" / "b")) == sorted(NAMES)
    assert read_plan(tmp_path / "a" / "b") == sample_plan()


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    write_results(sample_plan(), tmp_path)

    assert sorted(contents(tmp_path)) == sorted((*NAMES, "mine.txt"))


def test_a_set_that_cannot_be_completed_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_results(sample_plan(), tmp_path)
    before = contents(tmp_path)
    rename = Path.replace

    def full(self: Path, target: Path) -> Path:
        if self.name == "seats.csv":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(InvalidInput, match="No space left on device"):
        write_results(sample_plan(scenario="another", seats=()), tmp_path)
    assert contents(tmp_path) == before


def test_a_first_set_that_cannot_be_completed_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        if self.name == "plan.xlsx":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write_results(sample_plan(), tmp_path)
    assert contents(tmp_path) == {}


def test_checking_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    check_folder(tmp_path / "later" / "results")
    check_folder(tmp_path)

    assert contents(tmp_path) == {}


def test_a_folder_where_a_result_belongs_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan.json").mkdir()

    with pytest.raises(InvalidInput, match=r"plan\.json: is a folder"):
        check_folder(tmp_path)


def test_seats_are_csv_that_spreadsheets_open() -> None:
    written = seats_csv(sample_plan())

    assert written.startswith(b"\xef\xbb\xbf")
    rows = rows_of(written)
    assert tuple(rows[0]) == COLUMNS
    assert rows[0] == {
        "pool": "own",
        "pattern": "08:00-17:00/12:00-13:00",
        "start": "2026-06-15T08:00:00+08:00",
        "end": "2026-06-15T17:00:00+08:00",
        "breaks": "12:00-13:00 unpaid",
        "people": "6",
    }
    assert sum(int(row["people"]) for row in rows) == sum(entry.people for entry in sample_plan().seats)


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1", "@sum", "\tx", "'quoted", "'=1"])
def test_names_that_look_like_formulas_are_guarded(name: str) -> None:
    rows = rows_of(seats_csv(sample_plan(seats=(seat(name, 0, (8, 17), 1),))))

    assert rows[0]["pool"] == "'" + name
    assert guarded("own") == "own"


def test_the_workbook_is_the_same_for_the_same_plan() -> None:
    assert workbook(sample_plan()) == workbook(sample_plan())


def test_the_sheets_people_open_come_first(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "Seats per shift",
        "Intervals",
        "Service",
        "Costs",
        "Automation",
        "Headcount",
        "Assumptions",
    ]
    assert all(sheet.freeze_panes for sheet in book)


def test_the_seats_sheet_has_patterns_by_day_with_live_totals(book: openpyxl.Workbook) -> None:
    rows = list(book["Seats per shift"].values)

    assert rows[1][:5] == ("own", "08:00-17:00/12:00-13:00", 6, 7, 8)
    assert rows[4][:3] == ("own", "Total", "=SUM(C2:C4)")


def test_totals_hold_their_value_for_readers_that_do_not_compute() -> None:
    values = openpyxl.load_workbook(io.BytesIO(workbook(sample_plan())), data_only=True)

    money = {row[0]: row[3] for row in list(values["Costs"].values)[8:] if row[0]}
    assert money["Wages"] == pytest.approx(48000.5)
    assert money["Total"] == pytest.approx(64000)
    assert money["Labour's share of the cost"] == pytest.approx(60000.5 / 64000)
    assert list(values["Seats per shift"].values)[4][2] == 11


def test_intervals_and_costs_have_charts(book: openpyxl.Workbook) -> None:
    assert len(book["Intervals"]._charts) == 2
    assert len(book["Costs"]._charts) == 1


def test_no_name_becomes_a_formula_or_a_link() -> None:
    plan = sample_plan(
        seats=(seat("=1+1", 0, (8, 17), 1),), notes=("=2+2", "https://example.org"), headcount=()
    )

    cells = [
        cell for sheet in openpyxl.load_workbook(io.BytesIO(workbook(plan))) for row in sheet for cell in row
    ]

    assert {cell.data_type for cell in cells if cell.value in ("=1+1", "=2+2")} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_night_shift_is_listed_on_the_day_it_starts(book: openpyxl.Workbook) -> None:
    night = next(row for row in book["Seats per shift"].values if row[1] == "22:00-06:00")

    assert night[2:9] == (None, None, None, None, 1, None, None)
    assert at(4, 22) in {entry.start for entry in sample_plan().seats}


def test_the_sheet_of_service_has_a_column_more_where_days_may_be_busier() -> None:
    rows = tuple(row.model_copy(update={"expected": 0.5}) for row in sample_plan().service)
    plain, unsure = (
        [[cell.value for cell in row] for row in _service_of(plan).iter_rows()]
        for plan in (sample_plan(), sample_plan(service=rows))
    )
    assert [line[-1] for line in unsure] == [line[-1] for line in plain]
    assert [line[:5] for line in unsure] == [line[:5] for line in plain]
    assert {line[5] for line in unsure[1:]} == {0.5}


def _service_of(plan: Plan) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(plan)))["Service"]
