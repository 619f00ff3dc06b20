"""The reference of quotes files as Markdown, from the fields' own descriptions.

python -m planner.contracts.reference > docs/reference/quotes.md
"""

from __future__ import annotations

import sys

from planner.contracts.reading import quotes_schema
from planner.scenario.reference import sections

_INTRODUCTION = """# Quotes file

What `planner contracts` reads: one YAML file, version 1.2, in UTF-8, at most 0.5 MB.
`scenarios/quotes/vendors.yaml` is an example. Where a field holds a list, one entry may stand without the
list around it. In mistakes, `#1` is the first entry of a list. [Every formula](../explanation/contracts.md).
"""


def quotes_page() -> str:
    """The page docs/reference/quotes.md."""
    return _INTRODUCTION + sections("Quotes", quotes_schema())


if __name__ == "__main__":
    sys.stdout.write(quotes_page())
