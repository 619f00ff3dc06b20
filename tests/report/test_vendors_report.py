"""What reports say of vendors: a month's invoice line by line, and agents by interval."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from planner.contracts.invoice import invoice
from planner.plan import ContractRow, Plan, VendorRow, read_plan
from planner.report.files import write_results
from planner.report.text import print_plan
from planner.report.workbook import workbook
from planner.scenario.contracts import MinuteContract, SeatContract
from tests.report.sample_plan import at, sample_plan

CONTRACT = MinuteContract.model_validate(
    {
        "by": "minute",
        "tiers": [{"up_to": 1000.0, "price": 1.2}, {"price": 0.9}],
        "minimum_spend": 5000.0,
        "setup_fee": {"amount": 600.0, "months": 6},
        "performance": {
            "measure": "csat",
            "threshold": 0.85,
            "reduction": 0.2,
            "probability_of_missing": 0.1,
        },
    }
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    month = invoice(CONTRACT, 2000.0)
    months = 7 * 12 / 365
    on = ContractRow(
        vendor="relief",
        on=True,
        months=months,
        volume=2000.0 * months,
        month=month,
        due_at_once=0.0,
        fee=month.fee * months,
        expected_cut=month.expected_cut * months,
    )
    off = on.model_copy(update={"vendor": "spare", "on": False, "month": None, "fee": 0.0, "volume": 0.0})
    row = VendorRow(start=at(0, 9), vendor="relief", queue="presales", agents=2.5, busy=1.5, minutes=45.0)
    return sample_plan(vendors=(row,), contracts=(on, off))


def test_the_invoice_stands_in_the_text_line_by_line(plan: Plan) -> None:
    written = io.StringIO()
    print_plan(plan, Console(file=written, width=80, highlight=False))
    shown = written.getvalue()
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "…" not in shown
    lines = {" ".join(line.split()) for line in shown.splitlines()}
    assert "relief Tier 1,000 1.2 1,200" in lines
    assert "Tier 1,000 0.9 900" in lines
    assert "Minimum spend 2,900" in lines
    assert "Setup fee 100" in lines
    assert "Fee a month 5,100" in lines
    assert "Expected cut, in no cost 100" in lines
    assert "spare off" in lines


@pytest.fixture(scope="module")
def seated() -> Plan:
    """Four seats too many for a corridor whose edge lies between two."""
    corridor = {"committed_seats": 8, "width": 0.1, "price_above": 12500.0}
    contract = SeatContract.model_validate({"by": "seat", "price": 6500.0, "corridor": corridor})
    month, months = invoice(contract, 12), 7 * 12 / 365
    fee = month.fee * months
    row = ContractRow(
        vendor="vendor",
        on=True,
        months=months,
        volume=12,
        month=month,
        due_at_once=0.0,
        fee=fee,
        expected_cut=0.0,
    )
    return sample_plan(contracts=(row,))


def test_the_invoice_of_seats_shows_the_part_of_a_seat_beyond_the_corridor(seated: Plan) -> None:
    written = io.StringIO()
    print_plan(seated, Console(file=written, width=80, highlight=False))
    lines = {" ".join(line.split()) for line in written.getvalue().splitlines()}
    assert "vendor Seats 8.8 6,500 57,200" in lines
    assert "Seats above the corridor 3.2 12,500 40,000" in lines
    assert "Fee a month 97,200" in lines


def test_the_workbook_of_a_plan_with_seats_has_invoices_and_no_minutes(seated: Plan) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(seated)))
    rows = [[cell.value for cell in row] for row in book["Contracts"].iter_rows(min_row=2)]
    assert [row[1] for row in rows] == [
        "Seats", "Seats above the corridor", "Fee a month", "Expected cut, in no cost", "Fee over the plan",
    ]  # fmt: skip
    assert rows[2][2] == 12
    assert "Vendors" not in book.sheetnames


def test_a_plan_without_vendors_shows_no_contracts() -> None:
    written = io.StringIO()
    print_plan(sample_plan(), Console(file=written, width=80, highlight=False))
    assert "Contracts" not in written.getvalue()


def test_the_workbook_has_the_invoice_and_the_intervals(plan: Plan) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(plan)))
    items = [row[1].value for row in book["Contracts"].iter_rows(min_row=2)]
    assert items == [
        "Tier", "Tier", "Minimum spend", "Setup fee", "Fee a month",
        "Expected cut, in no cost", "Fee over the plan", "off",
    ]  # fmt: skip
    values = [cell.value for cell in next(book["Vendors"].iter_rows(min_row=2))]
    assert values[:2] == ["relief", "presales"]
    assert values[3:] == [2.5, 1.5, 45.0]
    assert "Contracts" not in openpyxl.load_workbook(io.BytesIO(workbook(sample_plan()))).sheetnames


def test_a_plan_with_vendors_is_read_as_it_was_written(plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_results(plan, folder)
    assert read_plan(folder) == plan
    assert list(plan.frame("vendors")["minutes"]) == [45.0]
