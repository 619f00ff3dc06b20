"""Whose queues they are: the share of every queue that each business line has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.allocation.lines import Lines
from planner.arrays import require
from planner.errors import InvalidInput, Mistake
from planner.scenario.scenario import Queue
from planner.scenario.words import suggestion

_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Ownership:
    """L business lines and Q queues.

    lines : L names
    queues : Q names, in the plan's order
    share : Q times L exact shares, sigma of (D1); those of a queue add up to 1
    value : per line, money a served contact is worth; None where nobody says
    """

    lines: tuple[str, ...]
    queues: tuple[str, ...]
    share: tuple[tuple[Fraction, ...], ...]
    value: tuple[float | None, ...]

    def __post_init__(self) -> None:
        require(len(self.share) == len(self.queues), "every queue has its shares")
        require(all(sum(row) == 1 for row in self.share), "the shares of a queue add up to 1")

    def of(self, queue: str) -> tuple[Fraction, ...]:
        """The shares of one queue, per line."""
        return self.share[self.queues.index(queue)]


def usual_lines(queues: Mapping[str, Queue]) -> Lines:
    """Queues of one `business_line` are a line; every other queue is a line of its own."""
    found: dict[str, dict[str, float]] = {}
    for name, rules in queues.items():
        found.setdefault(rules.business_line or name, {})[name] = 1.0
    return Lines.model_validate({"lines": {line: {"queues": parts} for line, parts in found.items()}})


def ownership(lines: Lines, queues: Sequence[str], file: str = "lines") -> Ownership:
    """(D1)  sum over l of sigma[q,l] = 1;

    Parameters
    ----------
    lines : as a person wrote them; their shares may miss 1 by rounding, and are divided by their sum
    queues : of the plan
    file : the name that mistakes carry

    Raises
    ------
    InvalidInput
        With every queue that is not of the plan, in no line, or not shared out whole.
    """
    mistakes = [Mistake(file, *found) for found in _mistakes(lines, queues)]
    if mistakes:
        raise InvalidInput(mistakes)
    return Ownership(
        lines=tuple(lines.lines),
        queues=tuple(queues),
        share=tuple(_shares(lines, queue) for queue in queues),
        value=tuple(line.value_per_contact for line in lines.lines.values()),
    )


def _shares(lines: Lines, queue: str) -> tuple[Fraction, ...]:
    written = [Fraction(line.queues.get(queue, 0.0)) for line in lines.lines.values()]
    whole = sum(written, Fraction(0))
    return tuple(part / whole for part in written)


def _mistakes(lines: Lines, queues: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, line in lines.lines.items():
        for queue in line.queues:
            if queue not in queues:
                remedy = suggestion(queue, queues)
                yield f"lines.{name}.queues.{queue}", f"is no queue of the plan; {remedy}"
    for queue in queues:
        owners = {name: line.queues[queue] for name, line in lines.lines.items() if queue in line.queues}
        if not owners:
            yield "lines", f"queue {queue} is in no line; name it in one, with the share 1"
        elif abs(sum(owners.values()) - 1.0) > _SAME:
            told = ", ".join(f"{name} {share:g}" for name, share in owners.items())
            yield (
                "lines",
                f"the shares of queue {queue} must add up to 1 (got {sum(owners.values()):g}: {told})",
            )
