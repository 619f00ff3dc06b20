"""How much memory a process and everything below it take, as Linux tells."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory_of(pid: int) -> int:
    """Bytes that the process and its descendants have in memory for themselves alone."""
    return sum(_private(each) for each in _tree(pid))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for thread in _threads(pid):
        for child in _read(Path(f"/proc/{pid}/task/{thread}/children")).split():
            yield from _tree(int(child))


def _threads(pid: int) -> list[str]:
    """Its threads; none of a process that has just ended."""
    try:
        return [each.name for each in Path(f"/proc/{pid}/task").iterdir()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _private(pid: int) -> int:
    """Resident and not shared, by the second and third field of `statm`."""
    fields = _read(Path(f"/proc/{pid}/statm")).split()
    return (int(fields[1]) - int(fields[2])) * _PAGE if len(fields) > 2 else 0


def _read(path: Path) -> str:
    """What Linux tells there; nothing of a process that has just ended."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
