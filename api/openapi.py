"""The OpenAPI document: what FastAPI finds by itself, the two kinds of body, every refusal, an example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.documents import PlanAsked, PlanUploaded
from api.examples import COMPARISON, ERLANG, PLAN
from api.plain_schemas import in_plain_words
from api.problems import PROBLEM, ProblemDetails
from api.settings import Settings

_REF = "#/components/schemas/"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FREE = {"/health", "/schema"}
"""Paths that need no key."""
_REFUSALS = {
    400: "The body cannot be read.",
    401: "A key is needed.",
    404: "There is no such plan, or it has no such document.",
    409: "The plan is in a state in which this cannot be done.",
    413: "The body is too large.",
    415: "The body is of a kind that is not read.",
    422: "Mistakes in the request: each with its place and what to write instead.",
    429: "Too many requests in a minute, or plans waiting; ask again after `Retry-After` seconds.",
    503: "The database does not answer.",
}
_OF = {
    "POST /plans": (400, 413, 415, 422),
    "GET /plans": (422,),
    "GET /plans/{plan}": (404,),
    "GET /plans/{plan}/events": (404,),
    "GET /plans/{plan}/workbook": (404, 409, 422),
    "GET /plans/{plan}/certificate": (404, 409),
    "GET /plans/{plan}/report": (404, 409, 422),
    "POST /comparisons": (400, 413, 422),
    "DELETE /plans/{plan}": (404, 409),
    "POST /erlang": (400, 413, 422),
}
"""Refusals of an operation beside those that every one has."""


def describe(app: FastAPI, settings: Settings) -> None:
    """Make the app tell the whole of it, made when it is first asked for."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = openapi(app, settings)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # as FastAPI's own documentation says to do


def openapi(app: FastAPI, settings: Settings) -> dict[str, Any]:
    """The OpenAPI document of the service."""
    document = get_openapi(title=app.title, version=app.version, routes=app.routes, description=_ABOUT)
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for name, schema in _bodies().items():
        if schemas.setdefault(name, schema) != schema:
            raise ValueError(f"two documents are called {name}")
    in_plain_words(schemas)
    for method, path, operation in _operations(document):
        _complete(operation, f"{method} {path}", settings.keys and path not in _FREE)
    document["paths"]["/plans"]["post"]["requestBody"] = _plan_body()
    erlang = document["paths"]["/erlang"]["post"]["requestBody"]["content"]["application/json"]
    erlang["examples"] = {"evaluate": {"value": ERLANG}}
    compared = document["paths"]["/comparisons"]["post"]["requestBody"]["content"]["application/json"]
    compared["examples"] = {"two seasons": {"value": COMPARISON}}
    if settings.keys:
        document["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    return document


_EVENT = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "event": {"enum": ["progress", "ended"]},
        "data": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"$ref": f"{_REF}PlanState"},
        },
    },
}

_ABOUT = (
    "Plans the cheapest staffing of a contact centre that keeps its service promises, with a proof. "
    "`POST /plans` accepts a question, `GET /plans/{plan}` tells its state and at the end the plan. "
    "No plan that exists is a result with its reasons, not an error. Every refusal is problem details "
    "(RFC 9457) with all mistakes and where they are."
)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def _complete(operation: dict[str, Any], name: str, needs_key: bool) -> None:
    """Tell every refusal, what is answered where nothing has changed, and files for what they are."""
    told = operation["responses"]
    told.pop("422", None)
    keyed = (401, 429) if needs_key else (429,)
    common = () if name == "GET /schema" else (503,) if name == "GET /health" else (*keyed, 503)
    for status in sorted({*_OF.get(name, ()), *common}):
        told[str(status)] = _refusal(status)
    if any(each["name"] == "If-None-Match" for each in operation.get("parameters", [])):
        told["304"] = {"description": "Nothing has changed since the ETag that was sent."}
        told["200"]["headers"] = {"ETag": {"schema": {"type": "string"}}}
    if name.endswith("/workbook"):
        told["200"]["content"] = {_XLSX: {"schema": {"type": "string", "format": "binary"}}}
    if name.endswith("/events"):
        told["200"]["content"] = {"text/event-stream": {"schema": _EVENT}}
    if name.endswith("/report"):
        told["200"]["content"] = {"text/html": {"schema": {"type": "string"}}}
    if name == "POST /comparisons":
        told["200"]["content"]["text/html"] = {"schema": {"type": "string"}}
    if name == "POST /plans":
        told["202"]["headers"] = {
            "Location": {"description": "where the plan is told of", "schema": {"type": "string"}}
        }
    if needs_key:
        operation["security"] = [{"key": []}]


def _refusal(status: int) -> dict[str, Any]:
    content = {PROBLEM: {"schema": {"$ref": f"{_REF}{ProblemDetails.__name__}"}}}
    return {"description": _REFUSALS[status], "content": content}


def _bodies() -> dict[str, Any]:
    """Schemas of what FastAPI does not read for us."""
    models = [(PlanAsked, "validation"), (PlanUploaded, "validation"), (ProblemDetails, "serialization")]
    _, schema = models_json_schema(models, ref_template=f"{_REF}{{model}}")  # type: ignore[arg-type]  # a list of pairs is one of pairs
    found: dict[str, Any] = schema["$defs"]
    return found


def _plan_body() -> dict[str, Any]:
    return {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": f"{_REF}{PlanAsked.__name__}"},
                "examples": {"a morning": {"value": PLAN}},
            },
            "multipart/form-data": {"schema": {"$ref": f"{_REF}{PlanUploaded.__name__}"}},
        },
    }
