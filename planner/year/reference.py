"""The reference of year files and planned years as Markdown, from the fields' own descriptions.

python -m planner.year.reference > docs/reference/year.md
"""

from __future__ import annotations

import sys

from planner.scenario.reference import sections
from planner.year.document import YearPlan
from planner.year.reading import year_schema

_INTRODUCTION = """# Year file, and a planned year

What `planner year` reads: one YAML file, version 1.2, in UTF-8, at most 0.5 MB. `scenarios/year/shop.yaml` is
an example. In mistakes, `#1` is the first entry of a list. [How to use it](../how-to/year.md),
[every formula](../explanation/year.md).
"""
_RESULT = """
# What comes of it

`year.json`, and what `--json` prints. The plans of the seasons lie beside it, each in a folder of its own.
"""


def year_page() -> str:
    """The page docs/reference/year.md."""
    found = sections("YearPlan", YearPlan.model_json_schema(by_alias=True))
    return _INTRODUCTION + sections("YearFile", year_schema()) + _RESULT + found


if __name__ == "__main__":
    sys.stdout.write(year_page())
