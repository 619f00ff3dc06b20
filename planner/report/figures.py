"""Numbers as people read them: shares in percent, waits in seconds, money with its currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from planner.plan import AT_MOST, LABOUR, CostLine, Plan, Repair, RoundPromise, ServiceRow
from planner.report.labels import Labels

if TYPE_CHECKING:
    from planner.certificate import CertifiedPromise

Figure: TypeAlias = Literal["planned", "expected", "sure"]


@dataclass(frozen=True, slots=True)
class Promise:
    """One service row in words.

    name : `Service level within 20 s, over offered`
    period : `week`, or `worst interval` with its start
    target, planned, expected, sure : with their unit and the side that is allowed, such as `≥ 95 %`
    met : None where the formulas may miss it, as the program was asked for less and a replay decides
    verdict : kept, floor, missed, or left to the replay
    """

    name: str
    period: str
    target: str
    planned: str
    expected: str
    sure: str
    met: bool | None
    verdict: str


def promise(row: ServiceRow, repair: Repair | None, labels: Labels) -> Promise:
    """A service row as it is shown."""
    met = None if not row.met and repair is not None and repair.credit else row.met
    kept = labels["floor"] if row.floor else labels["kept"]
    return Promise(
        name=promise_name(row, labels),
        period=period(row, labels),
        target=target(row),
        planned=measured(row, row.planned, labels),
        expected=measured(row, row.expected, labels),
        sure=measured(row, row.sure, labels),
        met=met,
        verdict={True: kept, False: labels["missed"], None: labels["replay decides"]}[met],
    )


def promise_name(row: ServiceRow | CertifiedPromise | RoundPromise, labels: Labels) -> str:
    """What is measured: `Service level within 20 s, over offered`."""
    name = labels[row.measure]
    if row.within_seconds is not None:
        name = labels["within seconds"].format(name, row.within_seconds)
    return name if row.over is None else labels["over contacts"].format(name, labels[row.over])


def target(row: ServiceRow | CertifiedPromise | RoundPromise) -> str:
    """A target with its unit and the side that is allowed: `≥ 95 %`."""
    side = "≤" if row.measure in AT_MOST else "≥"
    return f"{side} {row.target:g} s" if row.measure == "average_wait" else f"{side} {100 * row.target:.4g} %"


def measured(row: ServiceRow | CertifiedPromise | RoundPromise, value: float | None, labels: Labels) -> str:
    """A value of what is promised, with its unit."""
    if value is None:
        return labels["undefined"]
    return f"{value:.1f} s" if row.measure == "average_wait" else percent(value, 2)


def period(row: ServiceRow | CertifiedPromise | RoundPromise, labels: Labels) -> str:
    """A period, with its start where it is one of several: `worst interval 2026-11-11 06:30`."""
    if row.start is None:
        return labels[row.period]
    day, time = row.start[:10], row.start[11:16]
    return f"{labels[row.period]} {day} {time}" if row.period == "interval" else f"{labels[row.period]} {day}"


def delivered(plan: Plan) -> tuple[Figure, ...]:
    """The figures that the plan's promises have; on days as forecast all have."""
    every: tuple[Figure, ...] = ("planned", "expected", "sure")
    return tuple(
        figure
        for figure in every
        if figure == "planned" or any(getattr(row, figure) is not None for row in plan.service)
    )


def heading(plan: Plan, figure: Figure, labels: Labels) -> str:
    """What a column of figures is called; of those that are sure, how sure."""
    confidence = plan.inputs.scenario.get("uncertainty", {}).get("confidence")
    return labels[figure].format(percent(confidence or 0.0, 0)) if figure == "sure" else labels[figure]


def percent(share: float, decimals: int = 1) -> str:
    """A share in percent: 0.956 is `95.6 %`."""
    return f"{100 * share:.{decimals}f} %"


def signed_percent(share: float) -> str:
    """A difference in percent, with its sign: `+1.27 %`."""
    return f"{100 * share:+.2f} %"


def money(value: float, largest: float) -> str:
    """An amount with thousands apart; with cents where the largest beside it is below a thousand."""
    return f"{value:,.0f}" if abs(largest) >= 1000 else f"{value:,.2f}"


def labour_share(plan: Plan) -> float | None:
    """What people cost as a share of the cost, desks and licences apart; None for a plan that is free."""
    if plan.cost <= 0:
        return None
    return total([line for line in plan.costs if line.item in LABOUR]) / plan.cost


def total(lines: Sequence[CostLine]) -> float:
    """What the lines cost together."""
    return sum(line.amount for line in lines)


def items(plan: Plan) -> tuple[str, ...]:
    """The kinds of cost the plan has, in its order."""
    return tuple(dict.fromkeys(str(line.item) for line in plan.costs))
