"""`planner compare`: plans side by side, and why one costs more than another."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.compare_given import read_given
from planner.cli.ending import explained, started, wrong
from planner.cli.interrupts import Interrupts
from planner.cli.options import AsJson, Quiet, Verbose
from planner.cli.progress import comparing
from planner.cli.settings import limits

if TYPE_CHECKING:
    from planner.seasons import Cause, Given, Way


def compare(
    context: typer.Context,
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN_OR_SCENARIO...",
            help="Two or more: plan.json, the folder it lies in, or a scenario (YAML), which is planned.",
        ),
    ],
    explain: Annotated[
        bool | None,
        typer.Option(
            "--explain/--no-explain",
            help="Of two, why the second costs more or less; left out, two are explained.",
        ),
    ] = None,
    shapley: Annotated[
        bool, typer.Option("--shapley", help="Explain on average over all orders of the causes.")
    ] = False,
    order: Annotated[
        str | None,
        typer.Option(
            "--order",
            metavar="LIST",
            help="Causes in the order they are swapped, with commas between; the others follow.",
        ),
    ] = None,
    gap: Annotated[
        float | None, typer.Option("--gap", envvar="PLANNER_GAP", help="Of every plan that is made; 0.005.")
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            envvar="PLANNER_TIME_LIMIT",
            metavar="SECONDS",
            help="Of every plan that is made; 60 s.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, max=64, help="Plans made at a time; left out, one for every two processors."
        ),
    ] = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for differences.json, plans.csv and parts.csv."),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Put plans side by side, and say why the second of two costs more or less than the first.

    The change of cost is shared out over its causes, to the cent: contacts that are more, come at other
    times or take longer, prices, promises, AI, labour, contracts. They are swapped one after another, and the
    plans in between are made; each part comes with the range that the plans' gaps leave open.

    Exit codes: 0 a comparison, 1 internal error, 2 bad input, 3 one of them has no plan, 4 time ran out,
    130 stopped.
    """
    voice = "verbose" if verbose else "quiet" if quiet else "usual"
    with explained(as_json), Interrupts() as interrupts:
        with comparing(started(context), interrupts, voice) as watch:
            from planner.report.files import DIFFERENCES, check_folder
            from planner.scenario.scenario import SolverLimits
            from planner.seasons import compare as beside
            from planner.staffing.several import Batch

            if out is not None:
                check_folder(out, DIFFERENCES)
            batch = Batch(
                limits=limits(SolverLimits(), {"gap": gap, "time_limit_seconds": time_limit}),
                workers=workers or max(1, (os.cpu_count() or 1) // 2),
                started=started(context),
                watch=watch,
                stopped=interrupts.stopped,
            )
            swapped = _order(order, shapley)
            read = read_given(given)
            found = beside(read, _way(read, explain, shapley), batch, swapped)
        from planner.cli.output import deliver_differences

        deliver_differences(found, out, as_json)


def _order(order: str | None, shapley: bool) -> Sequence[Cause]:
    """All causes in the order in which they are swapped."""
    from planner.seasons import ORDER

    if order is None:
        return ORDER
    if shapley:
        raise wrong("--order", "says nothing with --shapley, which takes all orders; leave one of them out")
    names = [name.strip().replace(" ", "_") for name in order.split(",")]
    unknown = [name for name in names if name not in ORDER]
    if unknown:
        raise wrong("--order", f"must name causes: {', '.join(ORDER)} (got {unknown[0]!r})")
    first = [cause for name in names for cause in ORDER if cause == name]
    return tuple(dict.fromkeys((*first, *ORDER)))


def _way(read: Sequence[Given], explain: bool | None, shapley: bool) -> Way | None:
    """How the difference is explained; None: it is not."""
    from planner.seasons import unlike

    asked = "--shapley" if shapley else "--explain" if explain else None
    if shapley and explain is False:
        raise wrong("--shapley", "explains a difference, and --no-explain says not to; leave one of them out")
    if asked is not None and len(read) != 2:
        raise wrong(asked, f"explains the difference of two plans (got {len(read)}); name two")
    if asked is not None:
        for reason in unlike(read[0].problem, read[1].problem):
            raise wrong(asked, reason)
    if explain is False or len(read) != 2:
        return None
    return "shapley" if shapley else "order"
