"""`planner plan`: from a scenario to the cheapest plan that keeps its promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, started, wrong
from planner.cli.interrupts import Interrupts
from planner.cli.options import (
    AsJson,
    ForecastOption,
    LanguageOption,
    OutOption,
    Quiet,
    ScenarioArgument,
    Spoken,
    Verbose,
)
from planner.cli.output import deliver
from planner.cli.progress import Watch, watching
from planner.cli.settings import check_confidence, limits
from planner.cli.why import asking_why, planned_or_short, telling_why

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.problem import Problem
    from planner.staffing import Certified, Run


class Promised(StrEnum):
    """What service a plan has to give."""

    promised = "promised"
    economic = "economic"


class Solver(StrEnum):
    """Solvers that can be asked for."""

    auto = "auto"
    scip = "scip"
    highs = "highs"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asked to be planned, and how."""

    scenario: str
    forecast: Path | None
    folder: Path | None
    settings: dict[str, object]
    confidence: float | None
    economic: bool
    started: float
    voice: str
    best_effort: bool = False


def plan(
    context: typer.Context,
    scenario: ScenarioArgument,
    forecast: ForecastOption = None,
    out: OutOption = None,
    language: LanguageOption = Spoken.en,
    as_json: AsJson = False,
    gap: Annotated[
        float | None,
        typer.Option(
            "--gap",
            envvar="PLANNER_GAP",
            help="Stop once cost is proven so near to the least; 0.005 is 0.5 %.",
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            envvar="PLANNER_TIME_LIMIT",
            metavar="SECONDS",
            help="Seconds from the command's start; 60 where nothing else is said.",
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", envvar="PLANNER_SEED", help="Seed of the solvers.")
    ] = None,
    solver: Annotated[
        Solver | None, typer.Option("--solver", envvar="PLANNER_SOLVER", help="Which solver; auto runs both.")
    ] = None,
    reproducible: Annotated[
        bool | None,
        typer.Option(
            "--reproducible",
            envvar="PLANNER_REPRODUCIBLE",
            help="The same plan every time: one task at a time, ended by work done and not by the clock.",
        ),
    ] = None,
    certify: Annotated[
        bool,
        typer.Option(
            "--certify",
            help="Replay the plan contact by contact, repair it where a promise is missed, and certify it.",
        ),
    ] = False,
    credit: Annotated[
        bool,
        typer.Option(
            "--credit",
            help="With --certify: ask for less where the replay serves better than promised.",
        ),
    ] = False,
    confidence: Annotated[
        float | None,
        typer.Option(
            "--confidence",
            envvar="PLANNER_CONFIDENCE",
            help="Promises hold with this probability over how busy days are; left out: on average.",
        ),
    ] = None,
    service: Annotated[
        Promised,
        typer.Option(
            "--service",
            help="What the scenario promises; or economic: what is worth its cost, at the prices of lost "
            "contacts and of waiting.",
        ),
    ] = Promised.promised,
    best_effort: Annotated[
        bool,
        typer.Option(
            "--best-effort",
            help="Where no plan exists, the one with the least shortfall, and everything that it misses.",
        ),
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make the cheapest plan that keeps every promise, with a proof of how near it is to the best possible.

    With --certify the time limit covers all rounds of planning; the certificate's replay comes after it and
    takes at most 20 seconds.

    Where no plan exists, the rules that clash are printed with the cheapest repairs; that takes at most twice
    the time limit more. With --best-effort it is the plan with the least shortfall, exit code 0.

    Ctrl-C stops with the best plan so far, a second one aborts. Exit codes: 0 a plan, 1 internal error,
    2 bad input, 3 no plan exists, 4 time ran out without a plan, 130 stopped without a plan.
    """
    settings: dict[str, object] = {
        "gap": gap,
        "time_limit_seconds": time_limit,
        "seed": seed,
        "solver": None if solver is None else solver.value,
        "reproducible": reproducible,
    }
    voice = "verbose" if verbose else "quiet" if quiet else "usual"
    with explained(as_json), telling_why(as_json), Interrupts() as interrupts:
        if credit and not certify:
            raise wrong("--credit", "needs --certify: only a replay can show what is over-served")
        if best_effort and certify:
            raise wrong("--best-effort", "cannot be certified: it misses promises; leave --certify out")
        economic = service == Promised.economic
        began = started(context)
        asked = Asked(scenario, forecast, out, settings, confidence, economic, began, voice, best_effort)
        if certify:
            made = _certified(asked, interrupts, credit)
            deliver(made.plan, out, as_json, made.certificate, language.value)
        else:
            deliver(_planned(asked, interrupts), out, as_json, language=language.value)


def _planned(asked: Asked, interrupts: Interrupts) -> Plan:
    with watching(asked.started, interrupts, asked.voice) as watch:
        from planner.report.files import NAMES
        from planner.staffing import make_plan

        problem, run = _question(asked, interrupts, watch, NAMES)
        if asked.best_effort:
            return planned_or_short(problem, run)
        with asking_why(problem, run):
            return make_plan(problem, run)


def _certified(asked: Asked, interrupts: Interrupts, credit: bool) -> Certified:
    with watching(asked.started, interrupts, asked.voice) as watch:
        from planner.report.files import CERTIFICATE, NAMES
        from planner.staffing import Terms, make_certified_plan

        problem, run = _question(asked, interrupts, watch, (*NAMES, CERTIFICATE))
        with asking_why(problem, run):
            return make_certified_plan(problem, run, Terms(credit=credit))


def _question(
    asked: Asked, interrupts: Interrupts, watch: Watch, names: Sequence[str]
) -> tuple[Problem, Run]:
    """What is to be planned, and how; everything that can be wrong with it is found before the work."""
    from planner.problem import read_problem
    from planner.report.files import check_folder
    from planner.scenario.scenario import SolverLimits
    from planner.staffing import Run

    limits(SolverLimits(), asked.settings)
    check_confidence(asked.confidence)
    if asked.folder is not None:
        check_folder(asked.folder, names)
    problem = read_problem(asked.scenario, asked.forecast, asked.confidence, asked.economic)
    chosen = limits(problem.scenario.solver, asked.settings)
    return problem, Run(asked.started, chosen, watch, interrupts.stopped)
