"""Rules that a proof by duals blames: where to begin looking for a clash. It proves nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.diagnosis.rules import Rule
from planner.scenario.scenario import Scenario

_OF_POOLS = {
    "maximum_headcount": ("W_{}", "x_{}_"),
    "minimum_headcount": ("least_{}",),
    "maximum_seats": ("seats_{}_", "x_{}_", "enough_{}", "ends_{}_", "N_{}"),
    "most_seats_changed_per_month": (
        "seats_{}_",
        "x_{}_",
        "enough_{}",
        "ends_{}_",
        "kept_{}",
        "N_{}",
        "W_{}",
    ),
    "maximum_patterns": ("distinct_{}",),
    "hours_per_week": ("hours_{}_",),
    "days_per_week": ("days_{}_", "off_{}_"),
    "days_off": ("off_{}_", "cycle_{}_"),
    "least_hours_per_week": ("owed_{}_",),
    "minimum_people": ("fewest_{}_",),
}
"""Beginnings of the names of rows and columns that come of a pool's field."""


def suspects(rules: Sequence[Rule], scenario: Scenario, blamed: frozenset[str]) -> list[Rule]:
    """Promises and limits with a row or column that is blamed, and those that have none of their own."""
    return [rule for rule in rules if rule.kind != "way" and _suspect(rule, scenario, blamed)]


def _suspect(rule: Rule, scenario: Scenario, blamed: frozenset[str]) -> bool:
    part, _, rest = rule.field.partition(".")
    if part == "queues" and rule.kind == "promise":
        number = next(q for q, name in enumerate(scenario.queues) if rest.startswith(f"{name}.service"))
        return any(
            (name.startswith("promise_") and name.endswith(f"_{number}"))
            or name.startswith(f"floor_{number}_")
            for name in blamed
        )
    if part != "pools":
        return True
    number = next(p for p, name in enumerate(scenario.pools) if rest.startswith(f"{name}."))
    beginnings = tuple(_beginnings(rule, number))
    return not beginnings or any(name.startswith(beginnings) for name in blamed)


def _beginnings(rule: Rule, number: int) -> Iterator[str]:
    return (beginning.format(number) for beginning in _OF_POOLS.get(rule.field.rpartition(".")[2], ()))
