"""Excel files that would end the process that lays them out: each is refused before, in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import InvalidInput
from planner.forecast.reading import table_in
from tests.hostile.limits import said
from tests.hostile.workbooks import HEAD, lying, workbook

FAR = "f: a sheet reaches to row 1,048,576, column 16,384; delete what lies outside the table"
LAST = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ATTACKS = [
    pytest.param(workbook(HEAD + LAST), FAR, id="far out"),
    pytest.param(workbook(HEAD + LAST.replace(b'"', b"'")), FAR, id="other quotes"),
    pytest.param(workbook(HEAD + LAST.replace(b'r="', b'r = "')), FAR, id="spaces"),
    pytest.param(workbook(HEAD + LAST.replace(b"XFD", b"xfd")), FAR, id="small letters"),
    pytest.param(workbook(HEAD + LAST, place="other/s.xml"), FAR, id="a sheet elsewhere"),
    pytest.param(workbook(HEAD + LAST, place="media/image1.png"), FAR, id="a sheet as a picture"),
    pytest.param(
        workbook(b'<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'),
        FAR,
        id="a cell without a name",
    ),
    pytest.param(
        workbook(b'<row r="1">' + b"<c><v>1</v></c>" * 20_000 + b"</row>"),
        "f: a sheet reaches to row 1, column 16,385; delete what lies outside the table",
        id="too many cells in a row",
    ),
    pytest.param(
        workbook(HEAD + b'<row r="99999999"><c r="A99999999"/></row>'),
        "f: has a row '99999999'; Excel has 1,048,576",
        id="a row that no sheet has",
    ),
    pytest.param(
        workbook(HEAD + b'<row><c r="A99999999999"/></row>'),
        "f: has a cell 'A99999999999'; cells are named such as B12",
        id="a cell that no sheet has",
    ),
    pytest.param(
        workbook(HEAD, before=b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        "f: is no Excel file that can be read: it declares a document type",
        id="entities",
    ),
    pytest.param(
        workbook(HEAD)[:-40], "f: is no Excel file that can be read: File is not a zip file", id="cut off"
    ),
]


@pytest.mark.parametrize("content, why", ATTACKS)
def test_a_hostile_workbook_is_refused_in_words(content: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(content)
    assert said('table_in(content, "f")', path) == why


BLANKS = 401_000_000
BOMBS: list[tuple[Callable[[], bytes], str]] = [
    (
        lambda: workbook(HEAD, b"<sst>" + b"<si/>" * 5_000_001 + b"</sst>"),
        "f: has more than 5,000,000 texts; save the table as CSV",
    ),
    (
        lambda: workbook(HEAD, b" " * BLANKS),
        "f: unpacks to more than 400 MB; save the table as CSV",
    ),
    (
        lambda: lying(workbook(HEAD, b" " * BLANKS), BLANKS, 1_000),
        "f: is no Excel file that can be read: Bad CRC-32 for file 'xl/sharedStrings.xml'",
    ),
]


@pytest.mark.parametrize("made, why", BOMBS, ids=["texts", "a bomb", "a bomb that says it is small"])
def test_a_bomb_is_refused_before_it_is_unpacked(made: Callable[[], bytes], why: str, tmp_path: Path) -> None:
    content = made()
    assert len(content) < 1_000_000
    path = tmp_path / "f"
    path.write_bytes(content)
    assert said('table_in(content, "f")', path, megabytes=200) == why


def test_a_sheet_that_is_none_is_refused() -> None:
    for content in (workbook(b"<row><c"), workbook(HEAD + b"<row></c></row>")):
        with pytest.raises(InvalidInput, match="is no Excel file that can be read"):
            table_in(content, "f")


def test_cells_without_names_lie_side_by_side() -> None:
    row = b"<row><c><v>1</v></c><c><v>2</v></c></row>"
    table = table_in(workbook(row * 3), "f")
    assert (table.names, table.rows) == (("1.0", "2.0"), 2)
