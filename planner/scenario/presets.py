"""What a seat costs by kind of city: a pool may start from these figures and write others over them.

Source of the totals: an April 2025 article by a Chinese contact-centre vendor. A seat of one's own costs
8,000-12,000 yuan a month in a tier-1 city and 5,000-8,000 in one of tier 2 or 3, with wages, benefits and
training, without desk and technology. Remote people are hired in cities of tier 2 and 3 and need no office.
How a total is split is assumed here: docs/explanation/labour.md. The parts add up to TOTALS.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

Preset: TypeAlias = Literal["in_house_tier_1", "in_house_tier_2", "remote"]

TOTALS: Mapping[str, float] = {"in_house_tier_1": 10_000.0, "in_house_tier_2": 6_500.0, "remote": 6_500.0}
"""Yuan a month for 40 hours a week: the middle of what the article says."""

_OWN: Mapping[str, Any] = {
    "monthly_attrition": 0.03,
    "training_weeks": 3.0,
    "ramp_up_weeks": 4.0,
    "ramp_up_productivity": 0.75,
}
PRESETS: Mapping[str, Mapping[str, Any]] = {
    "in_house_tier_1": {
        "kind": "in_house",
        "pay": {"by": "month", "wage": 7450.0, "benefits": 0.3},
        "contract": {"hours_per_week": 40.0, "days_per_week": 5},
        "turnover": {**_OWN, "recruiting_cost": 1560.0},
    },
    "in_house_tier_2": {
        "kind": "in_house",
        "pay": {"by": "month", "wage": 4850.0, "benefits": 0.3},
        "contract": {"hours_per_week": 40.0, "days_per_week": 5},
        "turnover": {**_OWN, "recruiting_cost": 680.0},
    },
    "remote": {
        "kind": "remote",
        "pay": {"by": "hour", "wage": 31.2, "benefits": 0.15},
        "contract": {"hours_per_week": 20.0, "days_per_week": 5},
        "turnover": {
            "monthly_attrition": 0.05,
            "recruiting_cost": 1014.0,
            "training_weeks": 2.0,
            "ramp_up_weeks": 2.0,
            "ramp_up_productivity": 0.75,
        },
    },
}


def over_preset(given: object) -> object:
    """A pool as written, over the fields of the preset it names.

    Fields within `pay`, `contract` and `turnover` go one by one; pay by another measure replaces it whole.
    """
    name = given.get("preset") if isinstance(given, Mapping) else None
    if not isinstance(given, Mapping) or not isinstance(name, str) or name not in PRESETS:
        return given
    return {**PRESETS[name], **{field: _over(PRESETS[name].get(field), own) for field, own in given.items()}}


def _over(preset: object, own: object) -> object:
    if not isinstance(preset, Mapping) or not isinstance(own, Mapping):
        return own
    same = own.get("by", preset.get("by")) == preset.get("by")
    return {**preset, **own} if same else own
