"""Causes: the ways in which two plans' questions may differ, and which field belongs to which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

Cause: TypeAlias = Literal[
    "structure",
    "volume",
    "profile",
    "handle_time",
    "customers",
    "prices",
    "service",
    "automation",
    "labour",
    "contracts",
]
ORDER: tuple[Cause, ...] = get_args(Cause)
"""The order in which causes are swapped, unless another is asked for."""

Fields: TypeAlias = Mapping[str, Cause | None]
"""Fields of a part of the scenario by name, and their causes; None: says nothing of cost or service."""

REST: Cause = "structure"
"""What a field belongs to that no table names."""

QUEUE: Fields = {
    "open": "profile",
    "patience_seconds": "customers",
    "customers": "customers",
    "repeats": "customers",
    "service": "service",
    "priority": "service",
    "reserve": "service",
    "business_line": None,
    "lost_contact_cost": "prices",
    "waiting_cost_per_hour": "prices",
}
"""`automation` is apart: its prices are prices."""

AUTOMATION: Fields = {
    "intents": "automation",
    "level_step": "automation",
    "fixed_share": "automation",
    "fixed_cost_per_month": "prices",
    "price_per_session": "prices",
}

POOL: Fields = {
    "preset": None,
    "pay": "prices",
    "premiums": "prices",
    "overlapping_premiums": "prices",
    "desk_cost_per_month": "prices",
    "desk_rent_per_month": "prices",
    "person_licence_per_month": "prices",
    "seat_licence_per_month": "prices",
    "first_contact_resolution": "customers",
    "productivity": "labour",
    "shrinkage": "labour",
    "maximum_seats": "labour",
    "minimum_headcount": "labour",
    "maximum_headcount": "labour",
    "maximum_patterns": "labour",
    "shifts": "labour",
    "contract": "contracts",
}
"""`turnover` is apart: its prices are prices. Whom a pool serves is structure."""

TURNOVER: Fields = {
    "monthly_attrition": "labour",
    "recruiting_cost": "prices",
    "training_weeks": "labour",
    "ramp_up_weeks": "labour",
    "ramp_up_productivity": "labour",
}

VENDOR: Fields = {"talk_share": "contracts", "signed": "contracts"}
"""`contract` is apart: where only money in it differs, that is prices, else contracts."""

TECHNOLOGY: Fields = {
    "capital": "prices",
    "hardware_share": "prices",
    "life_years": "prices",
    "discount_rate": "prices",
    "upkeep_share_per_year": "prices",
    "subscription_per_year": "prices",
    "seat_price_per_month": "prices",
}

UNCERTAINTY: Fields = {"day_cv": "customers", "confidence": "service"}

SCENARIO: Fields = {
    "name": None,
    "currency": None,
    "forecast": None,
    "sourcing": None,
    "solver": None,
    "calendar": "profile",
    "investments": REST,
}
"""The named parts are apart: queues, pools, vendors, technologies, uncertainty.

Investments that a plan took are in its figures already; their price is structure."""

MONEY = frozenset({"price", "price_above", "price_beyond", "charge_below", "minimum_spend", "amount"})
"""Fields of a vendor's contract that hold money."""
