"""The walk from a plan to its certificate."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256

from planner.certificate.beforehand import beforehand
from planner.certificate.certificate import Certificate, CertifiedPromise, Customs, Ending, Replay
from planner.certificate.judge import judged
from planner.certificate.looks import left, looks, spent
from planner.certificate.minutes import simulated_minutes
from planner.certificate.promised import times
from planner.certificate.readable import check_readable
from planner.certificate.seeds import certificate_seed
from planner.certificate.verdict import overall
from planner.certificate.worst import worst_intervals
from planner.inputs import problem_of
from planner.plan import Plan
from planner.simulation import (
    Centre,
    Conditions,
    Customers,
    Effort,
    Facts,
    Progress,
    centre_of,
    conditions_of,
    simulate,
)
from planner.simulation.laws import Empirical, Law, Lognormal

USUAL = Effort(replications=3200, seconds=20.0)


def certify(
    plan: Plan,
    conditions: Conditions | None = None,
    effort: Effort = USUAL,
    listener: Callable[[Progress], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Certificate:
    """Replay a plan until every promise is decided or the effort is spent, and say what came out.

    Without conditions it is replayed in the world that its scenario describes.
    The same plan, conditions and seed give the same certificate, apart from its seconds, unless the limit
    on seconds or `stopped` ended it.

    Raises
    ------
    InvalidInput
        If the plan was changed so that it cannot be replayed any more.
    """
    began = time.monotonic()
    centre = centre_of(check_readable(plan))
    said = conditions or conditions_of(problem_of(plan).scenario)
    world = replace(said, within_seconds=times(plan.service))
    drawn = replace(effort, seed=certificate_seed(effort.seed), half_width=0.0)
    schedule, known = looks(effort.replications), beforehand(centre, world)

    def seen(facts: Facts, last: bool) -> tuple[CertifiedPromise, ...]:
        share = (left if last else spent)(facts.replications, schedule)
        return judged(plan.service, facts, known, share)

    def enough(facts: Facts) -> bool:
        look = facts.replications in schedule
        return stopped() or (look and decided(seen(facts, last=False)))

    facts = simulate(centre, world, drawn, listener, enough)
    rows = seen(facts, last=False)
    if facts.replications not in schedule or not decided(rows):
        rows = seen(facts, last=True)
    return Certificate(
        scenario=plan.scenario,
        plan_sha256=sha256(plan.to_json().encode()).hexdigest(),
        verdict=overall([row.verdict for row in rows]),
        replay=Replay(
            seed=effort.seed,
            replications=facts.replications,
            most_replications=effort.replications,
            looks=len(schedule),
            seconds=time.monotonic() - began,
            ended=_ending(rows, stopped(), facts, effort),
            attendance=world.attendance,
            off_phone_seconds=world.off_phone_seconds,
            day_cv=world.day_cv,
            priority=dict(world.priority),
            reserve=dict(world.reserve),
            pool_order=world.pool_order,
            customers=_customs(centre, world),
        ),
        promises=rows,
        worst_intervals=worst_intervals(plan.agents, facts),
        vendors=tuple(simulated_minutes(plan, centre, facts)),
    )


def decided(rows: Sequence[CertifiedPromise]) -> bool:
    """Whether more replications would change no verdict: nothing that can be judged is undecided."""
    return all(row.verdict != "undecided" for row in rows)


def _ending(rows: Sequence[CertifiedPromise], stopped: bool, facts: Facts, effort: Effort) -> Ending:
    if decided(rows):
        return "decided"
    if stopped:
        return "Ctrl-C"
    return "replications" if facts.replications >= effort.replications else "seconds"


def _customs(centre: Centre, world: Conditions) -> tuple[Customs, ...]:
    def of(queue: str, patience: float) -> Customs:
        theirs: Customers = world.of(queue)
        return Customs(
            queue=queue,
            handle_time=_law(theirs.handle_time),
            patience="endless" if patience == float("inf") else _law(theirs.patience),
            ramped=theirs.ramped,
            day_cv=theirs.day_cv,
            interval_cv=theirs.interval_cv,
            after_abandonment=theirs.repeats.after_abandonment,
            after_answer=theirs.repeats.after_answer,
            most_attempts=theirs.repeats.further + 1,
            first_attempts=theirs.first_attempts,
        )

    return tuple(of(*each) for each in zip(centre.queues, centre.patience, strict=True))


def _law(law: Law) -> str:
    if isinstance(law, Lognormal):
        return f"lognormal, cv {law.cv:g}"
    return f"empirical, {law.sample.size} values" if isinstance(law, Empirical) else "exponential"
