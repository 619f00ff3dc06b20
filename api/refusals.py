"""The one place where errors become answers of HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.lines import log
from api.pointers import body_parts, pointer
from api.problems import Fault, Refused, problem
from planner.errors import PlannerError


def add_refusals(app: FastAPI) -> None:
    """Every error as problem details."""
    app.add_exception_handler(RequestValidationError, _misread)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(DBAPIError, _unreachable)
    app.add_exception_handler(PlannerError, _failed)
    app.add_exception_handler(Exception, _unexpected)


def faults_of(errors: Any, body: object) -> list[Fault]:
    """A validator's errors with pointers into the body; what it held is not repeated, it may be no JSON."""
    faults: dict[str, Fault] = {}
    for error in errors:
        at = pointer(body_parts(error["loc"], body))
        faults.setdefault(at, Fault(pointer=at, detail=error["msg"]))
    return list(faults.values())


async def _misread(_request: Request, failure: Exception) -> Response:
    assert isinstance(failure, RequestValidationError)
    faults: list[Fault] = []
    for error in failure.errors():
        place, *loc = error["loc"]
        if place == "body":
            faults += faults_of([{**error, "loc": loc}], failure.body)
        else:
            faults.append(Fault(pointer="", parameter=".".join(map(str, loc)), detail=error["msg"]))
    return problem(422, "The request is not as it should be.", faults)


async def _http(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)
    headers = dict(failure.headers or {})
    if failure.status_code == 405:
        headers["Allow"] = _methods(request) or headers.get("Allow", "")
    return problem(failure.status_code, str(failure.detail), headers=headers)


def _methods(request: Request) -> str:
    """What can be done at the place that was asked; the framework names only what its first route does."""
    path = getattr(request.scope.get("route"), "path", "")
    return ", ".join(sorted(method.upper() for method in request.app.openapi()["paths"].get(path, ())))


async def _refused(_request: Request, failure: Exception) -> Response:
    assert isinstance(failure, Refused)
    return problem(failure.status, failure.detail, failure.errors, failure.headers)


async def _unreachable(_request: Request, failure: Exception) -> Response:
    log.error("database", problem=str(failure))
    return problem(503, "The database does not answer; try again later.", headers={"Retry-After": "5"})


async def _failed(_request: Request, failure: Exception) -> Response:
    return problem(500, f"It could not be computed: {failure}")


async def _unexpected(request: Request, _failure: Exception) -> Response:
    identity = getattr(request.state, "request", "")
    return problem(500, f"An error of ours; please report it with the id {identity}.")
