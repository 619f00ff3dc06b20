"""Array types of the core, and the one way to freeze an array."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Counts: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]


def frozen(values: npt.ArrayLike) -> Floats:
    """A read-only array of floats; a copy, so that no caller can change it later."""
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


def frozen_counts(values: npt.ArrayLike) -> Counts:
    """A read-only array of whole numbers; a copy."""
    array = np.array(values, dtype=np.int64)
    array.flags.writeable = False
    return array


def frozen_flags(values: npt.ArrayLike) -> Flags:
    """A read-only array of yes and no; a copy."""
    array = np.array(values, dtype=np.bool_)
    array.flags.writeable = False
    return array


def require(holds: bool, what: str) -> None:
    """Raise ValueError saying what must hold, for the checks of `__post_init__`."""
    if not holds:
        raise ValueError(what)
