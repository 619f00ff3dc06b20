"""Parquet files that lie about themselves, or keep one value that stands for millions."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from planner.errors import InvalidInput
from planner.forecast.reading import table_in
from tests.hostile.limits import said

UNREAD = "f: is no Parquet file that can be read: "


def written(table: Any, **options: Any) -> bytes:
    memory = io.BytesIO()
    parquet.write_table(table, memory, **options)
    return memory.getvalue()


GOOD = written(pa.table({"start": ["a", "b", None, "a"], "contacts": [1.0, 2.0, None, 3.0]}))
ROWS = 4_900_000
FOOTERS = [b"PAR1", b"PAR1" * 3, GOOD[:-8] + b"\xff" * 4 + b"PAR1", GOOD[:-8] + bytes(4) + b"PAR1", GOOD[:-1]]


@pytest.mark.parametrize("content", FOOTERS, ids=["magic", "magics", "a long footer", "no footer", "cut off"])
def test_a_broken_footer_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput) as failure:
        table_in(content, "f")
    assert str(failure.value).startswith(UNREAD)


@pytest.mark.parametrize("as_arrow", [True, False])
def test_a_text_of_100_kb_in_millions_of_rows_is_kept_once(as_arrow: bool, tmp_path: Path) -> None:
    text = pa.DictionaryArray.from_arrays(pa.array(np.zeros(ROWS, dtype=np.int32)), pa.array(["x" * 100_000]))
    path = tmp_path / "f"
    path.write_bytes(written(pa.table({"a": text}), store_schema=as_arrow))
    assert path.stat().st_size < 50_000
    assert said('table_in(content, "f")', path, megabytes=600) == "success"


def test_too_many_rows_cells_or_bytes_are_refused_before_they_are_read() -> None:
    def nothing(rows: int, kind: Any) -> Any:
        return pa.array([None], kind).take(pa.array(np.zeros(rows, dtype=np.int8)))

    for table, why in (
        ({"a": nothing(5_000_001, pa.int8())}, "must have at most 5,000,000 rows (got 5,000,001)"),
        (
            {f"c{n}": nothing(100_000, pa.int8()) for n in range(501)},
            "must have at most 50,000,000 cells (got 100,000 rows of 501)",
        ),
        (
            {"a": nothing(1_000, pa.binary(1_000_000))},
            "unpacks to more than 400 MB; keep only the planned days",
        ),
        ({"a": [[1], [2]]}, "holds lists or fields in a; keep columns of plain values"),
    ):
        with pytest.raises(InvalidInput) as failure:
            table_in(written(pa.table(table)), "f")
        assert str(failure.value) == UNREAD + why


def test_any_spoiled_byte_ends_in_words_or_in_a_table() -> None:
    chance = random.Random(1)
    for _ in range(1_500):
        content = bytearray(GOOD)
        for _ in range(chance.choice([1, 1, 2, 5])):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        try:
            table = table_in(bytes(content), "f")
        except InvalidInput:
            continue
        assert all(column.codes.max(initial=-1) < len(column.values) for column in table.columns)


def test_what_is_kept_once_is_read_as_before() -> None:
    table = table_in(GOOD, "f")
    assert (table.column("start").values, table.column("start").codes.tolist()) == (("a", "b"), [0, 1, -1, 0])
    again = pa.DictionaryArray.from_arrays(pa.array([0, 1, None]), pa.array(["a", "a"]))
    column = table_in(written(pa.table({"a": again})), "f").column("a")
    assert (column.values, column.codes.tolist()) == (("a",), [0, 0, -1])
