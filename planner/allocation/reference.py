"""The reference of lines files as Markdown, from the fields' own descriptions.

python -m planner.allocation.reference > docs/reference/lines.md
"""

from __future__ import annotations

import sys

from planner.allocation.reading import lines_schema
from planner.scenario.reference import sections

_INTRODUCTION = """# Lines file

What `planner allocate --lines` reads: one YAML file, version 1.2, in UTF-8, at most 0.5 MB.
Without one, queues that share a `business_line` of the scenario are a line, and every other queue is one.
[How it is used](../how-to/allocate.md), [every formula](../explanation/allocation.md).
"""


def lines_page() -> str:
    """The page docs/reference/lines.md."""
    return _INTRODUCTION + sections("Lines", lines_schema())


if __name__ == "__main__":
    sys.stdout.write(lines_page())
