"""Formulas and tables of one queue: Erlang A, B and C, exact from 0 to 10,000 erlangs and beyond.

Each interval is a stationary system (`Systems`), on days that may be busier than forecast (`Busyness`).
`measures` says what a number of agents delivers, `agents_needed` how many a promise needs, `loss_tables`
what the program cuts from. The equations, numbered (Q1) to (Q20), stand in docs/explanation/queueing.md.
"""

from planner.queueing.busyness import AS_FORECAST, Busyness
from planner.queueing.erlang_a import erlang_a
from planner.queueing.erlang_b import agents_for_blocking, blocking, load_for_blocking
from planner.queueing.erlang_c import erlang_c
from planner.queueing.measures import Measures, measures
from planner.queueing.quantiles import quantiles, surely
from planner.queueing.sizing import Goal, agents_needed
from planner.queueing.systems import Systems
from planner.queueing.tables import LossTables, NotConvex, loss_tables, share_at
from planner.queueing.tallies import Tallies

__all__ = [
    "AS_FORECAST",
    "Busyness",
    "Goal",
    "LossTables",
    "Measures",
    "NotConvex",
    "Systems",
    "Tallies",
    "agents_for_blocking",
    "agents_needed",
    "blocking",
    "erlang_a",
    "erlang_c",
    "load_for_blocking",
    "loss_tables",
    "measures",
    "quantiles",
    "share_at",
    "surely",
]
