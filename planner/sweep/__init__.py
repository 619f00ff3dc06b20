"""Many plans of one scenario: fields swept over grids and samples, results kept as they come."""

from planner.sweep.document import Result, Row, Status, Sweep
from planner.sweep.file import SweepFile
from planner.sweep.reading import check, sweep_in
from planner.sweep.store import Store, store
from planner.sweep.walk import Progress, Terms, sweep

__all__ = [
    "Progress",
    "Result",
    "Row",
    "Status",
    "Store",
    "Sweep",
    "SweepFile",
    "Terms",
    "check",
    "store",
    "sweep",
    "sweep_in",
]
