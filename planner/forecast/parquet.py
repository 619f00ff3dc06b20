"""Whether a Parquet file can be laid out: its rows and columns are counted before any is read.

A value that is written once may stand for millions of rows: texts are read as the file keeps them, each
once, and what holds lists is not read at all.
"""

from __future__ import annotations

from typing import Any

MOST_ROWS = 5_000_000
_MOST_CELLS = 50_000_000
_MOST_UNPACKED = 400_000_000
_NAMED = 20


def table_of(content: bytes) -> Any:
    """The arrow table that Parquet bytes hold.

    Raises
    ------
    ValueError
        If there is too much of it, or a column holds lists or fields.
    pyarrow.ArrowException, OSError
        If it cannot be read.
    """
    import pyarrow as pa
    from pyarrow import parquet

    schema = parquet.read_schema(pa.BufferReader(content))
    texts = [field.name for field in schema if _text(field.type)]
    opened = parquet.ParquetFile(pa.BufferReader(content), read_dictionary=texts)
    wrong = _too_much(opened.metadata, schema)
    if wrong is not None:
        raise ValueError(wrong)
    return opened.read(use_threads=False)


def _text(kind: Any) -> bool:
    import pyarrow as pa

    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    return any(
        known(plain)
        for known in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_binary,
            pa.types.is_large_binary,
        )
    )


def _too_much(told: Any, schema: Any) -> str | None:
    """Why a file cannot be laid out, from what it says of itself."""
    import pyarrow as pa

    lists = [field.name for field in schema if pa.types.is_nested(field.type)]
    if lists:
        return f"holds lists or fields in {', '.join(lists[:_NAMED])}; keep columns of plain values"
    if told.num_rows > MOST_ROWS:
        return f"must have at most {MOST_ROWS:,} rows (got {told.num_rows:,})"
    if told.num_rows * told.num_columns > _MOST_CELLS:
        return f"must have at most {_MOST_CELLS:,} cells (got {told.num_rows:,} rows of {told.num_columns:,})"
    unpacked = sum(told.row_group(group).total_byte_size for group in range(told.num_row_groups))
    fixed = sum(told.schema.column(place).length for place in range(told.num_columns))
    if max(unpacked, told.num_rows * fixed) > _MOST_UNPACKED:
        return f"unpacks to more than {_MOST_UNPACKED // 10**6} MB; keep only the planned days"
    return None
