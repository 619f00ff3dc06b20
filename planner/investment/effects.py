"""A problem as it is once some investments are bought: what changes, and what they cost.

(F6) to (F10) of docs/explanation/investment.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from planner.arrays import frozen
from planner.demand import reached_at_baseline
from planner.problem import Problem
from planner.repeats import baseline_of
from planner.scenario.automation import Automation
from planner.scenario.investments import Investment, PoolEffect, QueueEffect
from planner.scenario.pools import Pool
from planner.scenario.repeats import Repeats
from planner.scenario.scenario import Queue
from planner.technology import annuity


def cost_per_month(of: Investment) -> float:
    """(F6)  investment = annuity(capital) + cost_per_month - saves_per_month.

    Money a month, below 0 where more is saved elsewhere than it costs.
    """
    spread = 0.0 if of.life_years is None else annuity(of.capital, of.life_years, of.discount_rate)
    return spread + of.cost_per_month - of.saves_per_month


def bought(investments: Mapping[str, Investment], months: float) -> float:
    """Money over the calendar of all that are taken whatever the plan."""
    return months * sum(cost_per_month(of) for of in investments.values() if of.take == "always")


def undecided(problem: Problem) -> tuple[str, ...]:
    """Names of the investments that the plan is to decide on."""
    return tuple(name for name, of in problem.scenario.investments.items() if of.take == "if_it_pays")


def decided(problem: Problem, taken: Iterable[str]) -> Problem:
    """The problem with these investments and those always taken: (F7) to (F10) written into its figures.

    Those that are taken have no effects left and are always taken, the others never: decided again, the
    problem stays as it is.
    """
    always = [name for name, of in problem.scenario.investments.items() if of.take == "always"]
    chosen = {*taken, *always}
    changed = with_effects(problem, [problem.scenario.investments[name] for name in sorted(chosen)])
    left = {name: _done(of, name in chosen) for name, of in problem.scenario.investments.items()}
    return replace(changed, scenario=changed.scenario.model_copy(update={"investments": left}))


def _done(of: Investment, taken: bool) -> Investment:
    if not taken:
        return of.model_copy(update={"take": "never"})
    return of.model_copy(update={"take": "always", "queues": {}, "pools": {}})


def with_effects(problem: Problem, every: Iterable[Investment]) -> Problem:
    """(F7)  handle_time' = handle_time × product of factors.

    The problem with everything that these investments change, whatever they cost.
    """
    scenario, forecast = problem.scenario, problem.forecast
    on_queues = {name: [of.queues[name] for of in every if name in of.queues] for name in scenario.queues}
    on_pools = {name: [of.pools[name] for of in every if name in of.pools] for name in scenario.pools}
    factor = np.array([_times(effect.handle_time_factor for effect in on_queues[q]) for q in forecast.queues])
    changed = scenario.model_copy(
        update={
            "queues": {name: _queue(rules, on_queues[name]) for name, rules in scenario.queues.items()},
            "pools": {
                name: _pool(rules, on_pools[name], on_queues) for name, rules in scenario.pools.items()
            },
        }
    )
    taking = replace(forecast, handle_time=frozen(forecast.handle_time * factor))
    return replace(problem, scenario=changed, forecast=taking)


def _queue(rules: Queue, effects: list[QueueEffect]) -> Queue:
    if not effects:
        return rules
    factor, contained = _times(one.handle_time_factor for one in effects), _sum_of(effects, _contained)
    ai = None if rules.automation is None else _automation(rules.automation, factor, contained)
    again = None if rules.repeats is None else _repeats(rules, rules.repeats, _sum_of(effects, _resolved))
    return rules.model_copy(update={"automation": ai, "repeats": again})


def _automation(of: Automation, factor: float, contained: float) -> Automation:
    """(F8)  containment' = containment + sum of more_contained.

    For every intent that AI may take. Seconds that AI saves shrink like the handle time.
    """
    intents = [
        intent.model_copy(
            update={
                "saved_handle_time_seconds": intent.saved_handle_time_seconds * factor,
                "containment": min(1.0, intent.containment + contained),
            }
        )
        if intent.automatable
        else intent
        for intent in of.intents
    ]
    return of.model_copy(update={"intents": tuple(intents)})


def _repeats(rules: Queue, of: Repeats, more: float) -> Repeats:
    """(F9)  resolution' = resolution + sum of more_resolved.

    The forecast stays as it was served, at its baseline.
    """
    known = baseline_of(of)
    before = of.baseline.model_copy(
        update={
            "first_contact_resolution": known.resolution,
            "contained": 1.0 - reached_at_baseline(rules.automation, known),
        }
    )
    solved = min(1.0, of.first_contact_resolution + more)
    return of.model_copy(update={"first_contact_resolution": solved, "baseline": before})


def _pool(rules: Pool, effects: list[PoolEffect], on_queues: Mapping[str, list[QueueEffect]]) -> Pool:
    """(F10)  training' = min(training, weeks), attrition' = attrition × product of factors.

    What these people resolve of a queue with a figure of its own grows too, by (F9).
    """
    weeks = [one.training_weeks for one in effects if one.training_weeks is not None]
    leaving = rules.turnover.monthly_attrition * _times(one.attrition_factor for one in effects)
    turnover = rules.turnover.model_copy(
        update={
            "training_weeks": min([rules.turnover.training_weeks, *weeks]),
            "monthly_attrition": min(1.0, leaving),
        }
    )
    solved = {
        queue: min(1.0, share + _sum_of(on_queues.get(queue, []), _resolved))
        for queue, share in rules.first_contact_resolution.items()
    }
    return rules.model_copy(update={"turnover": turnover, "first_contact_resolution": solved})


def _resolved(effect: QueueEffect) -> float:
    return effect.more_resolved


def _contained(effect: QueueEffect) -> float:
    return effect.more_contained


def _sum_of(effects: list[QueueEffect], what: Callable[[QueueEffect], float]) -> float:
    return sum(what(effect) for effect in effects)


def _times(factors: Iterable[float]) -> float:
    return float(np.prod(list(factors)))
