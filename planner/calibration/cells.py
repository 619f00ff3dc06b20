"""The cells of a history's columns as numbers, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from planner.arrays import Flags, Floats
from planner.errors import Mistake
from planner.forecast.columns import name_of, numbers, row_mistakes
from planner.forecast.table import Column, Table
from planner.scenario.words import shown

MOST = 1e7
"""Contacts of a row, or seconds of one contact."""

ANSWERED = ("answered", "handled", "connected", "yes", "true", "1", "接通", "已接通", "已接", "接听", "是")
"""Words of a contact that was answered, in small letters."""

LOST = ("abandoned", "lost", "no", "false", "0", "放弃", "已放弃", "未接通", "未接", "否")
"""Words of a contact that left."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads columns of numbers and collects what is wrong with them.

    inside : (N,) rows of the window; what stands in others is not looked at
    """

    table: Table
    inside: Flags
    mistakes: list[Mistake] = field(default_factory=list)

    def read(self, name: str, column: Column, needed: Flags | None = None) -> Floats:
        """(N,) numbers from 0 on, NaN where one is wrong; 0 where it is not needed.

        `needed` says of which rows; others may be empty or hold a dash.
        """
        wanted = self.inside if needed is None else self.inside & needed
        found, problems = numbers(column)
        self._tell(
            wanted & (column.codes < 0), lambda _: f"{name} is empty; {_instead(name)}", f"{name} empty"
        )
        self._tell(
            wanted & (column.codes >= 0) & np.isnan(found),
            lambda row: f"{name} {problems[int(column.codes[row])]}",
            f"whose {name} are no numbers",
        )
        wrong = wanted & ((found < 0) | (found > MOST))
        self._tell(
            wrong,
            lambda row: f"{name} must be from 0 to {MOST:,.0f} (got {found[row]:g})",
            f"with such {name}",
        )
        return np.where(wanted, np.where(wrong, np.nan, found), 0.0)

    def outcomes(self, column: Column) -> tuple[Flags, Flags]:
        """(N,) whether each contact was answered, and whether it left; neither where that cannot be read."""
        words = [name_of(value).casefold() for value in column.values]
        answered = np.array([word in ANSWERED for word in words] + [False])[column.codes]
        left = np.array([word in LOST for word in words] + [False])[column.codes]
        self._tell(
            self.inside & ~answered & ~left,
            lambda row: f"outcome {_unknown(column, int(column.codes[row]))}",
            "with other outcomes",
        )
        return answered, left

    def _tell(self, wrong: Flags, problem: Callable[[int], str], kind: str) -> None:
        self.mistakes.extend(row_mistakes(self.table, np.flatnonzero(wrong), problem, kind))


def _instead(name: str) -> str:
    return "write seconds" if name.endswith("seconds") else "write 0 for none, or leave the row out"


def _unknown(column: Column, code: int) -> str:
    remedy = "write answered or abandoned, or leave the row out"
    return (
        f"is empty; {remedy}" if code < 0 else f"must be known (got {shown(column.values[code])}); {remedy}"
    )
