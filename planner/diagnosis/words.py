"""Repairs in words: `own: 2 more people on the books`, `calls: an answer rate of 93.1 %`."""

from __future__ import annotations

from planner.diagnosis.rules import Rule, Value

_COUNTED = {
    "maximum_headcount": "people on the books",
    "minimum_headcount": "people on the books at least",
    "maximum_seats": "people at once, or seats",
    "maximum_patterns": "patterns",
    "most_seats_changed_per_month": "seats changed a month",
    "most_calls_at_once": "contacts at once",
    "days_per_week": "days a week for each person",
    "hours_per_week": "hours a week for each person",
    "least_hours_per_week": "hours a week at least for each person",
    "minimum_people": "people at least on a pattern in use",
}
_SHARES = {
    "answer_rate": "an answer rate of",
    "service_level": "a service level of",
    "occupancy": "an occupancy of",
    "waiting_probability": "a waiting probability of",
    "floor": "a floor of",
}


def change_in_words(rule: Rule, after: Value) -> str:
    """What a repair does to one field."""
    whose, _, _ = rule.says.partition(": ")
    if rule.steps is None or isinstance(after, (str, bool)) or after is None:
        return f"{whose}: {rule.field} {after}"
    names = [str(part) for part in rule.steps.place]
    if names[-1] in _COUNTED:
        more = after - rule.steps.now
        counted = _COUNTED[names[-1]]
        if abs(more) == 1:
            counted = counted.replace("people", "person", 1)
        return f"{whose}: {abs(more):g} {'more' if more > 0 else 'fewer'} {counted}"
    if "average_wait_seconds" in names:
        return f"{whose}: an average wait of {after:g} s"
    if names[-1] == "fixed_share":
        return f"{whose}: AI share {100 * (after - rule.steps.now):+.3g} points"
    if names[-1] == "confidence":
        return f"promises with probability {after:g}"
    measure = next(name for name in names if name in _SHARES)
    return f"{whose}: {_SHARES[measure]} {100 * after:.4g} %"
