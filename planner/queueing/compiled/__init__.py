"""The loops, compiled by numba on first use and kept on disk.

Nothing here checks its input: the modules beside this folder do, and import it inside their functions,
so that whoever only needs their types does not wait for the compiler.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function as machine code; a division by zero gives inf or nan, as in numpy."""
    return cast(Function, numba.njit(cache=True, error_model="numpy")(function))
