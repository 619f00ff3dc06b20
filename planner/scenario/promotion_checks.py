"""What promotions owe the queues of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.scenario.scenario import ForecastFile
from planner.scenario.words import suggestion


def promotion_mistakes(forecast: ForecastFile, queues: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Place and problem of every promotion of a queue that there is not."""
    for number, promotion in enumerate(forecast.promotions, start=1):
        for name in promotion.queues:
            if queues and name not in queues:
                place = f"forecast.promotions.#{number}.queues"
                yield place, f"names no queue (got {name!r}; {suggestion(name, [*queues])})"
