"""The child process, `python -m planner.solver.child ENGINE CONNECTION LIFELINE PARENT`; `process` starts it.

It ends when its parent does (see `lifeline`).
"""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection
from typing import Any

from planner.solver.lifeline import end_with_parent


def main() -> None:
    """Serve one solver until the parent closes the connection."""
    engine, handle, lifeline, parent = sys.argv[1], *map(int, sys.argv[2:5])
    end_with_parent(lifeline, parent)
    connection: Connection[Any, Any] = Connection(handle)
    with connection:
        if engine == "scip":
            from planner.solver import scip_engine

            scip_engine.serve(connection)
        else:
            from planner.solver import highs_engine

            highs_engine.serve(connection)


if __name__ == "__main__":
    main()
