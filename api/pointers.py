"""JSON pointers (RFC 6901) to the part of a body that a mistake is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from api.problems import Fault
from planner.errors import Mistake

Part = str | int


def pointer(parts: Iterable[Part]) -> str:
    """The pointer through these names and places."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def mistake_fault(mistake: Mistake, body: Mapping[str, object]) -> Fault:
    """A mistake of the library with its place in the body `{scenario, forecast}`.

    A row of a file or of columns has no place of its own there: the detail names it.
    """
    if mistake.file != "forecast":
        at = ["scenario", *scenario_parts(mistake.place, body.get("scenario"))]
        return Fault(pointer=pointer(at), detail=mistake.problem)
    row = re.fullmatch(r"row (\d+)", mistake.place)
    if row is not None and isinstance(body.get("forecast"), list):
        return Fault(pointer=pointer(["forecast", int(row[1]) - 1]), detail=mistake.problem)
    said = f"{mistake.place}: {mistake.problem}" if mistake.place else mistake.problem
    return Fault(pointer=pointer(["forecast"]), detail=said)


def scenario_parts(place: str, document: object) -> list[Part]:
    """Names of a dotted place; one that holds dots is found in the document, `#1` is the first of a list."""
    parts: list[Part] = []
    rest = place.split(".") if place else []
    while rest:
        taken = _longest_name(rest, document)
        name = ".".join(rest[:taken])
        rest = rest[taken:]
        part, document = _step(name, document)
        parts.append(part)
    return parts


def body_parts(loc: Sequence[Part], body: object) -> list[Part]:
    """The part of a validator's path that the body has, and the first one that it lacks."""
    parts: list[Part] = []
    for part in loc:
        inside = (isinstance(body, Mapping) and part in body) or (
            isinstance(body, list) and isinstance(part, int) and part < len(body)
        )
        if not inside:
            return [*parts, part] if isinstance(body, Mapping) and not parts else parts
        body = body[part]  # type: ignore[index]  # a pointer walks through anything
        parts.append(part)
    return parts


def _longest_name(rest: list[str], document: object) -> int:
    """How many of the pieces make one name of the document; 1 where it has none of them."""
    if isinstance(document, Mapping):
        for count in range(len(rest), 0, -1):
            if ".".join(rest[:count]) in document:
                return count
    return 1


def _step(name: str, document: object) -> tuple[Part, object]:
    if isinstance(document, Mapping):
        return name, document.get(name)
    number = re.fullmatch(r"#(\d+)", name)
    if number is None:
        return name, None
    place = int(number[1]) - 1
    inside = isinstance(document, list) and place < len(document)
    return place, document[place] if inside and isinstance(document, list) else None
