"""A scenario from text or a document: every mistake at once, and as much as can be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard, TypeVar

from pydantic import ValidationError

from planner.errors import InvalidInput, Mistake
from planner.scenario.checks import Draft, cross_mistakes, draft_of
from planner.scenario.customers import Uncertainty
from planner.scenario.document import Document
from planner.scenario.flags import flags_read
from planner.scenario.investments import Investment
from planner.scenario.pools import Pool
from planner.scenario.scenario import CalendarRules, ForecastFile, Queue, Scenario
from planner.scenario.sourcing import Alternative
from planner.scenario.technology import Technology
from planner.scenario.text import document_of
from planner.scenario.vendors import Vendor
from planner.scenario.words import mistakes_of

Part = TypeVar("Part", bound=Document)


@dataclass(frozen=True, slots=True)
class Read:
    """A scenario as far as it was understood: whole with no mistakes, or a draft with all of them."""

    scenario: Scenario | None
    draft: Draft
    mistakes: tuple[Mistake, ...]


def scenario_from(document: Mapping[str, Any], file: str = "scenario") -> Read:
    """A scenario from a document in memory; `file` is the name that mistakes carry."""
    mistakes: list[Mistake] = []
    scenario: Scenario | None = None
    try:
        scenario = Scenario.model_validate(document)
        draft = draft_of(scenario)
    except ValidationError as error:
        mistakes = mistakes_of(error, document, file)
        draft = _draft(document)
    mistakes += [Mistake(file, place, problem) for place, problem in cross_mistakes(draft)]
    return Read(scenario, draft, tuple(mistakes))


def scenario_in(content: bytes, file: str, confidence: float | None = None, economic: bool = False) -> Read:
    """A scenario from YAML text, with another confidence if one is given, or with no promises.

    Raises
    ------
    InvalidInput
        If the text is no YAML document at all.
    """
    document = flags_read(document_of(content, file))
    changed = document if confidence is None else _surer(document, confidence)
    return scenario_from(_economic(changed) if economic else changed, file)


def _surer(document: Mapping[str, Any], confidence: float) -> Mapping[str, Any]:
    """The document with this confidence; what is no uncertainty is left to be told."""
    given = document.get("uncertainty") or {}
    return {**document, "uncertainty": {**given, "confidence": confidence}} if _fields(given) else document


def _economic(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document without promises; what are no queues is left to be told."""
    queues = document.get("queues")
    if not _fields(queues):
        return document
    return {
        **document,
        "queues": {
            name: {**queue, "service": "economic"} if _fields(queue) else queue
            for name, queue in queues.items()
        },
    }


def _fields(given: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(given, Mapping)


def read_scenario(content: bytes, file: str) -> Scenario:
    """A scenario from YAML text, without its forecast.

    Raises
    ------
    InvalidInput
        With every mistake of the scenario.
    """
    read = scenario_in(content, file)
    if read.mistakes or read.scenario is None:
        raise InvalidInput(read.mistakes)
    return read.scenario


def _draft(document: Mapping[str, Any]) -> Draft:
    """The parts of a document that are right by themselves."""
    return Draft(
        _part(CalendarRules, document.get("calendar")),
        _part(ForecastFile, document.get("forecast", {})),
        {name: _queue(given) for name, given in _named(document.get("queues"))},
        {name: _part(Pool, given) for name, given in _named(document.get("pools"))},
        _part(Uncertainty, document.get("uncertainty", {})),
        {name: _part(Vendor, given) for name, given in _named(document.get("vendors"))},
        {name: _part(Technology, given) for name, given in _named(document.get("technologies"))},
        {name: _part(Alternative, given) for name, given in _named(document.get("sourcing"))},
        {name: _part(Investment, given) for name, given in _named(document.get("investments"))},
    )


def _named(given: object) -> list[tuple[str, object]]:
    return [(str(name), part) for name, part in given.items()] if isinstance(given, Mapping) else []


def _queue(given: object) -> Queue | None:
    """A queue, or at least its opening hours, which is what the forecast is checked against."""
    whole = _part(Queue, given)
    if whole is not None or not isinstance(given, Mapping):
        return whole
    return _part(Queue, {"open": given["open"]} if "open" in given else {})


def _part(kind: type[Part], given: object) -> Part | None:
    try:
        return kind.model_validate(given)
    except ValidationError:
        return None
