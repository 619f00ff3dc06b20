"""What is bought of vendors, as the plan's tables and notes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.contracts.binding import Binding
from planner.contracts.checks import notes_on
from planner.contracts.horizon import due_at_once, horizon_invoice
from planner.contracts.invoice import Invoice
from planner.plan import ContractRow, VendorRow
from planner.program.buying import Bought
from planner.program.candidate import Candidate
from planner.program.instance import Instance
from planner.program.vendors import VendorInstance
from planner.scenario.scenario import Scenario

_NOTHING = 1e-6


def vendor_rows(on: Instance, made: Candidate) -> Iterator[VendorRow]:
    """Every interval in which a vendor has agents on a queue."""
    for vendor, bought in zip(on.vendors, made.bought, strict=True):
        for q in vendor.serves:
            for t in np.flatnonzero(bought.agents[q] > _NOTHING):
                yield VendorRow(
                    start=on.calendar.text(int(on.calendar.epoch[t])),
                    vendor=vendor.name,
                    queue=on.queues[q].name,
                    agents=float(bought.agents[q][t]),
                    busy=float(bought.busy[q][t]),
                    minutes=float(bought.minutes[q][t]),
                )


def contract_rows(on: Instance, made: Candidate) -> Iterator[ContractRow]:
    """Every contract, those that the plan leaves off too."""
    for vendor, bought in zip(on.vendors, made.bought, strict=True):
        month = _month(vendor, bought)
        yield ContractRow(
            vendor=vendor.name,
            on=bought.on,
            months=vendor.months,
            volume=bought.total_minutes,
            month=month,
            due_at_once=due_at_once(vendor.rules.contract) if bought.on else 0.0,
            fee=bought.fee,
            expected_cut=0.0 if month is None else month.expected_cut * vendor.months,
        )


def vendor_notes(scenario: Scenario, on: Instance, made: Candidate) -> Iterator[str]:
    """Which clauses bind, what is odd about a contract, and what the minutes leave out."""
    for vendor, bought in zip(on.vendors, made.bought, strict=True):
        month = _month(vendor, bought)
        if month is None:
            yield f"{vendor.name}: the contract is left off; the plan is cheaper without it"
            continue
        yield from (f"{vendor.name}: {_told(clause, month)}" for clause in month.binding)
        yield from (f"{vendor.name}: {note}" for note in _odd(vendor))
    varies = scenario.uncertainty.day_cv > 0
    for q in on.overflow:
        if varies or scenario.queues[on.queues[q].name].customers.day_cv > 0:
            yield f"{on.queues[q].name}: vendors' minutes are those of days as busy as forecast"


def _odd(vendor: VendorInstance) -> Iterator[str]:
    """What is odd about a contract; its setup fee is told by what the plan pays of it."""
    contract = vendor.rules.contract
    yield from notes_on(contract.model_copy(update={"setup_fee": None}))
    once = due_at_once(contract)
    if once > 0:
        yield f"the setup fee of {once:,.2f} is due at once and all in this plan (write months to spread it)"


def _month(vendor: VendorInstance, bought: Bought) -> Invoice | None:
    if not bought.on:
        return None
    return horizon_invoice(vendor.rules.contract, bought.total_minutes, vendor.months)


def _told(bound: Binding, month: Invoice) -> str:
    """A clause that binds and what it costs a month."""
    money = f"{abs(bound.costs):,.2f} a month"
    unused = "" if bound.unused is None else f" ({bound.unused:,.0f} minutes are paid for and not used)"
    if bound.clause == "minimum_spend" and month.volume <= _NOTHING:
        return f"the minimum spend of {money} buys nothing: not a minute is used"
    if bound.clause == "minimum_spend":
        return f"the minimum spend binds and costs {money}{unused}"
    if bound.clause == "cap":
        return f"the fee cap binds and saves {money}"
    if bound.clause == "beyond_cap":
        more = "costs" if bound.costs > 0 else "saves"
        return f"minutes beyond what the cap covers: their price {more} {money} against the tiers"
    if bound.clause == "tier_edge":
        return f"more than {bound.at or 0.0:,.0f} minutes a month would cost {money} less"
    return f"{bound.clause.replace('_', ' ')} binds: {bound.costs:,.2f} a month"
