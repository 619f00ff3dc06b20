"""What a plan was made with."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from planner.plan import Versions


@cache
def versions() -> Versions:
    """Versions of ours and of the solvers."""
    try:
        ours = version("contact-centre-planner")
    except PackageNotFoundError:
        ours = "unknown"
    return Versions(
        planner=ours,
        python=platform.python_version(),
        pulp=version("pulp"),
        highs=version("highspy"),
        scip=version("pyscipopt"),
    )
