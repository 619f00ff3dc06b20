"""Platforms beside a baseline, at seats that are given or those of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen
from planner.investment.cashflow import CashFlow, CashFlows, FlowMonth
from planner.investment.formulas import net_present_value, payback_month, return_on_investment
from planner.investment.outlays import Outlays, outlays
from planner.scenario.technology import Technology
from planner.technology.monthly import MONTHS_A_YEAR, monthly_rate


@dataclass(frozen=True, slots=True)
class Side:
    """One platform as it is used.

    seats : platform seats in each year, one entry a year
    people : money a month beside the platform; 0 where it is the same on both sides
    """

    name: str
    technology: Technology
    seats: tuple[float, ...]
    people: float = 0.0

    @property
    def outlays(self) -> Outlays:
        """What it is paid for month by month."""
        months = np.repeat(np.array(self.seats, dtype=np.float64), int(MONTHS_A_YEAR))
        return outlays(self.technology, months, self.people)


@dataclass(frozen=True, slots=True)
class Horizon:
    """Over which platforms are compared.

    seats : platform seats in each year, one entry a year
    discount_rate : a year; None takes that of the platform that has capital, the option's first
    """

    seats: tuple[float, ...]
    discount_rate: float | None = None


def cash_flows(
    names: tuple[str, str],
    technologies: Mapping[str, Technology],
    compared: tuple[str, Sequence[str]],
    over: Horizon,
) -> CashFlows:
    """Every option compared, beside the baseline.

    Parameters
    ----------
    names : of the scenario, and its currency
    compared : the baseline and the options; all are names of technologies
    """
    against, options = compared
    sides = [Side(name, technologies[name], over.seats) for name in options]
    return flows_beside(names, sides, Side(against, technologies[against], over.seats), over.discount_rate)


def flows_beside(
    names: tuple[str, str], options: Sequence[Side], base: Side, discount_rate: float | None = None
) -> CashFlows:
    """Every option beside the baseline, each with its own seats and people; all over the same years."""
    return CashFlows(
        scenario=names[0],
        currency=names[1],
        against=base.name,
        years=len(base.seats),
        seats=base.seats,
        flows=tuple(_flow(option, base, discount_rate) for option in options),
    )


def beside(option: Outlays, base: Outlays) -> tuple[Floats, Floats]:
    """(F2)  flow[m] = saved[m] - invested[m].

    invested[m] is the option's capital less the baseline's; saved[m] is the baseline's paid[m] less the
    option's.

    Returns
    -------
    (M + 1,) invested, (M + 1,) saved
    """
    return frozen(option.capital - base.capital), frozen(base.running - option.running)


def _flow(option: Side, base: Side, discount_rate: float | None) -> CashFlow:
    invested, saved = beside(option.outlays, base.outlays)
    rate = _rate(option.technology, base.technology) if discount_rate is None else discount_rate
    flow = saved - invested
    return CashFlow(
        option=option.name,
        discount_rate=rate,
        seats=option.seats,
        people_saved_a_month=base.people - option.people,
        invested=float(invested.sum()),
        saved=float(saved.sum()),
        net_present_value=net_present_value(flow, rate),
        return_on_investment=return_on_investment(float(invested.sum()), float(saved.sum())),
        payback_month=payback_month(flow),
        months=tuple(_months(invested, saved, rate)),
    )


def _rate(option: Technology, base: Technology) -> float:
    return option.discount_rate if option.capital > 0 else base.discount_rate


def _months(invested: Floats, saved: Floats, rate: float) -> Iterator[FlowMonth]:
    flow, i = saved - invested, monthly_rate(rate)
    for month, together in enumerate(np.cumsum(flow)):
        yield FlowMonth(
            month=month,
            invested=float(invested[month]),
            saved=float(saved[month]),
            net=float(flow[month]),
            cumulative=float(together),
            present_value=float(flow[month] * (1.0 + i) ** -month),
        )
