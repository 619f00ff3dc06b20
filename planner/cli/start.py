"""When the command started, so that its time limit also counts the loading of libraries."""

from __future__ import annotations

import os
import time
from pathlib import Path

_LONGEST = 60.0
"""Seconds that loading can take; an older process was started for something else."""


def command_start() -> float:
    """time.monotonic() at which the process began; now, where the system does not tell its age."""
    age = _process_age(Path("/proc/self/stat"))
    return time.monotonic() - (age if age is not None and 0 <= age <= _LONGEST else 0.0)


def _process_age(stat: Path) -> float | None:
    """Seconds since the process began, by the 22nd field of its status; None where there is none."""
    if not stat.exists() or not hasattr(time, "CLOCK_BOOTTIME"):
        return None
    after_name = stat.read_text().rpartition(")")[2].split()
    begun = int(after_name[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - begun
