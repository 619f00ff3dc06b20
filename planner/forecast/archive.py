"""Whether an Excel file can be laid out: how much it unpacks to, and how far out its cells lie.

The reader lays out every cell up to the last one and takes the whole text of the file into memory; where
that is too much, its process ends. So the archive is read once before it, piece by piece.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from planner.errors import InvalidInput, Mistake

MOST_UNPACKED = 400_000_000
_MOST_CELLS = 20_000_000
_MOST_TEXTS = 5_000_000
_MOST_ROW = 1_048_576
_MOST_COLUMN = 16_384
_PIECE = 1_000_000
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class _TooMuch(Exception):
    """What a sheet holds that nobody lays out."""


def guard(content: bytes, file: str) -> None:
    """Refuse an archive that is no Excel file, unpacks to too much or has a cell far out.

    Sizes are counted while it is unpacked: those that an archive declares may be wrong.

    Raises
    ------
    InvalidInput
        With what is wrong and what to do.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _guard(archive)
    except _TooMuch as failure:
        raise InvalidInput([Mistake(file, "", str(failure))]) from failure
    except expat.ExpatError as failure:
        problem = f"is no Excel file that can be read: {failure}"
        raise InvalidInput([Mistake(file, "", problem)]) from failure
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as failure:
        problem = f"is no Excel file that can be read: {' '.join(str(failure).split())[:200]}"
        raise InvalidInput([Mistake(file, "", problem)]) from failure


def _guard(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _TooMuch(_much())
    names = {entry.filename.lower() for entry in entries}
    if "xl/workbook.xml" not in names:
        raise _TooMuch("is no Excel file (.xlsx); save the table as .xlsx or CSV")
    read = _read(archive, entries)
    unpacked = 0
    for entry in entries:
        name = _plain(entry.filename)
        watch = _Watch() if name in read or name.startswith("xl/worksheets/sheet") else None
        with archive.open(entry) as opened:
            for piece in _pieces(opened):
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED:
                    raise _TooMuch(_much())
                if watch is not None:
                    watch.parser.Parse(piece, False)
        if watch is not None:
            watch.parser.Parse(b"", True)


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> frozenset[str]:
    """Where the workbook says that its sheets and texts lie; a name that says it is no sheet may be wrong."""
    found = {"xl/sharedstrings.xml"}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2].lower() == "relationship":
            found.add(_plain(posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))))

    for entry in entries:
        if _plain(entry.filename) == "xl/_rels/workbook.xml.rels":
            parser = _parser()
            parser.StartElementHandler = start
            with archive.open(entry) as opened:
                parser.Parse(opened.read(_PIECE), True)
    return frozenset(found)


class _Watch:
    """Follows the elements of a sheet or of the texts, and ends where they become too many."""

    def __init__(self) -> None:
        self._row = self._column = self._rows = self._columns = self._texts = 0
        self.parser = _parser()
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "c":
            self._cell(attributes.get("r"))
        elif kind == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 10 else self._row + 1
            self._column = 0
            if number and not 1 <= self._row <= _MOST_ROW:
                raise _TooMuch(f"has a row {number[:20]!r}; Excel has {_MOST_ROW:,}")
        elif kind == "si":
            self._texts += 1
            if self._texts > _MOST_TEXTS:
                raise _TooMuch(f"has more than {_MOST_TEXTS:,} texts; save the table as CSV")

    def _cell(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
        else:
            read = _REFERENCE.fullmatch(reference)
            if read is None:
                raise _TooMuch(f"has a cell {reference[:20]!r}; cells are named such as B12")
            self._column, self._row = _column_number(read[1].upper()), int(read[2])
        self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
        if self._rows > _MOST_ROW or self._columns > _MOST_COLUMN or self._rows * self._columns > _MOST_CELLS:
            reaches = f"row {self._rows:,}, column {self._columns:,}"
            raise _TooMuch(f"a sheet reaches to {reaches}; delete what lies outside the table")


def _parser() -> expat.XMLParserType:
    """A parser that refuses a document type, the only place where entities that multiply are declared."""
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise _TooMuch("is no Excel file that can be read: it declares a document type")

    parser.StartDoctypeDeclHandler = doctype
    return parser


def _pieces(opened: IO[bytes]) -> Iterator[bytes]:
    while piece := opened.read(_PIECE):
        yield piece


def _plain(name: str) -> str:
    """The name of an entry as readers compare it."""
    return name.replace("\\", "/").lstrip("/").lower()


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _much() -> str:
    return f"unpacks to more than {MOST_UNPACKED // 10**6} MB; save the table as CSV"
