"""Rules of pools and vendors: how many people, on which contract, at which hours, for which queues."""

from __future__ import annotations

from collections.abc import Iterator

from planner.diagnosis.edits import Edit, Place
from planner.diagnosis.rules import Option, Rule, Steps, path_of
from planner.scenario.pools import Pool
from planner.scenario.scenario import Scenario
from planner.scenario.seat_pay import SeatPay
from planner.scenario.vendors import Vendor

_MOST_PEOPLE = 100_000
_WEEK_HOURS, _WEEK_DAYS = 168.0, 7
_HALF_AN_HOUR = 0.5


def pool_rules(scenario: Scenario) -> Iterator[Rule]:
    """Every rule of every pool, vendor and platform, and the confidence asked for."""
    for name, pool in scenario.pools.items():
        yield from _people(name, pool)
        yield from _contract(name, pool)
        yield from _seats(name, pool)
        yield from _shifts(name, pool, scenario)
        yield from _serves(("pools", name), pool.queues, scenario)
    for name, vendor in scenario.vendors.items():
        yield from _vendor(name, vendor, scenario)
    for name, platform in scenario.technologies.items():
        if platform.pools is not None:
            place: Place = ("technologies", name, "pools")
            allow = (Edit(place, None),)
            says = f"{name}: a platform for {', '.join(platform.pools)} alone"
            yield Rule(
                path_of(place),
                ", ".join(platform.pools),
                says,
                allow,
                "way",
                options=(Option(allow, "every pool"),),
            )
    yield from _confidence(scenario)


def _people(name: str, pool: Pool) -> Iterator[Rule]:
    for field, what in (
        ("maximum_headcount", "people on the books"),
        ("maximum_seats", "people at work at once"),
        ("maximum_patterns", "different patterns"),
    ):
        most = getattr(pool, field)
        if most is not None:
            yield _number(name, (field,), most, (f"at most {most} {what}", 1, _MOST_PEOPLE, None))
    if pool.minimum_headcount > 0:
        least = pool.minimum_headcount
        yield _number(
            name, ("minimum_headcount",), least, (f"at least {least} people on the books", -1, 0, 0)
        )


def _number(
    name: str, path: tuple[str | int, ...], now: float, of: tuple[str, float, float, float | None]
) -> Rule:
    """A rule that holds a number.

    of : what it says, from one value to the next, the last that makes sense, and what leaves it out
    """
    says, step, end, out = of
    place: Place = ("pools", name, *path)
    steps = Steps(place, now, step, end, whole=isinstance(now, int))
    edits = (Edit(place, out),)
    return Rule(path_of(place), now, f"{name}: {says}", edits, "limit", steps)


def _contract(name: str, pool: Pool) -> Iterator[Rule]:
    contract = pool.contract
    if not pool.counts_people:
        return
    if contract.hours_per_week < _WEEK_HOURS:
        hours = contract.hours_per_week
        says = f"at most {hours:g} hours a week for each person"
        yield _number(
            name, ("contract", "hours_per_week"), hours, (says, _HALF_AN_HOUR, _WEEK_HOURS, _WEEK_HOURS)
        )
    if contract.days_per_week < _WEEK_DAYS:
        days = contract.days_per_week
        says = f"at most {days} days a week for each person"
        yield _number(name, ("contract", "days_per_week"), days, (says, 1, _WEEK_DAYS, _WEEK_DAYS))
    if contract.least_hours_per_week > 0:
        least = contract.least_hours_per_week
        says = f"at least {least:g} hours a week for each person"
        yield _number(name, ("contract", "least_hours_per_week"), least, (says, -_HALF_AN_HOUR, 0.0, 0.0))
    if contract.days_off == "consecutive":
        place: Place = ("pools", name, "contract", "days_off")
        allow = (Edit(place, "any"),)
        yield Rule(
            path_of(place),
            "consecutive",
            f"{name}: days off follow one another",
            allow,
            "limit",
            options=(Option(allow, "any"),),
        )


