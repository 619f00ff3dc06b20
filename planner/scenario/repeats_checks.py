"""What the fields about contacts that come again owe each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.scenario.pools import Pool
from planner.scenario.repeats import MOST_RETURNING, Repeats
from planner.scenario.scenario import Queue


def repeats_mistakes(place: str, queue: Queue) -> Iterator[tuple[str, str]]:
    """Place and problem of every rule that a queue's repeats break."""
    again = queue.repeats
    if again is None:
        return
    before = again.baseline.first_contact_resolution
    for solved in (again.first_contact_resolution, before):
        if solved is not None and (1 - solved) * again.calls_back > MOST_RETURNING:
            share = (1 - solved) * again.calls_back
            yield (
                f"{place}.repeats.calls_back",
                f"lets {share:.0%} of answered contacts come again; at most {MOST_RETURNING:.0%} may",
            )
    if again.redials > 0 and queue.patience_seconds is None:
        yield (
            f"{place}.repeats.redials",
            "must be 0 where nobody leaves; write patience_seconds, or leave it out",
        )
    if again.baseline.answer_rate < 1 and queue.patience_seconds is None:
        yield (
            f"{place}.repeats.baseline.answer_rate",
            "must be 1 where nobody leaves; write patience_seconds, or leave it out",
        )


def resolution_mistakes(
    place: str, pool: Pool, queues: Mapping[str, Queue | None]
) -> Iterator[tuple[str, str]]:
    """Place and problem of every queue that a pool's first-contact resolution should not name."""
    for name, solved in pool.first_contact_resolution.items():
        here, queue = f"{place}.first_contact_resolution.{name}", queues.get(name)
        if name not in pool.queues:
            yield here, f"is no queue of this pool (it serves {', '.join(pool.queues)})"
        elif queue is not None and queue.repeats is None:
            yield here, f"says nothing unless the queue has repeats; write queues.{name}.repeats"
        elif queue is not None and _back(queue.repeats, solved) > MOST_RETURNING:
            yield here, f"lets more than {MOST_RETURNING:.0%} of answered contacts come again"


def _back(again: Repeats | None, solved: float) -> float:
    return (1 - solved) * again.calls_back if again is not None else 0.0
