"""`planner cashflow`: what a platform pays back beside another, over some years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, wrong
from planner.cli.options import AsJson, PlanArgument

if TYPE_CHECKING:
    from planner.investment import Horizon
    from planner.plan import Plan
    from planner.scenario.technology import Technology


def cashflow(
    plan: PlanArgument,
    option: Annotated[
        list[str] | None,
        typer.Option(
            "--option",
            metavar="NAME",
            help="This one alone; repeatable. Else: all that let the people work.",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="NAME",
            help="The baseline; left out: the cheapest platform that needs no capital.",
        ),
    ] = None,
    beside: Annotated[
        Path | None,
        typer.Option(
            "--beside",
            metavar="PLAN",
            help="Another plan as the baseline, with its own platform and people, in place of --against.",
        ),
    ] = None,
    years: Annotated[int, typer.Option("--years", help="How many years, 1 to 30.")] = 3,
    seats: Annotated[
        list[float] | None,
        typer.Option(
            "--seats",
            metavar="SEATS",
            help="Platform seats in place of the plan's; given once for all years, or once for each.",
        ),
    ] = None,
    discount_rate: Annotated[
        float | None,
        typer.Option("--discount-rate", help="A year, such as 0.08, in place of the platforms' own."),
    ] = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="CSV file for the months as well.")
    ] = None,
) -> None:
    """Say what the platforms of a plan pay back: cash flow, net present value, return, payback.

    All work at the plan's seats, so that only what the platforms cost differs; beside another plan, what the
    people of both cost differs too. No value is left at the end.
    Exit codes: 0 a comparison, 1 internal error, 2 bad input.
    """
    with explained(as_json):
        from planner.cli.cashflow_output import deliver_flows
        from planner.cli.cashflow_plans import between
        from planner.cli.one_file import check_file
        from planner.investment import cash_flows
        from planner.plan import read_plan

        if out is not None:
            check_file(out)
        read = read_plan(plan)
        if beside is not None:
            if option or against is not None or seats:
                raise wrong(
                    "--beside", "takes both platforms from the plans; leave --option, --against, --seats out"
                )
            rate = _horizon(read, years, [], discount_rate).discount_rate
            deliver_flows(between(read, read_plan(beside), years, rate), out, as_json)
            return
        known = _technologies(read)
        base = _baseline(read, known, against)
        chosen = _options(known, option or _others(read, base), base)
        over = _horizon(read, years, seats or [], discount_rate)
        deliver_flows(cash_flows((read.scenario, read.currency), known, (base, chosen), over), out, as_json)


def _technologies(plan: Plan) -> dict[str, Technology]:
    """The platforms of the plan's scenario.

    Raises
    ------
    InvalidInput
        If there are fewer than two.
    """
    from planner.scenario.technology import Technology

    given = plan.inputs.scenario.get("technologies") or {}
    if len(given) < 2:
        raise wrong("PLAN", "has no two technologies to compare; name them in its scenario and plan again")
    return {name: Technology.model_validate(fields) for name, fields in given.items()}


def _baseline(plan: Plan, known: dict[str, Technology], against: str | None) -> str:
    if against is not None:
        _known("--against", against, known)
        return against
    without = {
        row.option: row.cost for row in plan.technology if row.possible and not known[row.option].capital
    }
    if not without:
        raise wrong("--against", f"is needed: every platform has capital; name one of {', '.join(known)}")
    return min(without, key=lambda name: without[name])


def _others(plan: Plan, base: str) -> list[str]:
    """Every other platform that lets the plan's people work."""
    others = [row.option for row in plan.technology if row.possible and row.option != base]
    if not others:
        raise wrong("PLAN", f"only {base} lets all of this plan's people work; name another with --option")
    return others


def _options(known: dict[str, Technology], asked: list[str], base: str) -> list[str]:
    for name in asked:
        _known("--option", name, known)
        if name == base:
            raise wrong("--option", f"must differ from the baseline (got {name!r} for both)")
    return asked


def _known(option: str, name: str, known: dict[str, Technology]) -> None:
    from planner.scenario.words import suggestion

    if name not in known:
        raise wrong(option, f"is no technology of the plan (got {name!r}; {suggestion(name, [*known])})")


def _horizon(plan: Plan, years: int, seats: list[float], discount_rate: float | None) -> Horizon:
    from planner.investment import Horizon

    if not 1 <= years <= 30:
        raise wrong("--years", f"must be 1 to 30 (got {years})")
    if any(not 0 <= count < float("inf") for count in seats):
        raise wrong("--seats", "must be at least 0, and finite")
    if len(seats) not in {0, 1, years}:
        raise wrong(
            "--seats", f"must be given once, or once for each of the {years} years (got {len(seats)})"
        )
    if discount_rate is not None and not 0 <= discount_rate <= 1:
        raise wrong("--discount-rate", f"must be 0 to 1 (got {discount_rate:g}; 0.08 is 8 %)")
    every = seats or [float(row.seats) for row in plan.technology[:1]]
    return Horizon(tuple(every * years if len(every) == 1 else every), discount_rate)
