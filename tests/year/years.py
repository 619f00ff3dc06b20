"""Years small enough to be looked through whole: one pool of own people, and an agency by the hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.problem import Problem
from planner.year import Year, YearFile, year_of
from tests.program.small_problems import Part, pool, problem, queue, scenario, shifts

QUIET, USUAL, BUSY = [10.0, 14.0], [22.0, 30.0], [48.0, 64.0]
MONTHLY: Part = {"by": "month", "wage": 5200.0}
SIMPLE: Part = {
    "fixed_cost_per_month": 300.0,
    "price_per_session": 0.1,
    "level_step": 0.3,
    "intents": [
        {"name": "parcel", "share": 0.3, "containment": 1.0, "complexity": 0.8},
        {"name": "others", "share": 0.7, "automatable": False},
    ],
}

PLATFORMS: Part = {"seats": {"seat_price_per_month": 900.0}, "flat": {"subscription_per_year": 40000.0}}


def season(
    contacts: Sequence[float],
    agency: float = 150.0,
    ai: bool = False,
    platforms: bool = False,
    setup: float | None = None,
    **own: Any,
) -> Problem:
    """A morning of two hours: own people for both, the agency by the hour."""
    line = queue("08:00-10:00", **({"automation": SIMPLE} if ai else {}))
    pools = {
        "own": pool(shifts("08:00", 2.0), **{"pay": MONTHLY, **own}),
        "agency": pool(shifts(["08:00", "09:00"], 1.0), wage=agency),
    }
    rules: Part = {"technologies": PLATFORMS} if platforms else {}
    if setup is not None:
        rules["vendors"] = {"overflow": overflow(setup)}
    return problem(scenario({"calls": line}, pools, **rules), {"calls": list(contacts)})


def overflow(setup: float, **rules: Any) -> Part:
    """A vendor by the minute that is set up once."""
    contract = {
        "by": "minute", "tiers": {"price": 0.6}, "setup_fee": {"amount": setup}, "most_calls_at_once": 9,
    }  # fmt: skip
    return {"queues": "calls", "contract": contract, **rules}


def own_only(contacts: Sequence[float]) -> Problem:
    """The same morning with nobody but own people."""
    return problem(
        scenario({"calls": queue("08:00-10:00")}, {"own": pool(shifts("08:00", 2.0), pay=MONTHLY)}),
        {"calls": list(contacts)},
    )


def year(
    problems: Sequence[Problem],
    own: Part | None = None,
    weeks: float | Sequence[float] = 10.0,
    **rules: Any,
) -> Year:
    """A year of these seasons, to be solved to the end."""
    lasting = [float(weeks)] * len(problems) if isinstance(weeks, (int, float)) else list(weeks)
    seasons = [
        {"name": f"season {number}", "scenario": "small.yaml", "weeks": length}
        for number, length in enumerate(lasting, 1)
    ]
    document = {
        "name": "small",
        "currency": "CNY",
        "seasons": seasons,
        "pools": {"own": {"initial_headcount": 2} if own is None else own},
        "solver": {"gap": 1e-6, "time_limit_seconds": 90.0},
        **rules,
    }
    return year_of(YearFile.model_validate(document), list(problems))
