"""A forecast file as a table: CSV, Excel or Parquet, told apart by their first bytes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from planner.arrays import frozen_counts
from planner.errors import InvalidInput, Mistake
from planner.forecast import parquet
from planner.forecast.archive import guard
from planner.forecast.parquet import MOST_ROWS
from planner.forecast.table import Column, Table, column_of

MOST_BYTES = 50_000_000  # a year of quarter hours of 30 queues; in the worst case read in 0.9 GB
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def bytes_of(path: Path, file: str) -> bytes:
    """What a file holds.

    Raises
    ------
    InvalidInput
        If it cannot be read or is larger than we plan from.
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
            size = max(path.stat().st_size, len(content))
    except (OSError, ValueError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else str(failure)
        raise _refused(file, f"cannot be read: {reason}") from failure
    if len(content) > MOST_BYTES:
        remedy = "keep only the planned days and their columns"
        raise _refused(file, f"must be at most {MOST_BYTES // 10**6} MB (got {size / 1e6:.0f} MB); {remedy}")
    return content


def table_in(content: bytes, file: str, sheet: str | None = None) -> Table:
    """The table that a file's bytes hold.

    Raises
    ------
    InvalidInput
        If it is empty or no table of a kind we read.
    """
    if not content.strip():
        raise _refused(
            file, "is empty; write start, queue, contacts, handle_time_seconds and a row per interval"
        )
    if content.startswith(b"PAR1"):
        return _parquet(content, file)
    if content.startswith(b"PK\x03\x04"):
        return _excel(content, file, sheet)
    if content.startswith(_OLD_EXCEL):
        raise _refused(file, "is an old or locked Excel file; save it as .xlsx without a password")
    return _csv(content, file)


def _csv(content: bytes, file: str) -> Table:
    import pyarrow as pa
    from pyarrow import csv as arrow

    text = _utf8(content, file)
    delimiter, names = _header(text, file)
    skipped: dict[int, int] = {}

    def skip(row: Any) -> str:
        skipped[row.number] = row.actual_columns
        return "skip"

    keys = [str(number) for number in range(len(names))]
    try:
        read = arrow.read_csv(
            pa.BufferReader(text),
            read_options=arrow.ReadOptions(use_threads=False, column_names=keys, skip_rows_after_names=0),
            parse_options=arrow.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=arrow.ConvertOptions(
                column_types=dict.fromkeys(keys, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowInvalid as failure:
        raise _refused(file, f"is no table of text: {_one_line(failure)}") from failure
    number = np.arange(1, read.num_rows + len(skipped) + 1)
    number = number[~np.isin(number, list(skipped))][1:]
    whole = _from_arrow(read.slice(1), Table(file, names, (), frozen_counts(number), tuple(skipped.items())))
    return _without_empty_rows(whole)


def _utf8(content: bytes, file: str) -> bytes:
    """The same text in UTF-8, read as UTF-8 or else as GB18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(file, "is UTF-16 text; save it as CSV UTF-8")
    if b"\x00" in content:
        raise _refused(file, "is neither CSV, Excel (.xlsx) nor Parquet")
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as failure:
        try:
            return content.decode("gb18030").encode("utf-8")
        except UnicodeDecodeError:
            row = content.count(b"\n", 0, failure.start) + 1
            found = f"byte 0x{content[failure.start]:02x}"
            problem = f"is neither UTF-8 nor GB18030 text ({found}); save it as CSV UTF-8"
            raise InvalidInput([Mistake(file, f"row {row}", problem)]) from failure
    return content


def _header(text: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The delimiter and the names of the first row."""
    first = text[:100_000].lstrip(b"\r\n").decode("utf-8", "ignore")
    line = re.split(r"[\r\n]", first, maxsplit=1)[0]
    if text[:1] in b"\r\n":
        raise _refused(file, "must name its columns in row 1 (got an empty row)")
    delimiter = max(",;\t", key=line.count)
    try:
        names = next(csv.reader(io.StringIO(first, newline=""), delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration) as failure:
        raise _refused(file, f"must name its columns in row 1 ({failure})") from failure
    return delimiter, tuple(name.strip() for name in names)


def _excel(content: bytes, file: str, sheet: str | None) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook

    guard(content, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(book.sheet_names)
        wanted = names[0] if sheet is None and names else sheet
        if wanted not in names:
            raise _refused(file, f"has no sheet {wanted!r} (it has {', '.join(names) or 'none'})")
        rows = book.get_sheet_by_name(str(wanted)).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as failure:
        raise _refused(file, f"is no Excel file that can be read: {_one_line(failure)}") from failure
    filled = [number for number, row in enumerate(rows, start=1) if any(cell != "" for cell in row)]
    if not filled:
        raise _refused(file, f"sheet {wanted!r} is empty")
    if filled[0] != 1:
        raise _refused(file, f"must name its columns in row 1 (sheet {wanted!r} starts in row {filled[0]})")
    width = max((place + 1 for place, cell in enumerate(rows[0]) if cell != ""), default=0)
    cells = [column_of(rows[number - 1][place] for number in filled[1:]) for place in range(width)]
    return Table(
        file, tuple(str(name).strip() for name in rows[0][:width]), tuple(cells), frozen_counts(filled[1:])
    )


def _parquet(content: bytes, file: str) -> Table:
    import pyarrow as pa

    try:
        read = parquet.table_of(content)
        names = tuple(str(name) for name in read.column_names)
        row = frozen_counts(np.arange(1, read.num_rows + 1))
        return _from_arrow(read, Table(file, names, (), row))
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as failure:
        raise _refused(file, f"is no Parquet file that can be read: {_one_line(failure)}") from failure


def _from_arrow(read: Any, table: Table) -> Table:
    if read.num_rows > MOST_ROWS:
        raise _refused(table.file, f"must have at most {MOST_ROWS:,} rows (got {read.num_rows:,})")
    columns = tuple(_arrow_column(read.column(place)) for place in range(read.num_columns))
    return Table(table.file, table.names, columns, table.row, table.ragged)


def _without_empty_rows(table: Table) -> Table:
    filled = np.zeros(table.rows, dtype=np.bool_)
    for column in table.columns:
        filled |= column.codes >= 0
    columns = tuple(Column(frozen_counts(column.codes[filled]), column.values) for column in table.columns)
    return replace(table, columns=columns, row=frozen_counts(table.row[filled]))


def _arrow_column(chunks: Any) -> Column:
    import pyarrow as pa

    kind = chunks.type
    if pa.types.is_nested(kind) or pa.types.is_null(kind):
        return column_of(None if value is None else repr(value) for value in chunks.to_pylist())
    if pa.types.is_timestamp(kind):
        chunks = chunks.cast(pa.timestamp("us", tz=kind.tz), safe=False)
    if pa.types.is_dictionary(kind):
        return _dictionary_column(chunks.unify_dictionaries().combine_chunks())
    coded = chunks.dictionary_encode().combine_chunks()
    coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return Column(frozen_counts(codes), tuple(coded.dictionary.to_pylist()))


def _dictionary_column(coded: Any) -> Column:
    """A column whose values the file keeps once each; they are never written out."""
    import pyarrow as pa

    if isinstance(coded, pa.ChunkedArray):
        coded = coded.chunk(0) if coded.num_chunks else pa.array([], coded.type)
    coded.validate(full=True)
    known = column_of(coded.dictionary.to_pylist())
    codes = np.append(known.codes, -1)[coded.indices.fill_null(len(known.codes)).to_numpy()]
    return Column(frozen_counts(codes), known.values)


def _one_line(failure: Exception) -> str:
    return " ".join(str(failure).split())[:200]


def _refused(file: str, problem: str) -> InvalidInput:
    return InvalidInput([Mistake(file, "", problem)])
