"""Draws Singles' Day of a plan of peak.yaml: agents needed at least, and agents planned.

planner plan scenarios/ecommerce/peak.yaml --out peak
python scenarios/ecommerce/picture.py peak docs/singles-day.svg
"""

from __future__ import annotations

import sys
from pathlib import Path

from planner.plan import Plan, read_plan

DAY = "2026-11-11"
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 250, 40, 44, 26
# Blue, orange and green of Okabe and Ito (2008), which colour-blind people tell apart.
COLOURS = {"inhouse": "#0072B2", "outsourced": "#E69F00", "remote": "#009E73"}


def by_half_hour(plan: Plan, pool: str | None) -> list[float]:
    """Effective agents of the day from a pool, or those needed; an entry per half hour."""
    found: dict[str, float] = {}
    for row in plan.agents:
        if row.start.startswith(DAY):
            given = sum(part.agents for part in row.pools if part.pool == pool)
            found[row.start] = found.get(row.start, 0.0) + (row.needed if pool is None else given)
    return [found[start] for start in sorted(found)]


def steps(values: list[float], top: float) -> str:
    """Points of a step line, left to right."""
    wide = (WIDTH - LEFT) / len(values)
    high = HEIGHT - TOP - BOTTOM
    points = []
    for at, value in enumerate(values):
        y = HEIGHT - BOTTOM - high * value / top
        points += [f"{LEFT + at * wide:.1f},{y:.1f}", f"{LEFT + (at + 1) * wide:.1f},{y:.1f}"]
    return " ".join(points)


def svg(plan: Plan) -> str:
    """The picture: pools on top of each other, the floor as a line."""
    stack = [0.0] * len(by_half_hour(plan, None))
    layers = []
    for pool, colour in COLOURS.items():
        stack = [below + own for below, own in zip(stack, by_half_hour(plan, pool), strict=True)]
        layers.append((colour, stack))
    top = 10 * (max(stack) // 10 + 1)
    floor = HEIGHT - BOTTOM
    # The tallest first: each layer covers the lower part of the one before.
    shapes = [
        f'<polygon fill="{colour}" points="{LEFT},{floor} {steps(values, top)} {WIDTH},{floor}"/>'
        for colour, values in reversed(layers)
    ]
    needed = steps(by_half_hour(plan, None), top)
    line = f'<polyline fill="none" stroke="#000" stroke-width="1.5" points="{needed}"/>'
    return "\n".join([*_frame(top), *shapes, line, "</svg>"]) + "\n"


def _frame(top: float) -> list[str]:
    high = HEIGHT - TOP - BOTTOM
    words = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 10} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        "<title>Agents on Singles' Day, by pool, and the least that keeps the floor</title>",
        f'<rect width="{WIDTH + 10}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="16">Agents on the queues, {DAY}: planned, and the floor as a line</text>',
    ]
    for at, (pool, colour) in enumerate(COLOURS.items()):
        words.append(f'<rect x="{LEFT + 110 * at}" y="24" width="12" height="12" fill="{colour}"/>')
        words.append(f'<text x="{LEFT + 16 + 110 * at}" y="34">{pool}</text>')
    for hour in range(0, 25, 4):
        x = LEFT + (WIDTH - LEFT) * hour / 24
        words.append(f'<text x="{x:.0f}" y="{HEIGHT - 8}" text-anchor="middle">{hour:02d}:00</text>')
    for agents in range(0, int(top) + 1, 20):
        y = HEIGHT - BOTTOM - high * agents / top
        words.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{agents}</text>')
    return words


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(svg(read_plan(sys.argv[1])), encoding="utf-8")
