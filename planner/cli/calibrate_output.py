"""A finished calibration: the fragment on standard output and in its file, what it rests on beside it."""

from __future__ import annotations

from pathlib import Path

from planner.calibration import Calibration, fragment
from planner.cli.one_file import deliver


def deliver_calibration(calibration: Calibration, out: Path | None, as_json: bool) -> None:
    """Write the fragment if asked, and print it even where it cannot be written.

    Raises
    ------
    InvalidInput
        If the file could not be written; what was there is there still.
    """
    text = fragment(calibration)

    def shown() -> None:
        if as_json:
            print(calibration.to_json())
        else:
            _print(calibration, text)

    deliver(shown, lambda: text, out)


def _print(calibration: Calibration, text: str) -> None:
    from rich.console import Console
    from rich.text import Text

    from planner.cli.calibrate_text import print_calibration

    print_calibration(calibration, Console(highlight=False, stderr=True))
    shown = Text(text)
    shown.highlight_regex(r"#.*", "dim")
    Console(highlight=False).print(shown, soft_wrap=True, end="")
