"""Ways to source the work that a scenario compares: which pools and vendors, with which technology."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from planner.scenario.document import Document, several


class Alternative(Document):
    """One way to source all of the work."""

    pools: Annotated[
        tuple[str, ...], BeforeValidator(several, json_schema_input_type=str | list[str] | None)
    ] = Field(default=(), description="the only pools with anybody in them; left out: nobody but vendors")
    vendors: Annotated[
        tuple[str, ...], BeforeValidator(several, json_schema_input_type=str | list[str] | None)
    ] = Field(default=(), description="the only vendors paid by the minute")
    technology: str | None = Field(
        default=None, description="the only technology there is; left out: the cheapest of all"
    )
