"""One system at a time, as a case describes it."""

from __future__ import annotations

import numpy as np

from planner.queueing import Measures, Systems, measures


def one(load: float, handle: float, patience: float) -> Systems:
    return Systems(np.array([load / handle]), np.array([handle]), np.array([patience]))


def service(systems: Systems, agents: float, within: float = 20.0) -> Measures:
    return measures(systems, np.full(len(systems), float(agents)), within)
