"""Why an interval of a plan is as it is, on one page."""

from __future__ import annotations

import time

from planner.explaining.document import Explanation
from planner.explaining.interval import formulas, holdings, needs, serving
from planner.explaining.pools import idle, pool_formulas, pool_reasons
from planner.explaining.shares import share_costs
from planner.explaining.spot import spot_of
from planner.plan import Plan


def explain(
    plan: Plan, queue: str | None = None, at: str | None = None, seconds: float = 60.0
) -> Explanation:
    """Why an interval of a plan has its people, pools and AI share.

    Parameters
    ----------
    queue : None takes the one with most agents in an interval
    at : start of the interval, `10:30` or `2026-03-02T10:30`; None takes the one with most agents
    seconds : for plans with other AI shares; 0 leaves them out

    Raises
    ------
    InvalidInput
        If the plan has no such queue or interval.
    """
    started, spot = time.monotonic(), spot_of(plan, queue, at)
    served, reasons = tuple(serving(spot)), tuple(pool_reasons(spot))
    occupancy = next((one.occupancy for one in served if one.agents == spot.row.planned), None)
    idle_now = idle(spot, occupancy, reasons)
    limits = spot.problem.scenario.solver
    return Explanation(
        scenario=plan.scenario,
        currency=plan.currency,
        queue=spot.queue.name,
        start=spot.row.start,
        contacts=spot.row.contacts,
        handle_time_seconds=spot.row.handle_time_seconds,
        load=spot.row.load,
        needed=spot.row.needed,
        planned=spot.row.planned,
        needs=tuple(needs(spot)),
        serving=served,
        holds=tuple(holdings(spot)),
        pools=reasons,
        idle_agents=idle_now[0],
        idle_cost=idle_now[1],
        shares=tuple(share_costs(spot, seconds, limits)) if seconds > 0 else (),
        formulas=(*formulas(spot), *pool_formulas(spot, reasons, idle_now)),
        seconds=time.monotonic() - started,
    )
