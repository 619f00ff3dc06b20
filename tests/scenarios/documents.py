"""The scenario files as tests see them."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

from planner.scenario.scenario import Scenario

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
SEASONS = ("quiet", "ordinary", "peak")


def scenario(name: str) -> Scenario:
    """The document at scenarios/NAME.yaml."""
    text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8")
    return Scenario.model_validate(YAML(typ="safe", pure=True).load(text))
