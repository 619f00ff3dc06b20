"""A calibration as a fragment of a scenario, ready to paste, with the intervals as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from planner.calibration.calibration import CalibratedQueue, Calibration, Figure

_PLAIN = re.compile(r"[^\W\d][\w-]*")
_NOT_NAMES = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_MOST = {"day_cv": 3.0, "interval_cv": 3.0, "handle_time_cv": 5.0, "patience_cv": 5.0}
_ALIKE = 0.1
_WIDTH = 34


def fragment(calibration: Calibration) -> str:
    """YAML text that goes into a scenario; comments are not needed for that."""
    return "".join(f"{line}\n" for line in _lines(calibration))


def rounded(value: float) -> str:
    """Three digits, as many as an estimate is ever sure of."""
    text = f"{value:.3g}"
    return f"{float(text):.0f}" if "e+" in text else f"{float(text):.6f}".rstrip("0").rstrip(".")


def interval(found: Figure) -> str:
    """`0.084 to 0.12`, or `above 210` where there is no upper end."""
    low = rounded(found.low)
    return f"above {low}" if found.high is None else f"{low} to {rounded(found.high)}"


def _lines(calibration: Calibration) -> Iterator[str]:
    yield f"# planner calibrate {calibration.file}; in brackets, what is 95 % sure"
    yield from _forecast(calibration)
    yield from _uncertainty(calibration)
    yield "queues:"
    for queue in calibration.queues:
        yield from _queue(queue, calibration)
    for name, reason in calibration.reasons():
        yield f"# no {name}: {reason}"


def _forecast(calibration: Calibration) -> Iterator[str]:
    """The constant, where it can stand for the only queue; it needs a forecast without handle times."""
    if len(calibration.queues) != 1:
        return
    found = calibration.queues[0].handle_time_seconds
    if found is not None:
        yield "forecast:"
        yield "  constants:"
        yield _entry("    handle_time_seconds", found, "leave out if the forecast has its own")


def _uncertainty(calibration: Calibration) -> Iterator[str]:
    found = calibration.shared_day_cv
    if found is not None:
        yield "uncertainty:"
        yield from _variation("  ", "day_cv", found, "shared by all queues")


def _queue(queue: CalibratedQueue, calibration: Calibration) -> Iterator[str]:
    yield f"  {_name(queue.queue)}:{_handle_time(queue, calibration)}"
    days = queue.days
    yield f"    # days used: {days.used:,}; missing: {len(days.missing):,}; partial: {len(days.partial):,}"
    patience = [] if queue.patience_seconds is None else [*_patience(queue, queue.patience_seconds)]
    yield from patience
    customers = [*_customers(queue, calibration)]
    if any(not line.lstrip().startswith("#") for line in customers):
        yield "    customers:"
    elif not any(not line.lstrip().startswith("#") for line in patience):
        yield "    {}"
    yield from customers


def _handle_time(queue: CalibratedQueue, calibration: Calibration) -> str:
    """With several queues handle times stand in the forecast; here they are a comment."""
    found = queue.handle_time_seconds
    if found is None or len(calibration.queues) == 1:
        return ""
    return f"  # handle time {rounded(found.value)} s [{interval(found)}]"


def _patience(queue: CalibratedQueue, found: Figure) -> Iterator[str]:
    yield _entry("    patience_seconds", found, f"{queue.left:,} left" if queue.left is not None else "")


def _customers(queue: CalibratedQueue, calibration: Calibration) -> Iterator[str]:
    if queue.whole_day_cv is not None and queue.day_cv is not None:
        yield from _day(queue.whole_day_cv, queue.day_cv, calibration.shared_day_cv is not None)
    if queue.interval_cv is not None:
        yield from _variation("      ", "interval_cv", queue.interval_cv)
    if queue.handle_time_cv is not None:
        yield from _variation("      ", "handle_time_cv", queue.handle_time_cv)
    law = queue.patience_law
    if law is not None and queue.patience_seconds is not None:
        alike = abs(law.mean_seconds / queue.patience_seconds.value - 1.0) <= _ALIKE
        lines = [*_variation("      ", "patience_cv", law.cv)]
        if alike:
            yield from lines
        else:
            yield from (f"      # {line.strip()}" for line in lines)
            yield f"      #   goes with patience_seconds: {rounded(law.mean_seconds)}, for the replay alone"


def _day(whole: Figure, own: float, shared: bool) -> Iterator[str]:
    """Beside what all queues share there is the queue's own; alone it is the whole."""
    if not shared:
        yield from _variation("      ", "day_cv", whole)
        return
    values = Figure(value=own, low=whole.low, high=whole.high)
    said = f"own; {rounded(whole.value)} in all [{interval(whole)}]"
    yield from _variation("      ", "day_cv", values, said, with_interval=False)


def _variation(
    indent: str, name: str, found: Figure, said: str = "", with_interval: bool = True
) -> Iterator[str]:
    """A line; a comment where the scenario cannot hold so much, or nothing at all varies."""
    line = _entry(indent + name, found, said, with_interval)
    if found.value > _MOST[name]:
        yield f"{indent}# {line.strip()}; above {_MOST[name]:g}, the most there may be"
    elif float(rounded(found.value)) == 0 and name in ("handle_time_cv", "patience_cv"):
        yield f"{indent}# {line.strip()}; must be above 0"
    else:
        yield line


def _entry(name: str, found: Figure, said: str = "", with_interval: bool = True) -> str:
    about = "; ".join([*([f"[{interval(found)}]"] if with_interval else []), *([said] if said else [])])
    return f"{name + ': ' + rounded(found.value):<{_WIDTH}}  # {about}"


def _name(queue: str) -> str:
    """A queue's name as YAML reads it back."""
    plain = _PLAIN.fullmatch(queue) and queue.casefold() not in _NOT_NAMES
    return queue if plain else json.dumps(queue, ensure_ascii=False)
