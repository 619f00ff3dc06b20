"""The loops, compiled by numba on first use and kept on disk.

Nothing here checks its input: the modules beside this folder do, and import it inside their functions,
so that whoever only needs their types does not wait for the compiler.
"""

from __future__ import annotations

from pathlib import Path

from planner.compiled import cache_folder, compiler

CACHE = cache_folder(Path(__file__).parent, "queueing")

compiled = compiler(CACHE)
