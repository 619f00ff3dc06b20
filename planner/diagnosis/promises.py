"""Rules of queues: what they promise, and what AI may take."""

from __future__ import annotations

from collections.abc import Iterator

from planner.diagnosis.edits import Edit, Gone, Place
from planner.diagnosis.rules import Option, Rule, Steps, path_of
from planner.scenario.automation import Automation
from planner.scenario.scenario import Queue, Scenario
from planner.scenario.service import (
    AnswerRate,
    AverageWait,
    Occupancy,
    Service,
    ServiceLevel,
    WaitingProbability,
)

_TENTH_OF_A_POINT = 0.001
_A_POINT = 0.01
_LONGEST_WAIT = 3600.0

Promise = AnswerRate | AverageWait | ServiceLevel | Occupancy | WaitingProbability


def queue_rules(scenario: Scenario) -> Iterator[Rule]:
    """Every rule of every queue; promises must be written out."""
    for name, queue in scenario.queues.items():
        if isinstance(queue.service, Service):
            yield from _promises(name, queue, queue.service)
        if queue.automation is not None:
            yield from _automation(name, queue.automation)


def _promises(name: str, queue: Queue, service: Service) -> Iterator[Rule]:
    measures: dict[str, tuple[Promise, ...]] = {
        "answer_rate": service.answer_rate,
        "average_wait_seconds": service.average_wait_seconds,
        "service_level": service.service_level,
        "occupancy": service.occupancy,
        "waiting_probability": service.waiting_probability,
    }
    for measure, every in measures.items():
        for number, promise in enumerate(every):
            place: Place = ("queues", name, "service", measure, number)
            shown = path_of(place if len(every) > 1 else place[:-1])
            says = f"{name}: {_says(promise)} in every {promise.period}"
            steps = _steps((*place, "target"), promise)
            without = (Edit(place, Gone.GONE),)
            yield Rule(shown, promise.target, says, without, "promise", steps)
    if service.floor is not None and queue.patience_seconds is not None:
        place = ("queues", name, "service", "floor")
        yield Rule(
            path_of(place),
            service.floor,
            f"{name}: {service.floor:.4g} answered at least in every interval",
            (Edit(place, None),),
            "promise",
            Steps(place, service.floor, -_TENTH_OF_A_POINT, _TENTH_OF_A_POINT),
        )


def _says(promise: Promise) -> str:
    """`0.95 answered`."""
    target = f"{promise.target:.4g}"
    if isinstance(promise, AnswerRate):
        return f"{target} answered at least"
    if isinstance(promise, AverageWait):
        return f"{target} s of average wait at most"
    if isinstance(promise, ServiceLevel):
        return f"{target} within {promise.within_seconds:g} s at least"
    if isinstance(promise, Occupancy):
        return f"{target} occupancy at most"
    return f"{target} find everybody busy at most"


def _steps(place: Place, promise: Promise) -> Steps:
    now = promise.target
    if isinstance(promise, (AnswerRate, ServiceLevel)):
        return Steps(place, now, -_TENTH_OF_A_POINT, _TENTH_OF_A_POINT)
    if isinstance(promise, AverageWait):
        return Steps(place, now, 1.0, max(_LONGEST_WAIT, 100 * now))
    end = 1.0 if isinstance(promise, Occupancy) else 1.0 - _TENTH_OF_A_POINT
    return Steps(place, now, _TENTH_OF_A_POINT, end)


def _automation(name: str, automation: Automation) -> Iterator[Rule]:
    place: Place = ("queues", name, "automation")
    if automation.fixed_share is not None:
        most = sum(intent.share for intent in automation.intents if intent.automatable)
        held = (*place, "fixed_share")
        yield Rule(
            path_of(held),
            automation.fixed_share,
            f"{name}: AI takes {automation.fixed_share:.4g} of the contacts, no more and no less",
            (Edit(held, None),),
            "limit",
            Steps(held, automation.fixed_share, _A_POINT, most),
        )
    for number, intent in enumerate(automation.intents):
        if not intent.automatable and intent.containment > 0:
            mine = (*place, "intents", number, "automatable")
            allow = (Edit(mine, True),)
            yield Rule(
                path_of(mine),
                False,
                f"{name}: AI never takes {intent.name!r}",
                allow,
                "limit",
                options=(Option(allow, "true"),),
            )
