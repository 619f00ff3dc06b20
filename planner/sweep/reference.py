"""The reference of sweep files and of results, from the fields' own descriptions.

python -m planner.sweep.reference > docs/reference/sweep.md
"""

from __future__ import annotations

import sys

from planner.scenario.reference import sections
from planner.sweep.columns import COLUMNS
from planner.sweep.document import Sweep
from planner.sweep.reading import sweep_schema

_INTRODUCTION = """# Sweep file and its results

What `planner sweep --over` reads: one YAML file, version 1.2, in UTF-8, at most 0.5 MB. In mistakes, `#1` is
the first entry of a list. [How to use it](../how-to/sweep.md).

A **path** is the names of a field with dots between: `queues.calls.service.answer_rate`. `*` stands for
every name or entry under which the field is there, `#2` for the second entry of a list; where a list has
one entry, nothing need be written. A list of one target stands for its target. `forecast.contacts` and
`forecast.handle_time_seconds` are the forecast's columns, by factors alone; a queue's name may follow them.
"""
_COLUMNS = """
## results.parquet

One row for each task, in their order. Columns with a name in capitals are there once for each such name.

| column | holds |
| --- | --- |
"""
_JSON = """
## What --json prints
"""


def sweep_page() -> str:
    """The page docs/reference/sweep.md."""
    columns = "".join(f"| `{name}` | {told} |\n" for name, told in COLUMNS.items())
    printed = sections("Sweep", Sweep.model_json_schema(by_alias=True))
    return _INTRODUCTION + sections("SweepFile", sweep_schema()) + _COLUMNS + columns + _JSON + printed


if __name__ == "__main__":
    sys.stdout.write(sweep_page())
