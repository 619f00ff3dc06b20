"""What a forecast file means once it is read."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from planner.forecast.forecast import Forecast
from planner.forecast.reading import table_in
from planner.problem import problem_from, read_problem
from tests.scenario.samples import FORECAST, SCENARIO, changed, mistakes, small
from tests.shared_data import shared

YAML = """
name: small
currency: CNY
calendar: {start: 2026-03-02, days: 1, time_zone: Asia/Shanghai}
forecast: {file: calls.csv}
queues: {presales: {patience_seconds: 90, open: {mon: 08:00-10:00}}}
pools:
  own:
    kind: in_house
    queues: presales
    pay: {by: hour, wage: 30}
    shifts: {starts: 08:00, lengths_hours: 2}
"""
HEADER = "start,queue,contacts,handle_time_seconds"
VOLUMES = {"08:00": 10, "08:30": 20, "09:00": 30, "09:30": 0}
ROWS = [f"2026-03-02T{time},presales,{contacts},240" for time, contacts in VOLUMES.items()]
CSV = "\n".join([HEADER, *ROWS]) + "\n"


def read(folder: Path, content: bytes, name: str = "calls.csv") -> Forecast:
    (folder / "s.yaml").write_text(YAML.replace("calls.csv", name), encoding="utf-8")
    (folder / name).write_bytes(content)
    return read_problem(folder / "s.yaml").forecast


def open_contacts(forecast: Forecast) -> list[float]:
    found: list[float] = forecast.contacts[forecast.open].tolist()
    return found


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode(),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace(HEADER, "时段,队列,呼入量,平均处理时长").encode("gb18030"),
        CSV.replace(HEADER, "时段,队列,呼入量,平均处理时长").encode("utf-8-sig"),
        CSV.replace("2026-03-02T0", "2026/3/2 ").encode(),
        CSV.replace(":00,", ":00+08:00,").replace(":30,", ":30+08:00,").encode(),
        CSV.replace(":00,", ":00:00,").replace("presales", ' "presales"').replace(' "', '"').encode(),
        CSV.replace("09:30,presales,0,240", "09:30,presales,0,").encode(),
        CSV.replace("10,240\n", "10,240\n\n").encode(),
    ],
)
def test_one_table_in_many_hands_is_one_forecast(tmp_path: Path, content: bytes) -> None:
    forecast = read(tmp_path, content)
    assert open_contacts(forecast) == [10, 20, 30, 0]
    assert forecast.handle_time[forecast.open].tolist() == [240, 240, 240, 0]


def test_a_forecast_given_apart_goes_before_the_one_named(tmp_path: Path) -> None:
    read(tmp_path, CSV.encode())
    other = tmp_path / "other.csv"
    other.write_text(CSV.replace("30,240", "31,240"), encoding="utf-8")
    assert open_contacts(read_problem(tmp_path / "s.yaml", other).forecast) == [10, 20, 31, 0]


def test_the_scenario_comes_by_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "calls.csv").write_text(CSV, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(YAML.encode())))
    assert open_contacts(read_problem("-").forecast) == [10, 20, 30, 0]


def test_memory_holds_rows_columns_or_a_data_frame() -> None:
    columns = {name: [row[name] for row in FORECAST] for name in FORECAST[0]}
    for given_ in (FORECAST, columns, pd.DataFrame(FORECAST)):
        assert open_contacts(small(forecast=given_).forecast) == [10, 20, 30, 0]


def test_rows_outside_the_window_are_ignored_and_counted_whatever_they_hold() -> None:
    document = changed("forecast", {"from": "2026-03-02", "to": "2026-03-02T10:00"})
    rows = [
        *FORECAST,
        FORECAST[0] | {"start": "2026-03-02T10:00", "contacts": "rubbish"},
        FORECAST[0] | {"start": "2026-03-01T23:30", "queue": "?"},
    ]
    assert small(document, rows).forecast.ignored_rows == 2


def test_contacts_go_before_agents_unless_agents_are_mapped_alone() -> None:
    rows = [row | {"agents": 3} for row in FORECAST]
    both = small(forecast=rows).forecast
    assert both.agents is None
    assert len(both.notes) == 1
    mapped = small(changed("forecast/columns/agents", "agents"), rows).forecast
    assert mapped.agents is not None
    assert mapped.agents[mapped.open].tolist() == [3, 3, 3, 3]
    assert not mapped.contacts.any()


def around_the_clock(days: int, start: str, zone: str = "Europe/Berlin", minutes: int = 15) -> dict[str, Any]:
    document = deepcopy(SCENARIO)
    document["calendar"] = {"start": start, "days": days, "interval_minutes": minutes, "time_zone": zone}
    document["queues"]["presales"]["open"] = "always"
    return document


def local_rows(start: datetime, count: int, minutes: int = 15, offset: bool = False) -> list[dict[str, Any]]:
    """Rows on the UTC grid, stamped as the wall clock reads; contacts count 0, 1, 2, ..."""
    moments = [
        (start.astimezone(UTC) + timedelta(minutes=minutes * n)).astimezone(start.tzinfo)
        for n in range(count)
    ]
    texts = [(moment if offset else moment.replace(tzinfo=None)).isoformat() for moment in moments]
    return [FORECAST[0] | {"start": text, "contacts": n} for n, text in enumerate(texts)]


@pytest.mark.parametrize("offset", [False, True])
@pytest.mark.parametrize("day, quarters", [("2026-03-29", 92), ("2026-10-25", 100)])
def test_days_on_which_clocks_change_have_92_and_100_quarter_hours(
    day: str, quarters: int, offset: bool
) -> None:
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    forecast = problem_from(around_the_clock(1, day), local_rows(midnight, quarters, offset=offset)).forecast
    assert forecast.contacts[:, 0].tolist() == list(range(quarters))


def test_an_hour_that_clocks_skip_is_a_mistake() -> None:
    midnight = datetime(2026, 3, 29, tzinfo=ZoneInfo("Europe/Berlin"))
    rows = [*local_rows(midnight, 92), FORECAST[0] | {"start": "2026-03-29T02:30"}]
    assert mistakes(around_the_clock(1, "2026-03-29"), rows) == [
        "forecast: row 93: start does not exist in Europe/Berlin: "
        "clocks go forward over 2026-03-29 02:30; leave the row out"
    ]


def test_one_pass_only_of_the_hour_that_clocks_repeat_leaves_the_second_missing() -> None:
    midnight = datetime(2026, 10, 25, tzinfo=ZoneInfo("Europe/Berlin"))
    rows = local_rows(midnight, 100)
    assert mistakes(around_the_clock(1, "2026-10-25"), rows[:12] + rows[16:]) == [
        "forecast: presales: 4 intervals missing, first 2026-10-25T02:00; write 0 contacts for none"
    ]


def test_a_night_belongs_to_the_day_it_starts_on_and_wraps_in_a_cyclic_week() -> None:
    """Open on Sunday nights only, 22:00 to 02:00; Monday 2 March 2026 is the first day."""
    document = around_the_clock(7, "2026-03-02", "UTC", 60)
    document["queues"]["presales"]["open"] = {"sun": "22:00-02:00"}
    hours = [0, 1, 166, 167]
    start = datetime(2026, 3, 2, tzinfo=UTC)
    rows = [FORECAST[0] | {"start": (start + timedelta(hours=hour)).isoformat()} for hour in hours]
    for cyclic in (False, True):
        document["calendar"]["cyclic"] = cyclic
        assert np.flatnonzero(problem_from(document, rows).forecast.open[:, 0]).tolist() == hours
    document["queues"]["presales"]["open"] = {"tue": "22:00-02:00"}
    document["calendar"] |= {"days": 2}
    tuesday = [
        FORECAST[0] | {"start": (start + timedelta(hours=hour)).isoformat()} for hour in (0, 1, 46, 47)
    ]
    assert len(problem_from(document, tuesday).forecast.open[:, 0].nonzero()[0]) == 4
    document["calendar"]["cyclic"] = False
    assert len(problem_from(document, tuesday[2:]).forecast.open[:, 0].nonzero()[0]) == 2


def test_a_real_bank_week_is_read_with_constants_and_a_window() -> None:
    """Counts summed from the file by its own lines, Monday 3 to Friday 7 March 2003."""
    path = shared("data/bank_calls_30min_2003_mar_aug.csv")
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    week = [float(calls) for start, calls in lines if "2003-03-03" <= start < "2003-03-08"]
    document = around_the_clock(5, "2003-03-03", "America/New_York", 30)
    document["queues"] = {"bank": {"patience_seconds": 120, "open": {"mon-fri": "07:00-21:00"}}}
    document["pools"]["own"]["queues"] = ["bank"]
    document["forecast"] = {
        "columns": {"start": "interval_start", "contacts": "calls"},
        "constants": {"queue": "bank", "handle_time_seconds": 240},
        "from": "2003-03-03",
        "to": "2003-03-08",
    }
    frame = pd.read_csv(path)
    forecast = problem_from(document, frame).forecast
    assert open_contacts(forecast) == week
    assert forecast.ignored_rows == len(lines) - len(week)


def as_csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False).encode()


def as_excel(frame: pd.DataFrame) -> bytes:
    memory = io.BytesIO()
    with Workbook(memory, {"in_memory": True}) as book:
        sheet, dated = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, list(frame))
        for number, (start, *cells) in enumerate(frame.itertuples(index=False), start=1):
            sheet.write_datetime(number, 0, start.to_pydatetime(), dated)
            sheet.write_row(number, 1, cells)
    return memory.getvalue()


def as_parquet(frame: pd.DataFrame) -> bytes:
    return frame.to_parquet(index=False)


@pytest.mark.parametrize("written", [as_csv, as_excel, as_parquet])
@given(contacts=st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=48, max_size=48))
def test_what_is_written_is_what_is_read(
    written: Callable[[pd.DataFrame], bytes], contacts: list[float]
) -> None:
    document = around_the_clock(1, "2026-03-02", "Asia/Shanghai", 30)
    starts = pd.date_range("2026-03-02", periods=48, freq="30min")
    frame = pd.DataFrame(
        {"start": starts, "queue": "presales", "contacts": contacts, "handle_time_seconds": 200.5}
    )
    table = table_in(written(frame), "forecast")
    cells = {
        name: [None if code < 0 else column.values[code] for code in column.codes]
        for name, column in zip(table.names, table.columns, strict=True)
    }
    forecast = problem_from(document, cells).forecast
    np.testing.assert_allclose(
        forecast.contacts[:, 0], contacts, rtol=1e-15 if written is not as_excel else 1e-14
    )
    assert set(forecast.handle_time[:, 0]) <= {0.0, 200.5}


def test_a_month_of_ten_queues_in_quarter_hours_is_read_in_a_moment(tmp_path: Path) -> None:
    queues = [f"q{n}" for n in range(10)]
    document = around_the_clock(28, "2026-03-02", "UTC", 15)
    document["queues"] = {name: {"patience_seconds": 60} for name in queues}
    document["pools"]["own"]["queues"] = queues
    starts = pd.date_range("2026-03-02", periods=28 * 96, freq="15min").strftime("%Y-%m-%dT%H:%M")
    lines = [f"{start},{name},12.5,240" for start in starts for name in queues]
    table = table_in("\n".join([HEADER, *lines]).encode(), "f")
    cells = {
        name: np.array(column.values, dtype=object)[column.codes].tolist()
        for name, column in zip(table.names, table.columns, strict=True)
    }
    assert problem_from(document, cells).forecast.contacts.sum() == 28 * 96 * 10 * 12.5
