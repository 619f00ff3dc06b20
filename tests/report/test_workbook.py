"""The workbook: totals computed by another program, words in both languages, names that stay names."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner import make_plan, read_problem
from planner.plan import LABOUR, Plan
from planner.report.files import write_results
from planner.report.labels import Labels, Language, labels_in
from planner.report.workbook import workbook
from tests.report.office import computed, forgotten
from tests.report.sample_plan import sample_plan, seat

ROOT = Path(__file__).resolve().parents[2]
DANGEROUS = ("=1+1", "+1", "-1", "@sum", "=HYPERLINK(1)", "'=1", "&P")


@pytest.fixture(scope="module")
def minimal() -> Plan:
    return make_plan(read_problem(ROOT / "scenarios" / "minimal.yaml"))


def rows(book: openpyxl.Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].values)


def named(found: list[tuple[Any, ...]], name: str) -> tuple[Any, ...]:
    """The last row that begins with a name."""
    return [row for row in found if row[0] == name][-1]


@pytest.mark.parametrize("language, source", [("en", "by hand"), ("zh-CN", "made")])
def test_totals_computed_by_another_program_are_those_of_the_plan(
    minimal: Plan, language: Language, source: str, tmp_path: Path
) -> None:
    plan = sample_plan() if source == "by hand" else minimal
    labels = labels_in(language)
    without_values = forgotten(workbook(plan, labels=labels))
    book = openpyxl.load_workbook(io.BytesIO(computed(without_values, tmp_path)), data_only=True)

    _costs(plan, labels, rows(book, labels["costs"]))
    _seats(plan, labels, rows(book, labels["seats"]))
    intervals = rows(book, labels["intervals"])
    assert named(intervals, labels["total"])[2] == pytest.approx(sum(row.contacts for row in plan.agents))
    if plan.headcount:
        people = named(rows(book, labels["headcount"]), labels["total"])[1]
        assert people == sum(entry.people for entry in plan.headcount)


def _costs(plan: Plan, labels: Labels, found: list[tuple[Any, ...]]) -> None:
    for item in {line.item for line in plan.costs}:
        amount = sum(line.amount for line in plan.costs if line.item == item)
        assert named(found, labels[item])[3:5] == (pytest.approx(amount), pytest.approx(amount / plan.cost))
    assert named(found, labels["total"])[3] == pytest.approx(plan.cost)
    labour = sum(line.amount for line in plan.costs if line.item in LABOUR)
    assert named(found, labels["labour share"])[3] == pytest.approx(labour / plan.cost)


def _seats(plan: Plan, labels: Labels, found: list[tuple[Any, ...]]) -> None:
    pools = {entry.pool for entry in plan.seats}
    for pool in pools:
        (total,) = [row for row in found if row[:2] == (pool, labels["total"])]
        assert total[-1] == sum(entry.people for entry in plan.seats if entry.pool == pool)
    for row in found[1:]:
        assert row[-1] == sum(count for count in row[2:-1] if count is not None)
    assert found[-1][-1] == sum(entry.people for entry in plan.seats)


def test_what_was_forgotten_is_not_there_before_it_is_computed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(forgotten(workbook(sample_plan()))), data_only=True)

    assert named(rows(book, "Costs"), "Total")[3] is None


def test_every_word_of_the_code_is_in_the_language_of_the_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(sample_plan(), labels=labels_in("zh-CN"))))

    headings = [str(cell.value) for sheet in book for cell in sheet[1]]
    words = "".join([*book.sheetnames, *headings]).replace("Erlang", "")
    assert not re.search("[A-Za-z]{4}", words)


def test_results_are_written_in_one_language(tmp_path: Path) -> None:
    write_results(sample_plan(), tmp_path, language="zh-CN")

    assert openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames[0] == labels_in("zh-CN")["seats"]


def named_plan(name: str) -> Plan:
    """The sample with this name wherever a person can write one."""
    plan = sample_plan()
    queue = plan.agents[0].queue
    return plan.model_copy(
        update={
            "scenario": name,
            "seats": (seat(name, 0, (8, 17), 1), seat("own", 0, (8, 17), 1)),
            "notes": (name,),
            "agents": tuple(
                row.model_copy(update={"queue": name}) if row.queue == queue else row for row in plan.agents
            ),
            "service": tuple(row.model_copy(update={"queue": name}) for row in plan.service),
            "automation": tuple(row.model_copy(update={"queue": name}) for row in plan.automation),
            "headcount": tuple(row.model_copy(update={"pool": name}) for row in plan.headcount),
            "costs": tuple(row.model_copy(update={"pool": name, "queue": name}) for row in plan.costs),
        }
    )


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_name_that_looks_like_a_formula_stays_a_name(name: str) -> None:
    content = workbook(named_plan(name))
    book = openpyxl.load_workbook(io.BytesIO(content))

    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells if cell.value == name} == {"s"}
    assert all(OURS.fullmatch(cell.value) for cell in cells if cell.data_type == "f")
    assert all(REFERENCE.fullmatch(formula) for formula in chart_formulas(content))
    assert not any(cell.hyperlink for cell in cells)


def test_another_program_reads_such_a_name_as_text_too(tmp_path: Path) -> None:
    content = computed(workbook(named_plan("=1+1")), tmp_path)
    found = openpyxl.load_workbook(io.BytesIO(content), data_only=True)

    assert found["Seats per shift"]["A2"].value == "=1+1"
    assert found["Intervals"]["A2"].value == "=1+1"


OURS = re.compile(
    r"=(SUM\([A-Z]+\d+:[A-Z]+\d+\)|SUMIF\([$A-Z\d:,]+\)|[A-Z]+\d+(\+[A-Z]+\d+)+|D\d+/\$D\$\d+|\(D\d+(\+D\d+)*\)/D\d+)"
)
"""Every formula that we write: sums, and shares of one."""
REFERENCE = re.compile(r"('[^']+'|\w+)!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?")


def chart_formulas(content: bytes) -> Iterator[str]:
    """Whatever the charts refer to."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            if name.startswith("xl/charts/"):
                yield from re.findall("<c:f>([^<]*)</c:f>", file.read(name).decode())
