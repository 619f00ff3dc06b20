"""Draws what `planner compare` found: people of every season, parts of a change.

python scenarios/seasons/picture.py people DIFFERENCES.json PEOPLE.svg
python scenarios/seasons/picture.py causes DIFFERENCES.json... CAUSES.svg

Pictures of the pages are drawn from one run, which lies in `found/`; nothing but the folder draws them all:

python scenarios/seasons/picture.py docs
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from planner.report.part_text import named
from planner.seasons import Difference, Differences, SidePlan

WIDTH, LEFT, RIGHT, TOP = 720, 110, 24, 56
# Blue, orange, green and purple of Okabe and Ito (2008), which colour-blind people tell apart.
BLUE, ORANGE, GREEN, PURPLE = COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")
POOLS = {"inhouse": BLUE, "outsourced": ORANGE, "remote": GREEN}
BOLD, WHITE = ' font-weight="bold"', ' fill="#fff"'
WAYS = {"order": "one cause after another", "shapley": "average over all orders"}


def people_svg(found: Differences) -> str:
    """People on the books by pool, a bar per plan, with what the plan and its contacts cost below."""
    pools = list(dict.fromkeys(row.pool for plan in found.plans for row in plan.people))
    height, floor = 300, 236
    most = max(sum(row.people for row in plan.people) for plan in found.plans)
    scale = (floor - TOP) / most
    wide = (WIDTH - 2 * RIGHT) / len(found.plans)
    shapes = [*_frame(height, "People on the books, by pool", "People on the books of every season, by pool")]
    colours = [POOLS.get(pool, colour) for pool, colour in zip(pools, COLOURS, strict=False)]
    shapes += _legend(pools, colours)
    for at, plan in enumerate(found.plans):
        middle = RIGHT + (at + 0.5) * wide
        shapes += _stack(plan, dict(zip(pools, colours, strict=False)), (middle, floor, scale))
        shapes.append(_text(middle, floor + 18, plan.name, "middle", BOLD))
        shapes.append(_text(middle, floor + 34, f"{plan.cost:,.0f} {found.currency}", "middle"))
        each = "" if plan.cost_per_contact is None else f"{plan.cost_per_contact:,.2f} a contact"
        shapes.append(_text(middle, floor + 50, each, "middle"))
    return _whole(shapes)


def _stack(plan: SidePlan, pools: dict[str, str], where: tuple[float, float, float]) -> Iterator[str]:
    """The pools of a plan on top of each other."""
    middle, floor, scale = where
    counts = {row.pool: row.people for row in plan.people}
    below = 0
    for pool, colour in pools.items():
        many = counts.get(pool, 0)
        y, high = floor - scale * (below + many), scale * many
        yield f'<rect x="{middle - 40:.1f}" y="{y:.1f}" width="80" height="{high:.1f}" fill="{colour}"/>'
        if high > 13:
            yield _text(middle, y + high / 2 + 4, f"{many}", "middle", WHITE if colour == BLUE else "")
        below += many
    yield _text(middle, floor - scale * below - 5, f"{below}", "middle")


def causes_svg(found: Sequence[Differences]) -> str:
    """What every cause changed, a bar per way of explaining, with the range that the gaps leave open."""
    explained = [each.difference for each in found if each.difference is not None]
    names = list(dict.fromkeys(named(part.causes) for each in explained for part in each.parts))
    row = 18 * len(explained) + 10
    height = TOP + row * (len(names) + 1) + 26
    ends = [float(end) for each in explained for part in each.parts for end in (part.low, part.high)]
    ends += [float(end) for each in explained for end in (each.low, each.high)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    left = 60 if low < 0 else 0
    scale = (WIDTH - LEFT - RIGHT - 60 - left) / (high - low)
    zero = LEFT + left - low * scale
    first, second = found[0].plans
    heading = f"From {first.name} to {second.name}: change of cost by cause, {found[0].currency}"
    shapes = [*_frame(height, heading, heading)]
    shapes += _legend([WAYS[each.way] for each in explained], COLOURS, 180)
    for at, name in enumerate([*names, "total"]):
        top = TOP + row * at
        shapes.append(_text(LEFT - 14, top + row / 2 - 1, name, "end", BOLD if name == "total" else ""))
        for line, each in enumerate(explained):
            shapes += _bar(each, name, (zero, top + 18 * line, scale), COLOURS[line])
    shapes.append(f'<line x1="{zero:.1f}" y1="{TOP - 6}" x2="{zero:.1f}" y2="{height - 20}" stroke="#000"/>')
    return _whole(shapes)


def _bar(of: Difference, name: str, where: tuple[float, float, float], colour: str) -> Iterator[str]:
    """One part as a bar from zero, its range as a line with ends."""
    amounts = {named(part.causes): (part.change, part.low, part.high) for part in of.parts}
    amounts["total"] = (of.change, of.low, of.high)
    if name not in amounts:
        return
    zero, top, scale = where
    change, low, high = (zero + scale * float(amount) for amount in amounts[name])
    start, width = min(zero, change), abs(change - zero)
    yield f'<rect x="{start:.1f}" y="{top:.1f}" width="{width:.1f}" height="13" fill="{colour}"/>'
    y = top + 6.5
    yield (
        f'<path d="M{low:.1f} {y - 4:.1f}v8M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - 4:.1f}v8" '
        'stroke="#000" fill="none"/>'
    )
    amount = f"{float(amounts[name][0]):+,.0f}"
    right = change >= zero
    yield _text(
        (max(high, zero) + 5) if right else (min(low, zero) - 5),
        top + 11,
        amount,
        "start" if right else "end",
    )


def _frame(height: float, heading: str, title: str) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        'font-family="sans-serif" font-size="12">'
    )
    yield f"<title>{escape(title)}</title>"
    yield f'<rect width="{WIDTH}" height="{height:.0f}" fill="#fff"/>'
    yield _text(12, 18, heading, "start", BOLD)


def _legend(names: Sequence[str], colours: Sequence[str], apart: int = 110) -> Iterator[str]:
    for at, (name, colour) in enumerate(zip(names, colours, strict=False)):
        yield f'<rect x="{12 + apart * at}" y="28" width="12" height="12" fill="{colour}"/>'
        yield _text(28 + apart * at, 38, name, "start")


def _text(x: float, y: float, words: str, anchor: str, style: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{style}>{escape(words)}</text>'


def _whole(shapes: Sequence[str]) -> str:
    return "\n".join([*shapes, "</svg>"]) + "\n"


def read(file: str) -> Differences:
    """A comparison on file."""
    return Differences.model_validate_json(Path(file).read_text(encoding="utf-8"))


def pictures() -> dict[str, str]:
    """The pictures of the pages, by the name of their file."""
    kept = Path(__file__).with_name("found")
    names = ("shop", "shop-peak", "shop-peak-shapley", "bank", "bank-shapley")
    shop, peak, peak_shapley, bank, bank_shapley = (read(str(kept / f"{name}.json")) for name in names)
    return {
        "seasons-people.svg": people_svg(shop),
        "seasons-causes.svg": causes_svg([peak, peak_shapley]),
        "bank-causes.svg": causes_svg([bank, bank_shapley]),
    }


def main(kind: str, *files: str) -> None:
    """Draw what the files before the last hold into the last; a folder alone gets the pages' pictures."""
    if not files:
        for name, drawn in pictures().items():
            (Path(kind) / name).write_text(drawn, encoding="utf-8")
        return
    found = [read(file) for file in files[:-1]]
    drawn = people_svg(found[0]) if kind == "people" else causes_svg(found)
    Path(files[-1]).write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
