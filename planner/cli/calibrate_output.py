"""A finished calibration: the fragment on standard output and in its file, what it rests on beside it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.calibration import Calibration, fragment
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


def deliver_calibration(calibration: Calibration, out: Path | None, as_json: bool) -> None:
    """Write the fragment if asked, and print it even where it cannot be written.

    Raises
    ------
    InvalidInput
        If the file could not be written; what was there is there still.
    """
    refused: InvalidInput | None = None
    text = fragment(calibration)
    try:
        if out is not None:
            _write(text, out)
    except InvalidInput as failure:
        refused = failure
    if as_json:
        print(calibration.to_json())
    else:
        _print(calibration, text)
    sys.stdout.flush()
    if refused is not None:
        raise refused


def _print(calibration: Calibration, text: str) -> None:
    from rich.console import Console
    from rich.text import Text

    from planner.cli.calibrate_text import print_calibration

    print_calibration(calibration, Console(highlight=False, stderr=True))
    shown = Text(text)
    shown.highlight_regex(r"#.*", "dim")
    Console(highlight=False).print(shown, soft_wrap=True, end="")


def _write(text: str, path: Path) -> None:
    """Whole or not at all."""
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
