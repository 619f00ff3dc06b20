"""The set of result files, written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InvalidInput, Mistake
from planner.plan import Plan
from planner.report.labels import Language, labels_in
from planner.report.seats_csv import seats_csv
from planner.report.workbook import workbook

if TYPE_CHECKING:
    from planner.allocation import Allocation
    from planner.certificate import Certificate
    from planner.seasons import Differences

NAMES = ("plan.json", "seats.csv", "plan.xlsx", "report.html")
CERTIFICATE = "certificate.json"
ALLOCATION = ("allocation.json", "allocation.csv")
DIFFERENCES = ("differences.json", "plans.csv", "parts.csv")


def check_folder(folder: Path, names: Sequence[str] = NAMES) -> None:
    """Find out before the work that results can be written here; leaves nothing behind.

    Raises
    ------
    InvalidInput
        If the folder cannot be made or written, or a folder stands where a result belongs.
    """
    with _explained(folder):
        blocked = [name for name in names if (folder / name).is_dir()]
        if blocked:
            raise InvalidInput(
                [Mistake(str(folder / name), "", "is a folder; move it away") for name in blocked]
            )
        tempfile.TemporaryDirectory(prefix=".planner-", dir=_nearest(folder)).cleanup()


def write_results(
    plan: Plan, folder: Path, certificate: Certificate | None = None, language: Language = "en"
) -> None:
    """Write plan.json, seats.csv, plan.xlsx, report.html and, if there is one, certificate.json.

    Results from before stay until the new ones are complete.

    Raises
    ------
    InvalidInput
        If the folder cannot be written; what was there is there again.
    """
    from planner.report.html import report_html

    contents = {
        "plan.json": plan.to_json().encode(),
        "seats.csv": seats_csv(plan),
        "plan.xlsx": workbook(plan, certificate, labels_in(language)),
        "report.html": report_html(plan, certificate, language),
    }
    if certificate is not None:
        contents[CERTIFICATE] = certificate.to_json().encode()
    _write(contents, folder)


def write_certificate(certificate: Certificate, folder: Path) -> None:
    """Write certificate.json; one from before stays until the new one is complete.

    Raises
    ------
    InvalidInput
        If the folder cannot be written; what was there is there again.
    """
    _write({CERTIFICATE: certificate.to_json().encode()}, folder)


def write_allocation(made: Allocation, folder: Path) -> None:
    """Write allocation.json and allocation.csv; those from before stay until the new ones are complete.

    Raises
    ------
    InvalidInput
        If the folder cannot be written; what was there is there again.
    """
    from planner.report.allocation_csv import allocation_csv

    _write(dict(zip(ALLOCATION, (made.to_json().encode(), allocation_csv(made)), strict=True)), folder)


def write_differences(found: Differences, folder: Path) -> None:
    """Write differences.json, plans.csv and parts.csv; older ones stay until the new ones are complete.

    Raises
    ------
    InvalidInput
        If the folder cannot be written; what was there is there again.
    """
    from planner.report.differences_csv import parts_csv, plans_csv

    contents = found.to_json().encode(), plans_csv(found), parts_csv(found)
    _write(dict(zip(DIFFERENCES, contents, strict=True)), folder)


def _write(contents: Mapping[str, bytes], folder: Path) -> None:
    """All of these files, or none."""
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".planner-", dir=folder) as stage:
            _replace(_staged(contents, Path(stage)), folder, Path(stage))


def _staged(contents: Mapping[str, bytes], stage: Path) -> dict[str, Path]:
    """Write the new files beside the old ones, down to the disk."""
    staged = {name: stage / name for name in contents}
    for name, path in staged.items():
        with path.open("wb") as file:
            file.write(contents[name])
            file.flush()
            os.fsync(file.fileno())
    return staged


def _replace(staged: Mapping[str, Path], folder: Path, stage: Path) -> None:
    """Rename file by file; if that breaks off, the old set comes back."""
    old = {name: stage / f"old-{name}" for name in staged if (folder / name).exists()}
    for name, path in old.items():
        shutil.copy2(folder / name, path)
    complete = False
    try:
        for name, path in staged.items():
            path.replace(folder / name)
        complete = True
    finally:
        if not complete:
            _restore(folder, old, [name for name in staged if name not in old])


def _restore(folder: Path, old: Mapping[str, Path], added: list[str]) -> None:
    for name, path in old.items():
        path.replace(folder / name)
    for name in added:
        (folder / name).unlink(missing_ok=True)


def _nearest(folder: Path) -> Path:
    """The folder, or the first one above it that exists."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        problem = f"results cannot be written here: {failure.strerror}; choose another folder for --out"
        raise InvalidInput([Mistake(str(folder), "", problem)]) from failure
