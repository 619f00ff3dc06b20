"""A planned year as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from planner.report.figures import money, percent
from planner.report.labels import ENGLISH
from planner.report.tables import close_table, titled
from planner.year.document import WayRow, YearCost, YearPlan

_ITEMS = {
    "hiring": "Hiring",
    "severance": "Severance",
    "learning": "Pay of people who are learning",
    "ai_setup": "AI, set up once",
    "vendor_setup": "Vendors, set up once",
}
_WAYS = {"joint": "as one problem", "season by season": "season by season", "one team": "one team all year"}


def print_year(made: YearPlan, console: Console) -> None:
    """Print cost and proof, people from season to season, costs by item, and the other ways."""
    console.print(Text.assemble((made.year, "bold"), f"  {money(made.cost, made.cost)} {made.currency}"))
    least = f"No year can cost less than {money(made.bound, made.cost)}: gap {percent(made.gap, 2)}"
    console.print(Text(f"{least}, {made.seconds:.0f} s, stopped by {_stopped(made)}."))
    for part in (_seasons(made), _people(made), _costs(made), _ways(made)):
        console.print(Padding(part, (1, 0, 0, 0)))
    for line in (*_saved(made), *_ai(made), *made.notes):
        console.print(Padding(Text(line), (1, 0, 0, 0)))


def _stopped(made: YearPlan) -> str:
    return {"gap": "the gap asked for", "time limit": "the time limit"}.get(made.stopped, made.stopped)


def _seasons(made: YearPlan) -> RenderableType:
    shown = close_table()
    shown.add_column("Season", overflow="fold")
    for heading in ("Weeks", "A calendar", "At least", "Season"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("Promises", no_wrap=True)
    for row in made.seasons:
        amounts = (row.plan_cost, row.plan_bound, row.cost)
        figures = (money(amount, row.cost) for amount in amounts)
        shown.add_row(Text(row.season), f"{row.weeks:.4g}", *figures, _kept(row.met, row.certified))
    return titled(f"Plans of the seasons, {made.currency}", shown)


def _kept(met: bool, certified: bool | None) -> str:
    if certified is None:
        return "kept" if met else "missed"
    return "certified" if certified else "not certified"


def _people(made: YearPlan) -> RenderableType:
    shown = close_table()
    shown.add_column("Pool", overflow="fold")
    shown.add_column("Season", overflow="fold")
    for heading in ("People", "On shifts", "Needed", "Join", "Let go", "Leave"):
        shown.add_column(heading, justify="right", no_wrap=True)
    rows = sorted(made.teams, key=lambda row: row.pool)
    for pool, group in groupby(rows, key=lambda row: row.pool):
        for number, row in enumerate(group):
            counts = (str(row.people), str(row.on_shifts), str(row.needed))
            moves = (_mean(row.joining), _mean(row.leaving), _mean(row.left))
            shown.add_row(Text("" if number else pool), Text(row.season), *counts, *moves)
    return titled("People from season to season", shown)


def _mean(people: float) -> str:
    return f"{people:.1f}" if people else "–"


def _costs(made: YearPlan) -> RenderableType:
    shown = close_table()
    shown.add_column("Item", overflow="fold")
    shown.add_column("Of", overflow="fold")
    shown.add_column("Amount", justify="right", no_wrap=True)
    for line in made.costs:
        of = line.pool or line.queue or ""
        shown.add_row(_item(line), Text(of), money(line.amount, made.cost))
    return titled(f"The year's cost, {made.currency}", shown)


def _item(line: YearCost) -> str:
    return _ITEMS.get(str(line.item)) or ENGLISH.get(str(line.item), str(line.item))


def _ways(made: YearPlan) -> RenderableType:
    shown = close_table()
    shown.add_column("Planned", overflow="fold")
    for heading in ("Cost", "At least", "Dearer by"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("People", overflow="fold")
    for row in made.ways:
        amounts = (_amount(row.cost), _amount(row.bound), _more(row))
        people = "; ".join(", ".join(f"{number:g}" for number in pool) for pool in row.people)
        shown.add_row(_WAYS[row.way], *amounts, people or row.why)
    return titled("Ways to staff the year", shown)


def _amount(amount: float | None) -> str:
    return "–" if amount is None else money(amount, max(amount, 1000.0))


def _more(row: WayRow) -> str:
    return "" if row.way == "joint" else _amount(row.dearer)


def _saved(made: YearPlan) -> Iterator[str]:
    for row in made.ways:
        if row.dearer is not None and row.cost is not None and row.way != "joint" and row.cost > 0:
            sure = "" if row.surely is None else f", at least {_amount(row.surely)} whatever its people"
            yield (
                f"As one problem the year costs {_amount(row.dearer)} {made.currency} less "
                f"({percent(row.dearer / row.cost, 2)}) than {_WAYS[row.way]}{sure}."
            )


def _ai(made: YearPlan) -> Iterator[str]:
    if made.platform is not None:
        yield f"Platform of the year: {made.platform}."
    for row in made.ai:
        cost = f"bought for the year, {_amount(row.cost)} {made.currency}" if row.bought else "not bought"
        yield f"AI on {row.queue}: {cost}."
