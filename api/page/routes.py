"""What the page is made of: itself, its style and scripts, scenarios to start from. None of it is secret."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.responses import JSONResponse, Response

from api.etags import tagged
from api.page.presets import NAMES, preset
from api.problems import Refused
from api.service import Here
from planner.report.html import NO_STYLE, asset, chart_script
from planner.report.labels import LANGUAGES, labels_in, language_for

router = APIRouter(include_in_schema=False)

_HERE = Path(__file__).parent
_FILES = _HERE / "files"
_SCRIPTS = ("page", "asking", "form", "watching", "plans", "showing", "words")
POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {NO_STYLE}; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: scripts, styles and data of this server alone, nothing inline."""
_SAID = (
    "ahead", "as a share", "best so far", "busy asking", "cancelled", "chosen file", "clash",
    "connection lost", "failed", "field answer_rate", "field average_wait", "field gap",
    "field maximum_headcount", "field maximum_seats", "field patience", "field seconds", "field wage",
    "finished", "from the preset", "infeasible", "key is needed", "no plans", "of the plan", "queued",
    "repairs", "running", "seconds are", "select plan", "text changed", "timeout", "undefined",
)  # fmt: skip
"""Words that the scripts show."""


@router.get("/")
def page(
    here: Here,
    lang: str | None = None,
    accepted: Annotated[str | None, Header(alias="Accept-Language")] = None,
) -> Response:
    """The page, in the language that was chosen, or the one that the browser likes best."""
    language = next((one for one in LANGUAGES if one == lang), language_for(accepted))
    labels = {**labels_in(language), **labels_in(language, _HERE / "words")}
    content = _page().render(
        language=language,
        languages=LANGUAGES,
        labels=labels,
        words={name: labels[name] for name in _SAID},
        presets=NAMES,
        keys=here.settings.keys,
    )
    headers = {
        "Content-Language": language,
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Language",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, 200, headers, "text/html")


@router.get("/page/presets/{name}")
def read_preset(name: str) -> Response:
    """A scenario to start from: its text, its document, its forecast."""
    if name not in NAMES:
        raise Refused(404, "There is no such scenario to start from.")
    found = preset(name)
    return JSONResponse(
        {"text": found.text, "scenario": found.document, "forecast": found.forecast, "file": found.file}
    )


@router.get("/page/{name}")
def read_file(name: str, known: Annotated[str | None, Header(alias="If-None-Match")] = None) -> Response:
    """A style or a script of the page."""
    found = _files().get(name)
    if found is None:
        raise Refused(404, "There is no such file.")
    content, kind = found
    return tagged(content, known, {"X-Content-Type-Options": "nosniff"}, kind)


@cache
def _files() -> dict[str, tuple[bytes, str]]:
    """Every file of the page with its kind."""
    styles = {"report.css": asset("report.css"), "page.css": _read("page.css")}
    scripts = {f"{name}.js": _read(f"{name}.js") for name in _SCRIPTS}
    scripts |= {"charts.js": asset("charts.js"), "plotly.min.js": chart_script()}
    return {name: (text.encode(), "text/css") for name, text in styles.items()} | {
        name: (text.encode(), "text/javascript") for name, text in scripts.items()
    }


def _read(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")


@cache
def _page() -> Template:
    pages = Environment(
        loader=FileSystemLoader(_FILES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("page.html.j2")
