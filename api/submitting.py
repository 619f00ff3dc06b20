"""From the body of POST /plans to the problem that the library reads in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.requests import Request

from api.documents import PlanRequest
from api.pointers import mistake_fault
from api.problems import Refused
from api.refusals import faults_of
from api.settings import Limits
from planner.errors import InvalidInput, Mistake
from planner.problem import Problem, problem_from, problem_in_files

_WRONG = "The scenario or the forecast is wrong."


@dataclass(frozen=True, slots=True)
class Inline:
    """A request whose body is JSON."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A request with files."""

    scenario: bytes
    forecast: bytes
    certify: bool


async def received(request: Request, limits: Limits) -> Inline | Uploaded:
    """The body, read whole.

    Raises
    ------
    Refused
        If it is of no kind that we read, or a part is missing.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json" or kind.endswith("+json"):
        return Inline(await request.body())
    if kind == "multipart/form-data":
        return await _uploaded(request, limits)
    raise Refused(415, "send application/json, or multipart/form-data with a scenario and a forecast")


def problem_asked(given: Inline | Uploaded) -> tuple[Problem, bool]:
    """The problem that is to be planned, and whether the plan is to be certified.

    Raises
    ------
    Refused
        With every mistake, each with a pointer into the body.
    """
    if isinstance(given, Uploaded):
        try:
            return problem_in_files(given.scenario, given.forecast), given.certify
        except InvalidInput as failure:
            raise _wrong(failure, {}) from failure
    asked = _shape(_document(given.body))
    try:
        return _inline(asked), asked.certify
    except InvalidInput as failure:
        raise _wrong(failure, asked.model_dump()) from failure


async def _uploaded(request: Request, limits: Limits) -> Uploaded:
    async with request.form(max_files=2, max_fields=3, max_part_size=limits.body_bytes) as form:
        odd = sorted(set(form) - {"scenario", "forecast", "certify"})
        missing = sorted({"scenario", "forecast"} - set(form))
        if odd or missing:
            said = [f"{name} is missing" for name in missing] + [f"{name} is not known" for name in odd]
            raise Refused(422, f"The form has the parts scenario, forecast and certify: {', '.join(said)}.")
        certify = str(form.get("certify", "false")).lower()
        if certify not in {"true", "false"}:
            raise Refused(422, f"certify must be true or false (got {certify[:20]!r})")
        scenario, forecast = [await _part(form[name]) for name in ("scenario", "forecast")]
    return Uploaded(scenario, forecast, certify == "true")


async def _part(given: UploadFile | str) -> bytes:
    return given.encode() if isinstance(given, str) else await given.read()


def _document(body: bytes) -> object:
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as failure:
        said = "nested too deeply" if isinstance(failure, RecursionError) else str(failure)
        raise Refused(422, f"The body is no JSON: {said}") from failure


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _shape(document: object) -> PlanRequest:
    try:
        return PlanRequest.model_validate(document)
    except ValidationError as failure:
        raise Refused(
            422, "The body is no request for a plan.", faults_of(failure.errors(), document)
        ) from failure


def _inline(asked: PlanRequest) -> Problem:
    given = asked.scenario.get("forecast")
    if isinstance(given, dict) and given.get("file") is not None:
        detail = "is not read over HTTP; send the rows in `forecast` beside the scenario"
        raise InvalidInput([Mistake("scenario", "forecast.file", detail)])
    return problem_from(asked.scenario, asked.forecast)


def _wrong(failure: InvalidInput, body: Mapping[str, Any]) -> Refused:
    return Refused(422, _WRONG, [mistake_fault(mistake, body) for mistake in failure.mistakes])
