"""`planner frontier`: what service costs, what an AI share costs, and what the cost is most sensitive to."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.ending import explained, started
from planner.cli.interrupts import Interrupts
from planner.cli.options import AsJson, ForecastOption, Quiet, ScenarioArgument
from planner.cli.sweep import (
    ClusterOption,
    Gap,
    Kept,
    TimeLimit,
    Workers,
    check_place,
    end,
    limits_of,
)


def frontier(
    context: typer.Context,
    scenario: ScenarioArgument,
    promise: Annotated[
        str | None,
        typer.Option(
            "--promise",
            metavar="PATH",
            help="The promise whose targets are tried; left out, the answer rate of every queue.",
        ),
    ] = None,
    first: Annotated[
        float | None, typer.Option("--from", help="The least target; of an answer rate 0.8 if left out.")
    ] = None,
    last: Annotated[
        float | None, typer.Option("--to", help="The largest target; of an answer rate 0.98 if left out.")
    ] = None,
    points: Annotated[int, typer.Option("--points", help="How many targets, or AI shares.")] = 10,
    ai: Annotated[
        str | None,
        typer.Option("--ai", metavar="QUEUE", help="Instead: cost over the AI share of this queue."),
    ] = None,
    tornado: Annotated[
        bool, typer.Option("--tornado", help="Instead: one field at a time, down and up.")
    ] = False,
    field: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="PATH", help="With --tornado: a field to move; may come again."),
    ] = None,
    change: Annotated[float, typer.Option("--change", help="With --tornado: how far; 0.1 is 10 %.")] = 0.1,
    forecast: ForecastOption = None,
    out: Kept = None,
    workers: Workers = None,
    cluster: ClusterOption = None,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Curves of cost, each point a plan with its bound: over a promise, over an AI share, or a tornado.

    Every curve is a sweep of a known form: plans run side by side, with --out the same command goes on where
    an earlier run ended, and results.parquet holds every plan's figures.

    Ctrl-C stops once the plans under way are done, a second one aborts. Exit codes: 0 every point has its
    result, a plan or the reason why there is none, 1 internal error or a point that failed every time, 2 bad
    input, 130 stopped before the last point.
    """
    with explained(as_json), Interrupts() as interrupts:
        check_place(workers, cluster)
        from planner.cli.frontier_curves import CurveAsked
        from planner.cli.frontier_output import deliver_curve
        from planner.cli.sweep_running import Asked, running
        from planner.problem import read_problem

        curve = CurveAsked(promise, first, last, points, ai, tornado, field or (), change)
        curve.check()
        problem = read_problem(scenario, forecast)
        asked = Asked(workers, cluster, out, limits_of(problem, gap, time_limit), started(context), quiet)
        with running(asked, interrupts) as terms:
            found = curve.found(problem, terms)
        deliver_curve(found, as_json)
    end(found.unfinished, found.failed)
