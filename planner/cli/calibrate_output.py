"""A finished calibration: the fragment on standard output and in its file, what it rests on beside it."""

from __future__ import annotations

from pathlib import Path

from planner.calibration import Calibration, fragment
from planner.cli.one_file import Wanted, deliver


def deliver_calibration(calibration: Calibration, out: Path | None, as_json: bool) -> None:
    """Write the fragment if asked, and print it even where it cannot be written.

    Raises
    ------
    InvalidInput
        If the file could not be written; what was there is there still.
    """
    text = fragment(calibration)
    deliver(calibration, lambda: _print(calibration, text), lambda: text, Wanted(out, as_json))


def _print(calibration: Calibration, text: str) -> None:
    from rich.console import Console
    from rich.text import Text

    from planner.cli.calibrate_text import print_calibration

    print_calibration(calibration, Console(highlight=False, stderr=True))
    shown = Text(text)
    shown.highlight_regex(r"#.*", "dim")
    Console(highlight=False).print(shown, soft_wrap=True, end="")
