"""Many plans of one scenario: fields swept over grids and samples, results kept as they come; and curves."""

from planner.sweep.curve_document import AiCurve, Frontier, Tornado
from planner.sweep.document import Result, Row, Status, Sweep
from planner.sweep.file import SweepFile
from planner.sweep.promise_curve import frontier
from planner.sweep.reading import check, sweep_in
from planner.sweep.sensitivity import tornado
from planner.sweep.share_curve import ai_curve
from planner.sweep.store import Store, store
from planner.sweep.walk import Progress, Terms, sweep

__all__ = [
    "AiCurve",
    "Frontier",
    "Progress",
    "Result",
    "Row",
    "Status",
    "Store",
    "Sweep",
    "SweepFile",
    "Terms",
    "Tornado",
    "ai_curve",
    "check",
    "frontier",
    "store",
    "sweep",
    "sweep_in",
    "tornado",
]
