"""The command `planner` and how every way of ending it becomes an exit code."""

from __future__ import annotations

import os
import signal
import sys
from importlib.metadata import entry_points
from types import FrameType, TracebackType
from typing import Annotated

import typer

from planner.cli.allocate import allocate
from planner.cli.calibrate import calibrate
from planner.cli.cashflow import cashflow
from planner.cli.certify import certify
from planner.cli.compare import compare
from planner.cli.contracts import contracts
from planner.cli.ending import ABORTED, BAD_INPUT, INTERNAL, Invocation, print_failure
from planner.cli.erlang import erlang
from planner.cli.evaluate import evaluate
from planner.cli.explain import explain
from planner.cli.frontier import frontier
from planner.cli.plan import plan
from planner.cli.prices import prices
from planner.cli.schema import schema
from planner.cli.show import show
from planner.cli.sourcing import sourcing
from planner.cli.sweep import sweep
from planner.cli.year import year

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""A command typed wrongly; Typer does not export the class, and where it lies depends on its version."""

app = typer.Typer(
    name="planner",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in (
    plan, allocate, calibrate, cashflow, certify, compare, contracts, evaluate, erlang, explain, prices,
    schema, show, sourcing, sweep, frontier, year,
):  # fmt: skip
    app.command()(_command)
for _entry in entry_points(group="planner.commands"):
    _given = _entry.load()
    if isinstance(_given, typer.Typer):
        app.add_typer(_given, name=_entry.name)
    else:
        app.command(_entry.name)(_given)


def _print_version(asked: bool) -> None:
    if asked:
        from planner import __version__

        print(f"planner {__version__}")
        raise typer.Exit


@app.callback()
def planner(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Plan the cheapest staffing of a contact centre that keeps its service promises, with a proof."""


def run(started: float) -> int:
    """Run one command; the exit code."""
    sys.excepthook = _internal_error
    signal.signal(signal.SIGTERM, _terminated)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        command = typer.main.get_command(app)
        return int(command(prog_name="planner", obj=Invocation(started), standalone_mode=False) or 0)
    except UsageError as failure:
        return _usage(failure)
    except (KeyboardInterrupt, typer.Abort):
        print_failure("error", [{"problem": "aborted by Ctrl-C"}], _wants_json())
        return ABORTED
    except BrokenPipeError:
        # The reader has gone, such as `planner plan | head`; nothing more can be said on standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERNAL


def _usage(failure: Exception) -> int:
    message = str(getattr(failure, "format_message", failure.__str__)())
    if _wants_json():
        print_failure("invalid", [{"problem": message}], as_json=True)
        return BAD_INPUT
    getattr(failure, "show")()  # noqa: B009 - the class is known at run time alone
    return BAD_INPUT


def _wants_json() -> bool:
    return "--json" in sys.argv[1:]


def _terminated(number: int, _frame: FrameType | None) -> None:
    """End by way of the `finally` clauses, so that no child process is left behind."""
    raise SystemExit(128 + number)


def _internal_error(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
    """What is printed for a fault of ours; Python then ends with exit code 1."""
    if {"-v", "--verbose"} & set(sys.argv[1:]):
        sys.__excepthook__(kind, failure, trace)
    problem = f"internal error, please report it: {kind.__name__}: {failure} (-v shows where)"
    print_failure("error", [{"problem": problem}], _wants_json())
