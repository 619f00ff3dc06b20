"""Settings of a run: the option, then the PLANNER_ variable, then the scenario, then the usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import InvalidInput, Mistake

if TYPE_CHECKING:
    from planner.scenario.scenario import SolverLimits

_OPTIONS = {
    "gap": "--gap",
    "time_limit_seconds": "--time-limit",
    "solver": "--solver",
    "seed": "--seed",
    "reproducible": "--reproducible",
}


def limits(scenario: SolverLimits, given: dict[str, object]) -> SolverLimits:
    """The scenario's limits with what was given on the command line or in the environment put over them.

    Raises
    ------
    InvalidInput
        If an option is out of range.
    """
    from pydantic import ValidationError

    from planner.scenario.scenario import SolverLimits
    from planner.scenario.words import mistakes_of

    chosen = scenario.model_dump() | {name: value for name, value in given.items() if value is not None}
    try:
        return SolverLimits.model_validate(chosen)
    except ValidationError as failure:
        found = mistakes_of(failure, chosen, "")
        raise InvalidInput([Mistake(_OPTIONS[each.place], "", each.problem) for each in found]) from failure


def check_confidence(given: float | None) -> None:
    """See that a confidence given on the command line or in the environment is one.

    Raises
    ------
    InvalidInput
        If it is out of range.
    """
    from pydantic import ValidationError

    from planner.scenario.customers import Uncertainty
    from planner.scenario.words import mistakes_of

    document = {"confidence": given}
    try:
        Uncertainty.model_validate(document)
    except ValidationError as failure:
        found = mistakes_of(failure, document, "")
        raise InvalidInput([Mistake("--confidence", "", each.problem) for each in found]) from failure
