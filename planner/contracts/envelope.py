"""Who is cheapest where: the lowest of several fee curves, found from their break points and crossings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from planner.contracts.curve import SAME, FeeCurve, Piece


@dataclass(frozen=True, slots=True)
class Stretch:
    """Volumes over which the same vendors are cheapest.

    lower, upper : volume, open on the left and closed on the right
    vendors : whose fees are equal and lowest; empty where nobody supplies so much
    fee_lower, fee_upper : the lowest fee just above `lower` and at `upper`; NaN where nobody supplies
    """

    lower: float
    upper: float
    vendors: tuple[str, ...]
    fee_lower: float
    fee_upper: float


def cheapest(curves: Mapping[str, FeeCurve], first: float, last: float) -> tuple[Stretch, ...]:
    """The lowest fee from one volume to another, as few stretches as possible.

    Raises
    ------
    ValueError
        If the volumes are not in order.

    Notes
    -----
    Equation (K12) of docs/explanation/contracts.md.
    """
    if not 0 <= first < last < math.inf:
        raise ValueError("volumes go from 0 or more up to a larger one")
    found: list[Stretch] = []
    for stretch in _between_edges(curves, first, last):
        if found and found[-1].vendors == stretch.vendors:
            found[-1] = replace(found[-1], upper=stretch.upper, fee_upper=stretch.fee_upper)
        else:
            found.append(stretch)
    return tuple(found)


def _between_edges(curves: Mapping[str, FeeCurve], first: float, last: float) -> Iterator[Stretch]:
    """The same, cut at every edge of a piece: between two edges all fees are straight lines."""
    limits = {float(edge) for curve in curves.values() for edge in curve.upper}
    edges = [first, *sorted(edge for edge in limits if first < edge < last), last]
    places = dict.fromkeys(curves, 0)
    for lower, upper in pairwise(edges):
        lines: dict[str, Piece] = {}
        for name, curve in curves.items():
            while places[name] < curve.upper.size and curve.upper[places[name]] <= lower:
                places[name] += 1
            if places[name] < curve.upper.size:
                here = places[name]
                fee, slope = float(curve.fee[here]), float(curve.slope[here])
                start = fee + slope * (lower - float(curve.lower[here]))
                lines[name] = Piece(lower, upper, start, slope)
        yield from _lowest_lines(lines, lower, upper)


def _lowest_lines(lines: Mapping[str, Piece], lower: float, upper: float) -> Iterator[Stretch]:
    """From the left on, always along the lowest line to where a flatter one crosses it."""
    if not lines:
        yield Stretch(lower, upper, (), math.nan, math.nan)
    at = lower
    while lines and at < upper:
        least = min(line.at(at) for line in lines.values())
        level = [line for line in lines.values() if _same(line.at(at), least)]
        best = min(level, key=lambda line: line.slope)
        ties = (name for name, line in lines.items() if line in level and _same(line.slope, best.slope))
        crossings = [_crossing(best, line, at) for line in lines.values()]
        end = min([upper, *(volume for volume in crossings if at < volume < upper)])
        yield Stretch(at, end, tuple(ties), best.at(at), best.at(end))
        at = end


def _crossing(best: Piece, other: Piece, at: float) -> float:
    """Where a flatter line gets down to the best one; infinity for lines that do not."""
    if other.slope >= best.slope or _same(other.slope, best.slope):
        return math.inf
    return at + (other.at(at) - best.at(at)) / (best.slope - other.slope)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= SAME * max(1.0, abs(one))
