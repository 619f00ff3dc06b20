"""One file that a command writes: found writable before the work, and written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.cli.ending import wrong


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


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        problem = f"{path} cannot be written: {failure.strerror}; choose another place"
        raise wrong("--out", problem) from failure
