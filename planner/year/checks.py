"""What a year's file and its scenarios owe each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from planner.contracts.horizon import due_at_once
from planner.scenario.pools import Pool
from planner.scenario.seat_pay import SeatPay
from planner.scenario.words import suggestion
from planner.year.file import YearFile, YearPool
from planner.year.question import Season


def file_mistakes(rules: YearFile) -> Iterator[tuple[str, str]]:
    """Place and problem of what is wrong with the file by itself."""
    counted = Counter(season.name for season in rules.seasons)
    for number, season in enumerate(rules.seasons):
        if counted[season.name] > 1:
            yield f"seasons.#{number + 1}.name", f"must be one of its own (got {season.name!r} twice or more)"
    for name, pool in rules.pools.items():
        place = f"pools.{name}.initial_headcount"
        if rules.cyclic and pool.initial_headcount is not None:
            yield (
                place,
                "says nothing in a cyclic year, whose last season comes before its first; leave it out",
            )
        if not rules.cyclic and pool.initial_headcount is None:
            yield place, "is missing: the people there before the first season; or write cyclic: true"


def season_mistakes(rules: YearFile, number: int, season: Season) -> Iterator[tuple[str, str]]:
    """Place and problem of what one season's scenario does not have, or has and a year cannot take."""
    scenario, place = season.problem.scenario, f"seasons.#{number + 1}.scenario"
    if scenario.currency != rules.currency:
        yield place, f"must be in the year's currency {rules.currency} (got {scenario.currency})"
    if scenario.investments:
        yield (
            place,
            "names investments, which a year does not decide on; leave them out, or plan the season with "
            "them and write what they change into its scenario",
        )
    for name, given in rules.pools.items():
        if name not in scenario.pools:
            yield (
                f"pools.{name}",
                f"is no pool of season {season.name}; {suggestion(name, list(scenario.pools))}",
            )
        else:
            yield from _pool_mistakes(name, given, scenario.pools[name], season.name)
    for name in rules.ai:
        yield from _ai_mistakes(name, season)


def setup_mistakes(seasons: Sequence[Season]) -> Iterator[tuple[str, str]]:
    """Place and problem of setup fees that are due at once and cannot be paid once in the year."""
    fees: dict[str, float] = {}
    for number, season in enumerate(seasons):
        place = f"seasons.#{number + 1}.scenario"
        for name, pool in season.problem.scenario.pools.items():
            if isinstance(pool.pay, SeatPay) and due_at_once(pool.pay) > 0:
                yield place, f"pools.{name} has a setup fee due at once, in every season; write its months"
        for name, vendor in season.problem.scenario.vendors.items():
            fee = due_at_once(vendor.contract)
            if fee > 0 and vendor.signed:
                yield place, f"vendors.{name} is signed already, so its setup fee is paid; leave it out"
            if fees.setdefault(name, fee) != fee:
                yield place, f"vendors.{name} has another setup fee than in a season before; write the same"


def _ai_mistakes(name: str, season: Season) -> Iterator[tuple[str, str]]:
    queues, place = season.problem.scenario.queues, f"ai.{name}"
    queue = queues.get(name)
    if queue is None:
        yield place, f"is no queue of season {season.name}; {suggestion(name, list(queues))}"
    elif queue.automation is None:
        yield place, f"has no automation in season {season.name}; leave it out here"
    elif queue.automation.fixed_share is not None:
        yield place, f"has a fixed_share in season {season.name}, so nothing is decided; leave it out"
    elif not any(intent.automatable for intent in queue.automation.intents):
        yield place, f"has nothing that AI may take in season {season.name}; leave it out"


def platform_mistakes(rules: YearFile, seasons: Sequence[Season]) -> Iterator[tuple[str, str]]:
    """Place and problem where the seasons of a year with one platform do not have the same to choose from."""
    if not rules.one_platform or not seasons:
        return
    for season in seasons:
        if not season.problem.scenario.technologies:
            yield "one_platform", f"needs technologies, and season {season.name} names none; leave it out"
    first = set(seasons[0].problem.scenario.technologies)
    for season in seasons[1:]:
        other = set(season.problem.scenario.technologies)
        if other and first and other != first:
            names = ", ".join(sorted(first ^ other))
            yield (
                "one_platform",
                f"needs the same technologies in every season; {seasons[0].name} and {season.name} differ in "
                f"{names}",
            )


def _pool_mistakes(name: str, given: YearPool, of: Pool, season: str) -> Iterator[tuple[str, str]]:
    place = f"pools.{name}"
    if isinstance(of.pay, SeatPay):
        yield place, f"is paid by the seat in season {season}: its vendor hires; leave it out"
    if of.contract.least_hours_per_week > 0:
        yield (
            place,
            f"has least_hours_per_week in season {season}, which a year cannot promise to people who wait "
            "for the next season; leave the pool out, or the least hours",
        )
    if (given.monthly_attrition or 0.0) >= 1.0 or of.turnover.monthly_attrition >= 1.0:
        yield f"{place}.monthly_attrition", "must be below 1: with everybody gone each month nobody stays"


def notes_of(rules: YearFile, seasons: Sequence[Season]) -> Iterator[str]:
    """What a planner should know though nothing is wrong, a line each."""
    weeks = sum(season.rules.lasts_weeks for season in seasons)
    if not 51.0 <= weeks <= 53.5:
        yield f"the seasons last {weeks:g} weeks together: costs are for these weeks, not for a year of 52"
    if not rules.one_platform and any(season.problem.scenario.technologies for season in seasons):
        yield "platforms are chosen season by season; one_platform: true holds the year to one"
    if any(season.problem.scenario.vendors for season in seasons):
        yield "vendors are billed season by season: no tier counts volume over the year"
    if not rules.cyclic:
        yield "the year ends with its last season: nobody is hired for what comes after it"
