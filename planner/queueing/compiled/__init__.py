"""The loops, compiled by numba on first use and kept on disk.

Nothing here checks its input: the modules beside this folder do, and import it inside their functions,
so that whoever only needs their types does not wait for the compiler.
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


def compiled(function: Function) -> Function:
    """The function as machine code; a division by zero gives inf or nan, as in numpy."""
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(CACHE)
    try:
        return cast(Function, numba.njit(cache=True, error_model="numpy")(function))
    finally:
        numba.config.CACHE_DIR = before


def cache_folder(here: Path) -> Path:
    """Where machine code is kept: a folder named by the text of all sources of this folder.

    numba looks for changes only in the file that a function is written in, and machine code holds what
    it calls from the others too: without this, a formula that changes would go on giving its old values.
    """
    sources = sorted(here.glob("*.py"))
    name = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    own = Path(numba.config.CACHE_DIR) if numba.config.CACHE_DIR else here / "__pycache__"
    for place in (own, Path.home() / ".cache" / "planner"):
        if os.access(next(part for part in (place, *place.parents) if part.exists()), os.W_OK):
            return place / f"queueing-{name}"
    return Path(tempfile.mkdtemp(prefix="planner-"))


CACHE = cache_folder(Path(__file__).parent)
