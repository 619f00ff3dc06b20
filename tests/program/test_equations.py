"""One name in four places: the page on the model, the functions, the rows of the LP file, the tests."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import FunctionType

import pytest

import planner.program
from planner.program import separate
from planner.program.build import FAMILIES, Program, cost
from planner.program.pool_sets import MOST_SETS
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"\(([AM]\d+)\)")
TIERS = [{"up_to": 100.0, "price": 1.0}, {"price": 0.8}]
WRITTEN = [f"A{number}" for number in range(1, 5)] + [f"M{number}" for number in range(26)]
WRITTEN += [f"M{number}" for number in range(30, 33)]
SEATS = {
    **pool(shifts("08:00", 4.0)),
    "kind": "outsourced",
    "pay": {
        "by": "seat",
        "price": 2000.0,
        "minimum_seats": 1,
        "signed": True,
        "seats_now": 3,
        "most_seats_changed_per_month": 2,
    },
}


def page() -> str:
    return (ROOT / "docs" / "explanation" / "model.md").read_text(encoding="utf-8")


def equations(text: str) -> dict[str, str]:
    """Every numbered equation of the page, its blanks made single."""
    found = re.findall(r"^    \(([AM]\d+)\)  (.*(?:\n     +.*)*)", text, re.MULTILINE)
    return {number: " ".join(body.split()) for number, body in found}


def table() -> dict[str, tuple[str, set[str]]]:
    """The page's table: number of each family, its name and the names of its rows."""
    lines = re.findall(r"^\| \((M\d+)\) \| ([\w ]+) \| (.*) \| `(\w+\.py)` \|$", page(), re.MULTILINE)
    return {number: (name, set(re.findall(r"`(\w+)`", rows))) for number, name, rows, _ in lines}


def everything(most_sets: int) -> Program:
    """A problem that asks for rows of every family; sharing by sets of pools or by columns."""
    intents = [{"name": "all", "share": 1.0, "containment": 0.5}]
    again = {"first_contact_resolution": 0.6, "calls_back": 0.6, "redials": 0.5}
    service = {"answer_rate": 0.9}
    calls = queue(automation={"intents": intents, "level_step": 0.5}, service=service, repeats=again)
    helped = {"chats": queue(service=service, repeats=again)}
    relief = {"queues": "chats", "contract": {"by": "minute", "tiers": TIERS}}
    own = pool(
        shifts("08:00", 4.0, minimum_people=2),
        queues=["calls", "chats"],
        pay={"by": "month", "wage": 3000.0},
        contract={"days_off": "consecutive", "least_hours_per_week": 8.0},
        desk_cost_per_month=100.0,
        minimum_headcount=1,
        maximum_seats=9,
        maximum_patterns=1,
        first_contact_resolution={"calls": 0.7, "chats": 0.8},
    )
    none = {"capital": 9.0, "life_years": 1.0, "pools": []}
    platforms = {"none": none, "seat": {"seat_price_per_month": 9.0}}
    pools = {"own": own, "vendor": pool(shifts("08:00", 4.0), brings_platform=True), "seats": SEATS}
    beside = {"technologies": platforms, "vendors": {"relief": relief}}
    asked = scenario({"calls": calls, **helped}, pools, {"days": 7}, **beside)
    return program(problem(asked, {"calls": [20.0], "chats": [5.0]}), most_sets)


@pytest.fixture(scope="module")
def made() -> tuple[Program, Program]:
    return everything(MOST_SETS), everything(0)


def number_of(function: object) -> str:
    found = NUMBER.match(inspect.getdoc(function) or "")
    assert found, f"{function} does not begin with the number of its equation"
    return found[1]


def test_every_equation_is_written_once() -> None:
    numbers = re.findall(r"^    \(([AM]\d+)\)", page(), re.MULTILINE)
    assert sorted(numbers) == sorted(WRITTEN)


def test_every_number_the_code_cites_is_on_the_page() -> None:
    cited = {
        number
        for source in (ROOT / "planner").rglob("*.py")
        for number in NUMBER.findall(source.read_text(encoding="utf-8"))
    }
    assert cited <= set(WRITTEN)


def test_families_stand_in_the_order_of_their_numbers() -> None:
    numbers = [number_of(family) for family in FAMILIES]
    assert numbers == [number for number in table() if number != "M4"]
    assert number_of(cost) == "M0"


@pytest.mark.parametrize("family", [*FAMILIES, cost, separate], ids=lambda family: family.__name__)
def test_the_page_has_the_equation_of_the_docstring(family: object) -> None:
    text = inspect.getdoc(family) or ""
    number, equation = re.search(r"^\((M\d+)\)  (.*)$", text, re.MULTILINE).groups()  # type: ignore[union-attr]  # there
    written = re.split(r"   |;", equation)[0].strip().rstrip(".")
    assert " ".join(written.split()) in equations(page())[number]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_every_family_writes_rows_under_the_names_of_the_page(
    made: tuple[Program, Program], family: FunctionType
) -> None:
    name, rows = table()[number_of(family)]
    assert name.replace(" ", "_") == family.__name__
    written = {row.split("_")[0] for one in made for row, _ in family(one.on, one.decide)}
    assert written == rows


def test_the_lp_file_holds_every_name_of_the_page(made: tuple[Program, Program], tmp_path: Path) -> None:
    rows = set()
    for number, one in enumerate(made):
        file = tmp_path / f"{number}.lp"
        one.write_lp(file)
        rows |= {name.split("_")[0] for name in re.findall(r"^(\w+):", file.read_text(), re.MULTILINE)}
    promised = set().union(*(names for _, names in table().values()))
    assert rows - {"OBJ"} == promised


def test_the_package_lists_the_families_of_the_page() -> None:
    listed = re.findall(r"\((M\d+)\) ([a-z]+(?: [a-z]+)?)", planner.program.__doc__ or "")
    assert dict(listed) == {number: name for number, (name, _) in table().items()}


def test_every_column_of_the_program_is_explained(made: tuple[Program, Program]) -> None:
    letters = {name.split("_")[0] for one in made for name in one.matrix.column_names}
    explained = set(re.findall(r"^    (\w)\[\w+(?:,\w+)*\]  ", page(), re.MULTILINE))
    assert letters <= explained
