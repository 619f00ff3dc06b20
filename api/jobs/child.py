"""The process that makes one plan: `python -m api.jobs.child CONNECTION LIFELINE PARENT MEMORY CERTIFY`.

It reads the plan's inputs from standard input, tells its progress and its result over the connection, and
never sees the database. It ends when the server does, even killed with -9, and its solvers end with it.

Messages are JSON: {"told": {...}} again and again, then {"ended": STATE, "documents": [KIND, ...]} or
{"broke": REASON}, and after `ended` the bytes of each document. What cannot be helped by trying again is a
result with its reasons; a solver that died is not, and the server may try again.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from api.failures import failure, too_much
from planner.errors import InvalidInput, NoPlanExists, OutOfTime, PlannerError
from planner.solver.lifeline import end_with_parent

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.staffing import Progress, Run

NICENESS = 10
"""Plans take what the server leaves: a request is answered at once even while every core solves."""
_SUDDEN = 1.5
"""Times the limit: the server looks at the memory in use now and then, and this stops what comes between."""
_LEAST_SECONDS = 5.0
"""To find out why there is no plan; the server waits a little longer than a plan's time limit."""
_EVERY_SECONDS = 0.5
"""Progress is told no more often."""


def main() -> None:
    """Make the plan and tell of it."""
    started = time.monotonic()
    handle, lifeline, parent, memory, certify = map(int, sys.argv[1:6])
    end_with_parent(lifeline, parent)
    os.nice(NICENESS)
    most = round(_SUDDEN * memory)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection: Connection[Any, Any] = Connection(handle)
    with connection:
        try:
            _tell(connection, *_made(sys.stdin.buffer.read(), started, bool(certify), connection))
        except MemoryError:
            _tell(connection, "failed", {"failure": failure("error", too_much(memory))})
        except PlannerError as found:
            _send(connection, {"broke": str(found)})


def _made(
    inputs: bytes, started: float, certify: bool, connection: Connection[Any, Any]
) -> tuple[str, dict[str, bytes]]:
    """The state that the plan ends in, and its documents."""
    from planner.inputs import problem_in
    from planner.plan import Inputs
    from planner.staffing import Run

    try:
        problem = problem_in(Inputs.model_validate_json(inputs))
        try:
            return "finished", _documents(problem, Run(started, watch=_watch(connection)), certify)
        except NoPlanExists as found:
            return "infeasible", {"failure": _why(problem, found, started)}
    except OutOfTime as found:
        reason = str(found) or "the time limit came before the first plan"
        return "timeout", {"failure": failure("timeout", reason)}
    except InvalidInput as found:
        return "failed", {"failure": failure("invalid", *map(str, found.mistakes))}


def _documents(problem: Problem, run: Run, certify: bool) -> dict[str, bytes]:
    from planner.staffing import Progress, make_certified_plan, make_plan

    if certify:
        made = make_certified_plan(problem, run)
        plan, rest = made.plan, {"certificate": made.certificate.to_json().encode()}
    else:
        plan, rest = make_plan(problem, run), {}
    run.watch(Progress(run.seconds, "finished", plan.bound, plan.cost))
    return {"plan": plan.to_json().encode(), **rest}


def _why(problem: Problem, found: NoPlanExists, started: float) -> bytes:
    """What `planner plan --json` prints: the rules that clash and the cheapest repairs, in the time left."""
    from planner.diagnosis import Effort, diagnose

    limits = problem.scenario.solver
    left = max(_LEAST_SECONDS, limits.time_limit_seconds - (time.monotonic() - started))
    return diagnose(problem, found, Effort(left, limits)).to_json().encode()


def _watch(connection: Connection[Any, Any]) -> Callable[[Progress], None]:
    """Tells progress now and then, and every better plan at once."""
    last, cost = float("-inf"), None

    def watch(progress: Progress) -> None:
        nonlocal last, cost
        ended = progress.doing == "finished"
        if progress.seconds < last + _EVERY_SECONDS and progress.cost == cost and not ended:
            return
        last, cost = progress.seconds, progress.cost
        news = {
            "seconds": progress.seconds,
            "doing": progress.doing,
            "cost": progress.cost,
            "bound": progress.bound,
        }
        _send(connection, {"told": news})

    return watch


def _tell(connection: Connection[Any, Any], state: str, documents: dict[str, bytes]) -> None:
    _send(connection, {"ended": state, "documents": list(documents)})
    for content in documents.values():
        connection.send_bytes(content)


def _send(connection: Connection[Any, Any], message: dict[str, object]) -> None:
    connection.send_bytes(json.dumps(message).encode())


if __name__ == "__main__":
    main()