def _seats(name: str, pool: Pool) -> Iterator[Rule]:
    if not isinstance(pool.pay, SeatPay):
        return
    if pool.pay.maximum_seats is not None:
        most = pool.pay.maximum_seats
        yield _number(
            name, ("pay", "maximum_seats"), most, (f"at most {most} seats ordered", 1, _MOST_PEOPLE, None)
        )
    change = pool.pay.most_seats_changed_per_month
    if change is not None and pool.pay.seats_now is not None:
        says = f"at most {change} seats more or fewer than the {pool.pay.seats_now} there are"
        yield _number(name, ("pay", "most_seats_changed_per_month"), change, (says, 1, _MOST_PEOPLE, None))


def _shifts(name: str, pool: Pool, scenario: Scenario) -> Iterator[Rule]:
    place: Place = ("pools", name, "shifts")
    written = [rule.model_dump(mode="json", by_alias=True) for rule in pool.shifts]
    minutes = scenario.calendar.interval_minutes
    anywhere = {
        "starts": {"from": "00:00", "to": _clock(1440 - minutes), "every_minutes": minutes},
        "lengths_hours": [minutes / 60],
    }
    yield Rule(
        path_of(place),
        None,
        f"{name}: people come on these shifts alone",
        (Edit(place, [*written, anywhere]),),
        "way",
        options=tuple(_more_starts(place, written, minutes)),
    )
    for number, rule in enumerate(pool.shifts):
        if rule.minimum_people > 1:
            least = rule.minimum_people
            path = ("shifts", number, "minimum_people")
            yield _number(name, path, least, (f"a pattern in use has at least {least} people", -1, 1, 1))
        if not rule.outside_opening_hours and any(
            scenario.queues[queue].open != "always" for queue in pool.queues
        ):
            inside = (*place, number, "outside_opening_hours")
            allow = (Edit(inside, True),)
            yield Rule(
                path_of(inside),
                False,
                f"{name}: no shift reaches outside the opening hours",
                allow,
                "way",
                options=(Option(allow, "true"),),
            )


def _more_starts(place: Place, written: list[dict[str, object]], minutes: int) -> Iterator[Option]:
    """One more start, in the middle of the day first; then shifts of any start and every length."""
    noon = 720
    for start in sorted(range(0, 1440, max(30, minutes)), key=lambda at: abs(at - noon)):
        more = [{**rule, "starts": [_clock(start)]} for rule in written]
        yield Option((Edit(place, [*written, *more]),), f"also shifts that start at {_clock(start)}")
    starts = {"from": "00:00", "to": _clock(1440 - minutes), "every_minutes": minutes}
    every = [{**rule, "starts": starts} for rule in written]
    yield Option((Edit(place, [*written, *every]),), f"shifts that start every {minutes} minutes")


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _serves(place: Place, served: tuple[str, ...], scenario: Scenario) -> Iterator[Rule]:
    others = [queue for queue in scenario.queues if queue not in served]
    if not others:
        return
    mine = (*place, "queues")
    options = tuple(Option((Edit(mine, [*served, other]),), ", ".join([*served, other])) for other in others)
    yield Rule(
        path_of(mine),
        ", ".join(served),
        f"{place[1]}: serves {', '.join(served)} alone",
        (Edit(mine, [*served, *others]),),
        "way",
        options=options,
    )


def _vendor(name: str, vendor: Vendor, scenario: Scenario) -> Iterator[Rule]:
    most = vendor.contract.most_calls_at_once
    if most is not None:
        place: Place = ("vendors", name, "contract", "most_calls_at_once")
        yield Rule(
            path_of(place),
            most,
            f"{name}: at most {most} contacts at once",
            (Edit(place, None),),
            "limit",
            Steps(place, most, 1, _MOST_PEOPLE, whole=True),
        )
    yield from _serves(("vendors", name), vendor.queues, scenario)


def _confidence(scenario: Scenario) -> Iterator[Rule]:
    sure = scenario.uncertainty.confidence
    if sure is not None:
        place: Place = ("uncertainty", "confidence")
        yield Rule(
            path_of(place),
            sure,
            f"promises hold with probability {sure:g}",
            (Edit(place, None),),
            "promise",
            Steps(place, sure, -0.01, 0.5),
        )
