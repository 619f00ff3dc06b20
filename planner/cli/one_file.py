"""One file that a command writes: found writable before the work, and written whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from planner.cli.ending import wrong
from planner.errors import InvalidInput


def check_file(path: Path) -> None:
    """Find out before the work that a file can be written here; leaves nothing behind.

    Raises
    ------
    InvalidInput
        If a folder stands there, or its own folder is absent or cannot be written.
    """
    if path.is_dir():
        raise wrong("--out", f"must be a file ({path} is a folder)")
    with _explained(path):
        tempfile.TemporaryDirectory(prefix=".planner-", dir=path.parent).cleanup()


def write_file(text: str, path: Path) -> None:
    """Write a text whole or not at all; its line ends stay what they are.

    Raises
    ------
    InvalidInput
        If it cannot be written; what was there is there still.
    """
    with _explained(path), tempfile.TemporaryDirectory(prefix=".planner-", dir=path.parent) as stage:
        staged = Path(stage) / path.name
        with staged.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)


class Answer(Protocol):
    """What a command found."""

    def to_json(self) -> str:
        """One JSON object."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where an answer goes: a file, if one is named, and standard output, as JSON or for people."""

    out: Path | None
    as_json: bool


def deliver(answer: Answer, shown: Callable[[], None], text: Callable[[], str], wanted: Wanted) -> None:
    """Write a text if a file is named, and show the answer even where it cannot be written.

    Raises
    ------
    InvalidInput
        If the file could not be written; what was there is there still.
    """
    refused: InvalidInput | None = None
    try:
        if wanted.out is not None:
            write_file(text(), wanted.out)
    except InvalidInput as failure:
        refused = failure
    if wanted.as_json:
        print(answer.to_json())
    else:
        shown()
    sys.stdout.flush()
    if refused is not None:
        raise refused


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV that spreadsheets open: with a byte-order mark, lines ended as they expect."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        problem = f"{path} cannot be written: {failure.strerror}; choose another place"
        raise wrong("--out", problem) from failure
