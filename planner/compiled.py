"""Loops compiled by numba on first use and kept on disk, for the rooms that have any.

Importing this takes the compiler's half second: a room with loops keeps them in a folder of its own,
and imports that folder inside its functions, so that whoever only needs its types does not wait.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiler(cache: Path) -> Callable[[Function], Function]:
    """A decorator that makes a function machine code, kept in a folder.

    A division by zero gives inf or nan, as in numpy. While it runs, other threads of Python run too.
    """

    def compiled(function: Function) -> Function:
        before = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(cache)
        try:
            return cast(Function, numba.njit(cache=True, error_model="numpy", nogil=True)(function))
        finally:
            numba.config.CACHE_DIR = before

    return compiled


def cache_folder(here: Path, room: str) -> Path:
    """Where machine code is kept: a folder named by the room and the text of all sources of a folder.

    numba looks for changes only in the file that a function is written in, and machine code holds what
    it calls from the others too: without this, a formula that changes would go on giving its old values.
    """
    sources = sorted(here.glob("*.py"))
    name = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    own = Path(numba.config.CACHE_DIR) if numba.config.CACHE_DIR else here / "__pycache__"
    for place in (own, Path.home() / ".cache" / "planner"):
        if os.access(next(part for part in (place, *place.parents) if part.exists()), os.W_OK):
            return place / f"{room}-{name}"
    return Path(tempfile.mkdtemp(prefix="planner-"))
