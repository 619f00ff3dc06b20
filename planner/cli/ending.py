"""How a command ends: exit codes, and what is printed when there is no result."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import typer

from planner.errors import Interrupted, InvalidInput, Mistake, NoPlanExists, OutOfTime, PlannerError

INTERNAL, BAD_INPUT, NO_PLAN, OUT_OF_TIME, ABORTED = 1, 2, 3, 4, 130

_ENDINGS: tuple[tuple[type[PlannerError], str, int], ...] = (
    (InvalidInput, "invalid", BAD_INPUT),
    (NoPlanExists, "infeasible", NO_PLAN),
    (OutOfTime, "timeout", OUT_OF_TIME),
    (Interrupted, "error", ABORTED),
    (PlannerError, "error", INTERNAL),
)


@dataclass(frozen=True, slots=True)
class Invocation:
    """What is known of the command as a whole: time.monotonic() at which it started."""

    started: float


def started(context: typer.Context) -> float:
    """When the command started; now, where it was not started from a command line."""
    invocation = context.find_object(Invocation)
    return time.monotonic() if invocation is None else invocation.started


@contextmanager
def explained(as_json: bool) -> Iterator[None]:
    """Turn our errors into what a person or a program reads, and into the exit code."""
    try:
        yield
    except PlannerError as failure:
        status, code = next((status, code) for kind, status, code in _ENDINGS if isinstance(failure, kind))
        print_failure(status, _entries(failure), as_json)
        raise typer.Exit(code) from failure


def print_failure(status: str, errors: Sequence[dict[str, str]], as_json: bool) -> None:
    """One JSON object on standard output, or a line per error on standard error."""
    if as_json:
        import json

        told = json.dumps({"status": status, "errors": list(errors)}, ensure_ascii=False, indent=1)
        print(told.encode("utf-8", "backslashreplace").decode())  # a file's name may be no text
        return
    for error in errors:
        print(one_line(": ".join(part for part in error.values() if part)), file=sys.stderr)


def one_line(words: str) -> str:
    """Words as they can be printed: a name from a file can end no line and command no terminal."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in words)


def wrong(option: str, problem: str) -> InvalidInput:
    """The error for one option that cannot be taken."""
    return InvalidInput([Mistake(option, "", problem)])


def _entries(failure: PlannerError) -> list[dict[str, str]]:
    if isinstance(failure, InvalidInput):
        return [{"file": m.file, "place": m.place, "problem": m.problem} for m in failure.mistakes]
    if isinstance(failure, NoPlanExists):
        return [{"problem": reason} for reason in failure.reasons]
    return [{"problem": str(failure) or _WORDS[type(failure)]}]


_WORDS: dict[type[PlannerError], str] = {
    OutOfTime: "the time limit came before the first plan; give more with --time-limit",
    Interrupted: "stopped before the first plan",
}
