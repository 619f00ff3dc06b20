"""Figures of a scenario's customers estimated from what happened: handle time, patience, scatter.

    history file -> records -> days of each queue -> estimates with 95 % intervals -> fragment of a scenario

docs/explanation/calibration.md holds every equation, once, with its number; the code cites the numbers.
"""

from __future__ import annotations

from planner.calibration.calibration import CalibratedQueue, Calibration, Figure, PatienceLaw, UsedDays
from planner.calibration.columns import mapped
from planner.calibration.fragment import fragment
from planner.calibration.level import Level
from planner.calibration.moments import Window, window
from planner.calibration.reading import Rules, history_of, read_history
from planner.calibration.records import History
from planner.calibration.walk import calibrate

__all__ = [
    "CalibratedQueue",
    "Calibration",
    "Figure",
    "History",
    "Level",
    "PatienceLaw",
    "Rules",
    "UsedDays",
    "Window",
    "calibrate",
    "fragment",
    "history_of",
    "mapped",
    "read_history",
    "window",
]
