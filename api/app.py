"""The service: a scenario and a forecast in, a plan out. Run it with `uvicorn api.app:app`."""

from __future__ import annotations

import time
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

import planner
from api.body_limit import BodyLimit
from api.pointers import body_parts, mistake_pointer, pointer
from api.problems import Fault, problem
from planner.errors import InvalidInput, Mistake, NoPlanExists, OutOfTime, PlannerError
from planner.plan import Failure, FailureStatus, Plan
from planner.problem import Problem


class PlanRequest(BaseModel):
    """What a plan is made from."""

    model_config = ConfigDict(extra="forbid")

    scenario: dict[str, Any] = Field(description="as in a scenario file, without `forecast.file`")
    forecast: list[dict[str, Any]] | dict[str, list[Any]] = Field(
        description="rows {start, queue, contacts, handle_time_seconds}, or a list per column"
    )


def create_app() -> FastAPI:
    """The service with its endpoints and its one way of telling what is wrong."""
    app = FastAPI(title="Contact centre planner", version=planner.__version__, docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(PlannerError, _failed)
    app.get("/health")(health)
    app.post("/plans", response_model=Plan | Failure)(create_plan)
    return app


def health() -> dict[str, str]:
    """Say that the service is up, and its version."""
    return {"status": "ok", "version": planner.__version__}


def create_plan(request: PlanRequest) -> Response:
    """Make the cheapest plan that keeps every promise; waits until it is made.

    No plan that exists, or none within the time, is a result too: `status` says so.
    """
    started = time.monotonic()
    try:
        plan = planner.make_plan(_problem(request), planner.Run(started))
    except InvalidInput as failure:
        return _mistakes(failure, request.model_dump())
    except NoPlanExists as failure:
        return _without_plan("infeasible", failure.reasons)
    except OutOfTime as failure:
        return _without_plan("timeout", (str(failure) or "the time limit came before the first plan",))
    return Response(plan.to_json(), media_type="application/json")


def _problem(request: PlanRequest) -> Problem:
    given = request.scenario.get("forecast")
    if isinstance(given, dict) and given.get("file") is not None:
        detail = "is not read over HTTP; send the rows in `forecast` beside the scenario"
        raise InvalidInput([Mistake("scenario", "forecast.file", detail)])
    return planner.problem_from(request.scenario, request.forecast)


def _mistakes(failure: InvalidInput, body: dict[str, Any]) -> Response:
    faults = [
        Fault(pointer=mistake_pointer(mistake, body), detail=mistake.problem) for mistake in failure.mistakes
    ]
    return problem(422, "The scenario or the forecast is wrong.", faults)


def _without_plan(status: FailureStatus, reasons: tuple[str, ...]) -> Response:
    failure = Failure(status=status, errors=tuple({"problem": reason} for reason in reasons))
    return Response(failure.model_dump_json(), media_type="application/json")


async def _unreadable(_request: Request, failure: Exception) -> Response:
    """A body that is no request for a plan; what it held is not repeated, it may be no JSON."""
    assert isinstance(failure, RequestValidationError)
    faults: dict[str, Fault] = {}
    for error in failure.errors():
        at = pointer(body_parts(error["loc"][1:], failure.body))
        faults.setdefault(at, Fault(pointer=at, detail=error["msg"]))
    return problem(422, "The body is no request for a plan.", list(faults.values()))


async def _refused(_request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)
    return problem(failure.status_code, str(failure.detail))


async def _failed(_request: Request, failure: Exception) -> Response:
    return problem(500, f"No plan could be made: {failure}")


app = create_app()
