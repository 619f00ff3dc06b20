"""Scenarios to start from: those that ship with the planner, as text and as a document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from planner.scenario.text import document_of

_FOLDER = Path(__file__).parent / "presets"
NAMES = ("minimal", "quiet", "ordinary", "peak", "peak-vendors", "peak-investments")


@dataclass(frozen=True, slots=True)
class Preset:
    """A scenario to start from.

    text : as a person wrote it, with its remarks
    document : the same as a program reads it
    forecast, file : the forecast's rows as CSV, and what that file is called
    """

    text: str
    document: dict[str, Any]
    forecast: str
    file: str


@cache
def preset(name: str) -> Preset:
    """The scenario of a name of `NAMES`."""
    content = (_FOLDER / f"{name}.yaml").read_bytes()
    document = document_of(content, name)
    file: str = document["forecast"]["file"]
    forecast = (_FOLDER / file).read_text(encoding="utf-8")
    return Preset(content.decode(), document, forecast, file)
