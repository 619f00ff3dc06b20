"""Ways to source the work that a scenario compares: which pools, with which technology."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from planner.scenario.document import Document, several


class Alternative(Document):
    """One way to source all of the work."""

    pools: Annotated[
        tuple[str, ...],
        Field(min_length=1),
        BeforeValidator(several, json_schema_input_type=str | list[str]),
    ] = Field(description="the only pools there are")
    technology: str | None = Field(
        default=None, description="the only technology there is; left out: the cheapest of all"
    )
