"""A comparison of quotes as a document: fees at chosen volumes, who is cheapest, where that changes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.contracts.invoice import Invoice
from planner.contracts.volume import MonthlyTalk
from planner.scenario.document import Document


class Offer(Document):
    """What one vendor asks for at one volume; null where it does not supply so much."""

    talk_minutes: float = Field(description="a month")
    contacts: float = Field(description="talk_minutes / talk of a contact")
    vendor: str
    fee: float | None = Field(description="before any cut, setup fee spread over months included")
    per_talk_minute: float | None = Field(description="fee / talk_minutes; null at 0 minutes")
    per_resolved_contact: float | None = Field(
        description="fee / (contacts x first-contact resolution); null where that is not known"
    )
    cheapest: bool = Field(description="whether no fee at this volume is lower")
    cheapest_resolved: bool = Field(description="the same of the money per resolved contact")
    invoice: Invoice | None


class Lead(Document):
    """Minutes of talk over which the same vendors are cheapest, the upper limit included."""

    from_minutes: float
    to_minutes: float
    vendors: tuple[str, ...] = Field(description="several where their fees are equal; none can supply: empty")
    fee_from: float | None = Field(description="just above from_minutes")
    fee_to: float | None = Field(description="at to_minutes")


class Crossover(Document):
    """A volume at which the lead changes."""

    talk_minutes: float
    before: tuple[str, ...]
    after: tuple[str, ...]
    how: Literal["meet", "jump", "supply"] = Field(
        description="meet: fees are equal there; jump: a fee jumps there; supply: one supplies no more"
    )
    fee: float | None = Field(description="of those before, at that volume")
    fee_above: float | None = Field(description="of those after, just above it")


class Comparison(Document):
    """Quotes side by side; `--json` prints exactly this, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.contracts/1"], Field(alias="schema")] = "planner.contracts/1"
    quotes: str
    currency: str
    from_minutes: float
    to_minutes: float
    talk_seconds_per_contact: float
    forecast: MonthlyTalk | None = Field(description="null: compared over a range of volumes alone")
    offers: tuple[Offer, ...] = Field(description="by volume, then in the order of the file")
    leads: tuple[Lead, ...]
    crossovers: tuple[Crossover, ...]
    notes: tuple[str, ...] = Field(description="what to know before signing, a line each")

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)
