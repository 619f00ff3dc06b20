"""`planner certify`: a plan on file replayed contact by contact, and a verdict on each of its promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, started
from planner.cli.interrupts import Interrupts
from planner.cli.options import AsJson, PlanArgument
from planner.cli.output import deliver_certificate
from planner.cli.progress import replaying

if TYPE_CHECKING:
    from planner.certificate import Certificate
    from planner.simulation import Progress


@dataclass(frozen=True, slots=True)
class Asked:
    """Which plan the person asked to be certified, and with which effort."""

    plan: Path
    seed: int
    replications: int
    seconds: float
    folder: Path | None


def certify(
    context: typer.Context,
    plan: PlanArgument,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same certificate.")] = 1,
    replications: Annotated[
        int, typer.Option("--replications", metavar="N", min=2, help="Replay the plan at most so often.")
    ] = 3200,
    seconds: Annotated[
        float,
        typer.Option("--seconds", metavar="S", min=0.0, help="Begin no more replications after so long."),
    ] = 20.0,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Folder for certificate.json.")
    ] = None,
) -> None:
    """Replay a plan contact by contact and say of every promise whether it is kept.

    The replay goes on until every promise is decided, or until the replications or seconds are spent; Ctrl-C
    stops it sooner, a second one aborts. Exit codes: 0 a certificate was made, whatever it says, 1 internal
    error, 2 bad input, 130 aborted.
    """
    with explained(as_json), Interrupts() as interrupts:
        asked = Asked(plan, seed, replications, seconds, out)
        with replaying(started(context), interrupts) as listener:
            made = _certified(asked, interrupts, listener)
        deliver_certificate(made, out, as_json)


def _certified(asked: Asked, interrupts: Interrupts, listener: Callable[[Progress], None]) -> Certificate:
    from planner import certificate
    from planner.plan import read_plan
    from planner.report.files import CERTIFICATE, check_folder
    from planner.simulation import Effort

    if asked.folder is not None:
        check_folder(asked.folder, [CERTIFICATE])
    effort = Effort(seed=asked.seed, replications=asked.replications, seconds=asked.seconds)
    plan = read_plan(asked.plan)
    return certificate.certify(plan, effort=effort, listener=listener, stopped=interrupts.stopped)
