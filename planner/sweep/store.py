"""Results on file: one file each, written whole, so that a run that is killed loses none of them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from planner.errors import InvalidInput, Mistake
from planner.sweep.columns import parquet
from planner.sweep.document import Result, Row

RESULTS = "results.parquet"
PARTS = "parts"


class Store:
    """A folder with a file for each result; without a folder, nothing is kept.

    `parts/KEY.json` is a result. It is written under another name and then renamed, so it is there whole or
    not at all. A key is the digest of all that its task depends on: what another sweep left is never taken.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def known(self, keys: Sequence[str]) -> dict[str, Result]:
        """The results on file of these tasks.

        Raises
        ------
        InvalidInput
            If a file is no result of ours.
        """
        if self._folder is None:
            return {}
        names = {name for name, _ in _parts(self._folder)}
        return {key: _read(self._folder / PARTS / f"{key}.json") for key in set(keys) & names}

    def keep(self, result: Result) -> None:
        """Write one result, whole and for good."""
        if self._folder is not None:
            path = self._folder / PARTS / f"{result.key}.json"
            _write(path, result.model_dump_json().encode())

    def gather(self, rows: Sequence[Row], paths: Sequence[str]) -> None:
        """Write all rows as one Parquet file."""
        if self._folder is not None:
            _write(self._folder / RESULTS, parquet(rows, paths))


@contextmanager
def store(folder: Path | None) -> Iterator[Store]:
    """A folder for results, made if it is not there, and held against other runs.

    Raises
    ------
    InvalidInput
        If it cannot be written, or another run is writing there.
    """
    if folder is None:
        yield Store(None)
        return
    try:
        (folder / PARTS).mkdir(parents=True, exist_ok=True)
        lock = (folder / PARTS / ".lock").open("w")
    except OSError as failure:
        problem = f"{folder} cannot be written: {failure.strerror}; choose another place"
        raise InvalidInput([Mistake("--out", "", problem)]) from failure
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as failure:
            problem = f"another run is writing to {folder}; wait for its end or choose another place"
            raise InvalidInput([Mistake("--out", "", problem)]) from failure
        yield Store(folder)


def _parts(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in (folder / PARTS).iterdir():
        if path.suffix == ".json":
            yield path.stem, path


def _read(path: Path) -> Result:
    try:
        found = Result.model_validate_json(path.read_bytes())
    except ValidationError as failure:
        raise InvalidInput([Mistake(str(path), "", "is no result of ours; delete it")]) from failure
    if found.key != path.stem:
        raise InvalidInput([Mistake(str(path), "", f"holds the result of {found.key}; delete it")])
    return found


def _write(path: Path, content: bytes) -> None:
    staged = path.with_name(f".{path.name}.new")
    try:
        with staged.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
    except OSError as failure:
        staged.unlink(missing_ok=True)
        problem = f"{path} cannot be written: {failure.strerror}; what was kept before is there still"
        raise InvalidInput([Mistake("--out", "", problem)]) from failure
