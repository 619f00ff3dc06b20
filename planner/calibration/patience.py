"""Mean patience of a queue's customers, from all their waits and how many left."""

from __future__ import annotations

import math

from planner.calibration.estimate import TAIL, Estimate


def mean_patience(waited: float, left: float) -> Estimate:
    """Seconds waited by all contacts for each that left; infinite where none left.

    Parameters
    ----------
    waited : seconds that all contacts waited together, answered or lost
    left : contacts that left

    Notes
    -----
    Equations (H16) and (H17) of docs/explanation/calibration.md.
    """
    from scipy.special import gammainccinv, gammaincinv

    low = waited / float(gammainccinv(left + 1.0, TAIL))
    if left == 0:
        return Estimate(math.inf, low, math.inf)
    return Estimate(waited / left, low, waited / float(gammaincinv(left, TAIL)))
