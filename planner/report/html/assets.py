"""The style and the scripts of a report, as they lie beside this file, and Plotly's from its package."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

FILES = Path(__file__).parent / "files"


def allowed(content: str) -> str:
    """What a Content-Security-Policy calls a style or script that may stand in the page."""
    return f"'sha256-{base64.b64encode(sha256(content.encode()).digest()).decode()}'"


NO_STYLE = allowed("")
"""Of the empty style into which Plotly puts its rules one by one."""


@cache
def asset(name: Literal["report.css", "charts.js"]) -> str:
    """A file of ours."""
    return (FILES / name).read_text(encoding="utf-8")


@cache
def chart_script() -> str:
    """Plotly's script, from the installed package `plotly`, of which nothing is imported.

    Raises
    ------
    FileNotFoundError
        If the package is not installed, or lies elsewhere in it.
    """
    found = find_spec("plotly")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package plotly is not installed")
    return (Path(found.origin).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8")
