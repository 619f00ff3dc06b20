"""Why a scenario has no plan, made by hand."""

from planner.diagnosis import Infeasible
from planner.diagnosis.document import Change, Clash, ClashRule, LeastShortfall, PricedRepair, Spot


def sample_infeasible() -> Infeasible:
    rules = (
        ClashRule(field="queues.calls.service.floor", value=0.8, says="calls: the floor", necessary=True),
        ClashRule(
            field="pools.own.maximum_headcount",
            value=3,
            says="own: at most 3 people on the books",
            necessary=True,
        ),
    )
    spot = Spot(
        queue="calls",
        start="2026-03-02T09:00:00+00:00",
        end="2026-03-02T11:00:00+00:00",
        pools=("own",),
        agents_short=1.6,
        promise=None,
        beyond=None,
        says="calls: Mon 2026-03-02 09:00-11:00: up to 1.6 agents short",
    )
    change = Change(
        field="pools.own.maximum_headcount",
        before=3,
        after=4,
        says="own: 1 more person on the books",
        smallest=True,
    )
    repair = PricedRepair(changes=(change,), cost=320.0, bound=319.0, dearer=320.0 / 300.0 - 1.0)
    return Infeasible(
        scenario="sample",
        currency="CNY",
        errors=({"problem": spot.says},),
        clashes=(Clash(rules=rules, minimal=True, proof="fractions", where=(spot,)),),
        repairs=(repair,),
        least_shortfall=LeastShortfall(cost=300.0, promises_missed=1, hours_short=11.0),
        complete=True,
        seconds=1.0,
    )
