"""YAML 1.2 text as a plain document: mappings, lists, text, numbers, yes and no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planner.errors import InvalidInput, Mistake

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

MOST_BYTES = 500_000  # pure Python reads some 50 kB a second, and the largest scenario we know has 30 kB
_MOST_VALUES = 200_000
_MOST_DEPTH = 50
_MOST_LISTED = 20


def document_of(
    content: bytes, file: str, wanted: str = "a scenario names calendar, queues, pools and currency"
) -> dict[str, Any]:
    """The mapping that YAML text holds; `wanted` says what it should, where it holds nothing.

    Raises
    ------
    InvalidInput
        If it is too large, no UTF-8, no YAML, no mapping, or names a field twice.
    """
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:.1f} MB"
        raise _refused(
            file, "", f"must be at most {MOST_BYTES / 1e6:g} MB (got {size}); is it the right file?"
        )
    document = _constructed(_decoded(content, file), file)
    if document is None:
        raise _refused(file, "", f"is empty; {wanted}")
    if not isinstance(document, dict):
        raise _refused(file, "", "must hold fields such as `name:` and `calendar:`, one per line")
    return document


def commands_terminal(read: object) -> bool:
    """Whether a text or a name in a document holds control characters that a terminal would obey."""
    if isinstance(read, str):
        return any((ord(sign) < 32 and sign not in "\t\n\r") or 127 <= ord(sign) < 160 for sign in read)
    if isinstance(read, dict):
        return any(commands_terminal(name) or commands_terminal(part) for name, part in read.items())
    return isinstance(read, list) and any(map(commands_terminal, read))


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = content.count(b"\n", 0, failure.start) + 1
        found = f"byte 0x{content[failure.start]:02x}"
        raise _refused(
            file, f"line {line}", f"is not UTF-8 text ({found}); save the file as UTF-8"
        ) from failure


def _constructed(text: str, file: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.composer import Composer
    from ruamel.yaml.constructor import SafeConstructor
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    class Plain(SafeConstructor):
        """Leaves dates as text, so that one place judges them."""

    class Shallow(Composer):
        """Stops at the first value that lies too deep, before the rest is read."""

        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.depth > _MOST_DEPTH + 1:
                raise RecursionError
            self.depth += 1
            node = super().compose_node(parent, index)
            self.depth -= 1
            return node

    Plain.add_constructor("tag:yaml.org,2002:timestamp", Plain.construct_yaml_str)
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor, yaml.Composer = Plain, Shallow
    try:
        node = yaml.compose(text)
        if node is None:
            return None
        mistakes = _listed([Mistake(file, *found) for found in _twice(node)], file)
        _values(node, {}, 0)
        if mistakes:
            raise InvalidInput(mistakes)
        return yaml.constructor.construct_document(node)
    except RecursionError as failure:
        raise _refused(file, "", "is nested too deeply, or an alias holds itself") from failure
    except MarkedYAMLError as failure:
        mark = failure.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = " ".join(str(failure.problem or failure.context).split())
        raise _refused(file, place, f"is not YAML: {problem}") from failure
    except YAMLError as failure:
        problem = " ".join(str(failure).split())
        raise _refused(file, "", f"is not YAML: {problem}") from failure
    except (ValueError, TypeError, OverflowError, LookupError) as failure:  # `!!bool x`, `!!int ""`
        raise _refused(file, "", f"holds a value that cannot be read: {failure}") from failure


def _listed(mistakes: list[Mistake], file: str) -> list[Mistake]:
    """The first mistakes, and how many more there are."""
    more = len(mistakes) - _MOST_LISTED
    counted = [Mistake(file, "", f"and {more:,} more fields that are written twice")] if more > 0 else []
    return mistakes[:_MOST_LISTED] + counted


def _twice(node: Node, path: tuple[str, ...] = (), seen: set[int] | None = None) -> Iterator[tuple[str, str]]:
    """Place and problem of every field that a mapping names twice, or names with more than a word."""
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    seen = set() if seen is None else seen
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, SequenceNode):
        for number, item in enumerate(node.value, start=1):
            yield from _twice(item, (*path, f"#{number}"), seen)
    elif isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                yield ".".join(path), f"line {line}: the name of a field must be text, not a list or fields"
                continue
            here = (*path, str(key.value))
            if key.value in first and key.value != "<<":
                problem = f"is written twice (lines {first[key.value]} and {line}); keep one"
                yield ".".join(here), problem
            first.setdefault(str(key.value), line)
            yield from _twice(value, here, seen)


def _values(node: Node, known: dict[int, int], depth: int) -> int:
    """How many values a node stands for once its aliases are written out.

    Raises
    ------
    ValueError
        If that is more than any scenario has.
    RecursionError
        If values lie deeper than any scenario has them, as they do where an alias holds itself.
    """
    from ruamel.yaml.nodes import MappingNode, ScalarNode

    if isinstance(node, ScalarNode):
        return 1
    if depth > _MOST_DEPTH:
        raise RecursionError
    if id(node) in known:
        return known[id(node)]
    items = [part for pair in node.value for part in pair] if isinstance(node, MappingNode) else node.value
    known[id(node)] = 1 + sum(_values(item, known, depth + 1) for item in items)
    if known[id(node)] > _MOST_VALUES:
        raise ValueError(f"its aliases stand for more than {_MOST_VALUES:,} values")
    return known[id(node)]


def _refused(file: str, place: str, problem: str) -> InvalidInput:
    return InvalidInput([Mistake(file, place, problem)])
