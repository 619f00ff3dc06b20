"""What pydantic finds wrong with a document, in a planner's words: where, what, and what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planner.errors import Mistake
from planner.scenario.schema import Schema, description_at, fields_at, values_at

_BOUNDS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}
_KINDS = {
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "date_type": "a date such as 2026-03-02",
    "date_parsing": "a date such as 2026-03-02",
    "date_from_datetime_parsing": "a date such as 2026-03-02",
    "date_from_datetime_inexact": "a date such as 2026-03-02, without a time",
}
_FIELDS_WANTED = ("model_type", "model_attributes_type", "dict_type", "mapping_type")
_FLAGS = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
_MOST_SHOWN = 60


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word most like what a person wrote, if one is."""
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold().replace("-", "_"), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def suggestion(word: str, known: Sequence[str]) -> str:
    """What to write instead of a name that is not known."""
    best = nearest(word, known)
    if best is not None:
        return f"write {best}"
    listed = ", ".join(known[:10]) + (", ..." if len(known) > 10 else "")
    return f"known are {listed}" if known else "none is known"


def shown(value: object) -> str:
    """What was found, short enough for a line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "fields"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "..."


def place_text(place: Sequence[str | int]) -> str:
    """A place as a person reads it: names with dots between, and the first of a list is #1."""
    return ".".join(f"#{part + 1}" if isinstance(part, int) else _printable(part) for part in place)


def mistakes_of(
    error: ValidationError,
    document: object,
    file: str,
    under: tuple[str, ...] = (),
    schema: Schema | None = None,
) -> list[Mistake]:
    """One mistake per thing that is wrong, in the document's order.

    Parameters
    ----------
    document : what was validated, as it was read
    under : where in the scenario that document lies
    schema : of the whole document, where it is no scenario
    """
    details = error.errors(include_url=False)
    found = [one for detail in details for one in _problems(detail, document, under, schema)]
    # what is wrong inside a field says more than that the field as a whole is no list or no fields
    outer = {place[:depth] for place, _ in found for depth in range(len(place))}
    told = dict.fromkeys((place_text(place), problem) for place, problem in found if place not in outer)
    return [Mistake(file, place, problem) for place, problem in told]


def _problems(
    detail: ErrorDetails, document: object, under: tuple[str, ...], schema: Schema | None
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    place = (*under, *_written(detail["loc"], document, detail["type"] in ("missing", "union_tag_not_found")))
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tag = str(context["discriminator"]).strip("'")
        expected = _either([repr(value) for value in values_at((*place, tag), schema)])
        got = f" (got {shown(context['tag'])})" if "tag" in context else ""
        yield (*place, tag), f"must be {expected}{got}" if got else f"is missing; write {expected}"
    elif kind == "missing":
        told = description_at(place, schema)
        yield place, f"is missing; it holds: {told}" if told else "is missing"
    elif kind == "extra_forbidden":
        known = [
            name for name in fields_at(place[:-1], schema) if name != place[-1]
        ]  # of another alternative
        yield place, f"is no field here; {suggestion(str(place[-1]), known)}"
    else:
        yield place, _problem(kind, given, context, detail["msg"])


def _either(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _problem(kind: str, given: object, context: Mapping[str, Any], message: str) -> str:
    got = f"got {shown(given)}"
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return f"must be {words} {context[key]:g} ({got}{_percent(given, context)})"
    if kind in _KINDS:
        return f"must be {_KINDS[kind]} ({got}{_other_type(kind, given)})"
    if kind == "literal_error":
        known = str(context["expected"])
        best = nearest(str(given), [word.strip("' ") for word in known.replace(" or ", ",").split(",")])
        return f"must be {known} ({got}{f'; write {best}' if best else ''})"
    plain = {
        **dict.fromkeys(_FIELDS_WANTED, f"must hold fields, one per line ({got})"),
        "too_short": "must have at least one entry",
        "string_too_short": "must not be empty",
        "string_too_long": f"must have at most {context.get('max_length')} characters",
        "value_error": str(context.get("error")),
        "invalid_key": f"must be a name in text ({got}; put quotes round it)",
    }
    return plain.get(kind, f"{message[:1].lower()}{message[1:]} ({got})")


def _percent(given: object, context: Mapping[str, Any]) -> str:
    bound = context.get("lt", context.get("le"))
    if isinstance(given, (int, float)) and bound is not None and bound <= 3 < given <= 100:
        return f"; write {given / 100:g}"
    return ""


def _other_type(kind: str, given: object) -> str:
    if kind.startswith("bool") and (said := _FLAGS.get(str(given).casefold())) is not None:
        return f"; write {said}"
    if kind.startswith("string") and isinstance(given, (int, float)) and not isinstance(given, bool):
        return f"; write '{given}'"
    if kind.startswith(("float", "int")) and isinstance(given, str):
        return _number_in(given)
    if kind.startswith("int") and isinstance(given, float) and given.is_integer():
        return f"; write {int(given)}"
    return ""


def _number_in(given: str) -> str:
    """The number that a person may have meant, such as 95 % or a number in quotes."""
    text = given.strip()
    scale = 100.0 if text.endswith("%") else 1.0
    try:
        number = float(text.rstrip("% ").replace(",", "."))
    except ValueError:
        return ""
    return f"; write {number / scale:g}"


def _written(loc: Sequence[str | int], document: object, last_absent: bool) -> tuple[str | int, ...]:
    """The place as the person wrote it: without lists, targets and alternatives that only the schema has."""
    place: list[str | int] = []
    here: object = document
    for count, part in enumerate(loc):
        if isinstance(here, Mapping) and part in here:
            here = here[part]
            place.append(str(part))
        elif isinstance(here, (list, tuple)) and isinstance(part, int) and part < len(here):
            here = here[part]
            place.append(part)
        elif last_absent and count == len(loc) - 1:
            place.append(part)
    return tuple(place)


def _printable(part: str) -> str:
    return part if part.isprintable() else repr(part)
