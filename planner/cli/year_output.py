"""A planned year: tables or one JSON object on standard output, and a folder for every season's plan."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from planner.cli.one_file import write_file
from planner.errors import InvalidInput
from planner.report.files import CERTIFICATE, NAMES, check_folder, write_results
from planner.year import Delivered, Year

YEAR = "year.json"


def check_year_folder(folder: Path, year: Year) -> None:
    """Find out before the work that the year can be written here; leaves nothing behind.

    Raises
    ------
    InvalidInput
        If a folder cannot be made or written, or a folder stands where a result belongs.
    """
    check_folder(folder, [YEAR])
    for name in folders([season.name for season in year.seasons]):
        check_folder(folder / name, (*NAMES, CERTIFICATE))


def folders(seasons: Sequence[str]) -> list[str]:
    """A folder's name for every season, in order: `01-spring`."""
    plain = ["".join(each if each.isalnum() else "-" for each in name) for name in seasons]
    return [f"{number:02d}-{name}" for number, name in enumerate(plain, 1)]


def deliver_year(made: Delivered, folder: Path | None, as_json: bool) -> None:
    """Write the year and its seasons if asked, and print it even where they cannot be written: it was dear.

    Raises
    ------
    InvalidInput
        If the files could not be written.
    """
    refused: InvalidInput | None = None
    if folder is not None:
        try:
            _write(made, folder)
        except InvalidInput as failure:
            refused = failure
    _print(made, as_json)
    sys.stdout.flush()
    if refused is not None:
        raise refused


def _write(made: Delivered, folder: Path) -> None:
    names = folders([row.season for row in made.year.seasons])
    for number, (name, plan) in enumerate(zip(names, made.plans, strict=True)):
        certificate = made.certificates[number] if made.certificates else None
        write_results(plan, folder / name, certificate)
    write_file(made.year.to_json(), folder / YEAR)


def _print(made: Delivered, as_json: bool) -> None:
    if as_json:
        print(made.year.to_json())
        return
    from rich.console import Console

    from planner.cli.year_text import print_year

    print_year(made.year, Console(highlight=False))
