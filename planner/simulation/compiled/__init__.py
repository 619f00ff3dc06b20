"""The loops of a replay, compiled by numba on first use and kept on disk.

Nothing here checks its input: the modules beside this folder do, and import it inside their functions.
"""

from __future__ import annotations

from pathlib import Path

from planner.compiled import cache_folder, compiler

CACHE = cache_folder(Path(__file__).parent, "simulation")

compiled = compiler(CACHE)
