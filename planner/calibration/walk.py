"""From a history to a calibration: the walk, on one page."""

from __future__ import annotations

from planner.calibration.calibration import CalibratedQueue, Calibration, Figure, figure
from planner.calibration.customers import (
    Laid,
    day_scatter,
    handle_time,
    handle_time_variation,
    interval_scatter,
    laid,
    law_of_patience,
    patience,
    used_days,
)
from planner.calibration.level import Level
from planner.calibration.records import History
from planner.calibration.remarks import remarks
from planner.calibration.sharing import LEAST_DAYS, own_day_cv, shared_day_cv

_UNSHARED = f"queues have fewer than {LEAST_DAYS} whole days in common"


def calibrate(history: History, level: Level = "trend") -> Calibration:
    """What a history says of its queues' customers.

    Notes
    -----
    Every figure has its equation in docs/explanation/calibration.md.
    """
    queues = [laid(history, index, level) for index in range(len(history.queues))]
    shared = shared_day_cv([queue.scatter for queue in queues])
    return Calibration(
        file=history.file,
        records="calls" if history.per_call else "intervals",
        interval_minutes=history.step / 60,
        rows=history.records.size,
        ignored_rows=history.ignored_rows,
        level=level,
        shared_day_cv=None if shared is None else figure(shared),
        queues=tuple(_calibrated(queue, 0.0 if shared is None else shared.value) for queue in queues),
        not_estimated={} if shared is not None or len(queues) == 1 else {"uncertainty.day_cv": _UNSHARED},
        notes=history.notes,
    )


def _calibrated(queue: Laid, shared: float) -> CalibratedQueue:
    estimates = {
        "handle_time_seconds": handle_time(queue),
        "handle_time_cv": handle_time_variation(queue),
        "patience_seconds": patience(queue),
        "whole_day_cv": day_scatter(queue),
        "interval_cv": interval_scatter(queue),
    }
    figures = {name: found if isinstance(found, Figure) else None for name, found in estimates.items()}
    whole, law = figures["whole_day_cv"], law_of_patience(queue)
    reasons = {
        name.removeprefix("whole_"): found
        for name, found in (*estimates.items(), ("patience_cv", law))
        if isinstance(found, str)
    }
    left = queue.rows.volumes.abandoned
    return CalibratedQueue(
        queue=queue.name,
        contacts=round(float(queue.rows.volumes.offered.sum())),
        left=None if left is None else round(float(left.sum())),
        days=used_days(queue),
        **figures,
        day_cv=None if whole is None else own_day_cv(whole.value, shared),
        patience_law=None if isinstance(law, str) else law,
        not_estimated=reasons,
        notes=tuple(remarks(queue.days, queue.scatter, queue.level)),
    )
