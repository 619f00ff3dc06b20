"""The fenced blocks of a Markdown page, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

EXECUTED = frozenset({"python", "console"})
WRITTEN = frozenset({"yaml", "json", "csv"})
SHOWN = frozenset({"text", "mermaid", "math"})

_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})[ ]*(?P<language>[^\s`]*)")
_EXCUSE = re.compile(r"^\s*<!--\s*not run:(?P<reason>.*?)-->\s*$")


class PageError(ValueError):
    """A page that the machine cannot read without guessing."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block.

    line : where its fence opens, counted from 1
    excuse : why it is not run; None for a block that is
    """

    language: str
    line: int
    text: str
    excuse: str | None = None


def blocks(page: str) -> tuple[Block, ...]:
    """All blocks of a page; every fence is closed and says a language we know what to do with.

    Raises
    ------
    PageError
        At an unknown language, a fence left open, or an excuse without a reason or without a block.
    """
    found = tuple(_fenced(page.splitlines()))
    for block in found:
        if block.language not in EXECUTED | WRITTEN | SHOWN:
            known = ", ".join(sorted(EXECUTED | WRITTEN | SHOWN))
            raise PageError(f"line {block.line}: unknown language {block.language!r}; use one of {known}")
    return found


def _fenced(lines: list[str]) -> Iterator[Block]:
    excuse: str | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        if opening := _FENCE.match(line):
            end = _closing(lines, at, opening["fence"])
            body = [_without_indent(inner, len(opening["indent"])) for inner in lines[at + 1 : end]]
            yield Block(opening["language"], at + 1, "".join(f"{inner}\n" for inner in body), excuse)
            excuse, at = None, end
        elif excused := _EXCUSE.match(line):
            excuse = _reason(excused["reason"], at)
        elif line.strip() and excuse is not None:
            raise PageError(f"line {at + 1}: `not run` stands before text, not right before a block")
        at += 1
    if excuse is not None:
        raise PageError(f"line {len(lines)}: `not run` stands before nothing")


def _closing(lines: list[str], opened: int, fence: str) -> int:
    closing = re.compile(rf"^ *{re.escape(fence[0])}{{{len(fence)},}} *$")
    for at in range(opened + 1, len(lines)):
        if closing.match(lines[at]):
            return at
    raise PageError(f"line {opened + 1}: the fence is never closed")


def _without_indent(line: str, width: int) -> str:
    return line[width:] if not line[:width].strip() else line


def _reason(text: str, at: int) -> str:
    if not text.strip():
        raise PageError(f"line {at + 1}: `not run` needs a reason: <!-- not run: reason -->")
    return text.strip()
