"""`planner sweep`: many plans of one scenario, on this machine's cores or on a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from planner.cli.ending import ABORTED, INTERNAL, explained, started, wrong
from planner.cli.interrupts import Interrupts
from planner.cli.options import AsJson, ForecastOption, Quiet, ScenarioArgument

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.scenario.scenario import SolverLimits

Over: TypeAlias = Annotated[
    Path, typer.Option("--over", metavar="FILE", help="What is swept: a YAML file of fields and values.")
]
Kept: TypeAlias = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder for the results; a run that was ended goes on there."),
]
Workers: TypeAlias = Annotated[
    int | None, typer.Option("--workers", help="Processes on this machine; left out: one for each core.")
]
ClusterOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="Dask scheduler to use instead: tcp://HOST:PORT."),
]
Gap: TypeAlias = Annotated[
    float | None,
    typer.Option("--gap", help="To which every plan is made; left out, the scenario's. 0.01 is 1 %."),
]
TimeLimit: TypeAlias = Annotated[
    float | None,
    typer.Option("--time-limit", metavar="SECONDS", help="For each plan; left out, the scenario's."),
]


def sweep(
    context: typer.Context,
    scenario: ScenarioArgument,
    over: Over,
    forecast: ForecastOption = None,
    out: Kept = None,
    workers: Workers = None,
    cluster: ClusterOption = None,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Plan a scenario again and again, with fields of it changed: over grids and samples.

    Every plan is made as `plan --reproducible` makes it. With --out each result is written as it comes, and
    the same command goes on where an earlier run ended, however that did; results.parquet holds them all.

    Ctrl-C stops once the plans under way are done, a second one aborts. Exit codes: 0 every task has its
    result, a plan or the reason why there is none, 1 internal error or a task that failed every time, 2 bad
    input, 130 stopped before the last task.
    """
    with explained(as_json), Interrupts() as interrupts:
        check_place(workers, cluster)
        from planner.cli.sweep_output import deliver_sweep
        from planner.cli.sweep_running import Asked, running
        from planner.problem import read_problem
        from planner.sweep import sweep as swept
        from planner.sweep import sweep_in

        problem = read_problem(scenario, forecast)
        wanted = sweep_in(bytes_in(over), over.name, problem)
        asked = Asked(workers, cluster, out, limits_of(problem, gap, time_limit), started(context), quiet)
        with running(asked, interrupts) as terms:
            found = swept(problem, wanted, terms)
        deliver_sweep(found, as_json)
    end(found.unfinished, found.failed)


def end(unfinished: int, failed: int) -> None:
    """End with what a sweep came to, if that is not success: tasks left undone, tasks that failed."""
    if unfinished:
        raise typer.Exit(ABORTED)
    if failed:
        raise typer.Exit(INTERNAL)


def check_place(workers: int | None, cluster: str | None) -> None:
    """See that one place is asked for, and that it can be one.

    Raises
    ------
    InvalidInput
        If it cannot.
    """
    if workers is not None and cluster is not None:
        raise wrong("--workers", "are those of this machine; a cluster has its own: leave one of them out")
    if workers is not None and not 1 <= workers <= 256:
        raise wrong("--workers", f"must be 1 to 256 (got {workers})")
    if cluster is not None and "://" not in cluster:
        raise wrong("--cluster", f"must be an address such as tcp://host:8786 (got {cluster!r})")


def limits_of(problem: Problem, gap: float | None, time_limit: float | None) -> SolverLimits:
    """The scenario's limits, with what was given on the command line over them.

    Raises
    ------
    InvalidInput
        If that is out of range.
    """
    from planner.cli.settings import limits

    return limits(problem.scenario.solver, {"gap": gap, "time_limit_seconds": time_limit})


def bytes_in(path: Path) -> bytes:
    """What a file holds.

    Raises
    ------
    InvalidInput
        If it cannot be read.
    """
    from planner.forecast.reading import bytes_of

    return bytes_of(path, path.name)
