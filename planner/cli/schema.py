"""`planner schema`: the JSON Schema of a scenario."""

from __future__ import annotations


def schema() -> None:
    """Print the JSON Schema of a scenario file; editors check and complete with it."""
    import json

    from planner.scenario.schema import scenario_schema

    print(json.dumps(scenario_schema(), indent=1, ensure_ascii=False))
