"""A forecast between two others: how many contacts, when they come, how long they take."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from planner.arrays import Flags, Floats, frozen, frozen_flags
from planner.forecast.forecast import Forecast
from planner.seasons.causes import Cause


@dataclass(frozen=True, slots=True)
class QueueContacts:
    """What one queue is asked for, over T intervals.

    volume : contacts of the calendar, or agents where the forecast gives those
    share : (T,) of the volume in each interval; 0 everywhere without any
    mean : seconds, handle time over all contacts; 0 without any
    relative : (T,) handle time / mean; 0 without any
    open : (T,) whether the queue is open
    """

    volume: float
    share: Floats
    mean: float
    relative: Floats
    open: Flags


def contacts_of(forecast: Forecast, queue: str) -> QueueContacts:
    """(G1)  contacts[t] = volume × share[t];    (G2)  handle time[t] = mean × relative[t]

    with volume = sum over t of contacts[t] and mean = sum over t of contacts[t] × handle time[t] / volume.
    """
    column = forecast.queues.index(queue)
    asked = forecast.contacts if forecast.agents is None else forecast.agents
    wanted, seconds = asked[:, column], forecast.handle_time[:, column]
    volume = float(wanted.sum())
    share = wanted / volume if volume > 0 else np.zeros(wanted.shape)
    mean = float(share @ seconds)
    relative = seconds / mean if mean > 0 else np.zeros(seconds.shape)
    return QueueContacts(
        volume, frozen(share), mean, frozen(relative), frozen_flags(forecast.open[:, column])
    )


def between(first: QueueContacts, second: QueueContacts, causes: Set[Cause]) -> QueueContacts:
    """The first's contacts with the causes taken from the second.

    Where one of them has no contacts at all, there is no telling when they would come or how long they would
    take: both are then the other's.
    """
    silent = first.volume == 0 or second.volume == 0
    heard = first if second.volume == 0 else second
    many = second if "volume" in causes else first
    profile = second if "profile" in causes else first
    when = heard if silent else profile
    length = heard if silent else second if "handle_time" in causes else first
    hours = when if many.volume > 0 else profile
    return QueueContacts(many.volume, when.share, length.mean, when.relative, hours.open)


def mixed_forecast(first: Forecast, second: Forecast, queues: Sequence[str], causes: Set[Cause]) -> Forecast:
    """The forecast of these queues; one that only one of the two has is as it is there.

    Raises
    ------
    ValueError
        If one gives contacts and the other agents, or they have different intervals.
    """
    columns = [_column(first, second, queue, causes) for queue in queues]
    wanted = frozen(np.column_stack([each.volume * each.share for each in columns]))
    seconds = np.column_stack([each.mean * each.relative for each in columns])
    direct = first.agents is not None
    nobody = np.zeros(wanted.shape)
    return Forecast(
        queues=tuple(queues),
        contacts=frozen(nobody) if direct else wanted,
        handle_time=frozen(nobody if direct else np.where(wanted > 0, seconds, 0.0)),
        agents=wanted if direct else None,
        open=frozen_flags(np.column_stack([each.open for each in columns])),
    )


def _column(first: Forecast, second: Forecast, queue: str, causes: Set[Cause]) -> QueueContacts:
    if queue not in second.queues:
        return contacts_of(first, queue)
    if queue not in first.queues:
        return contacts_of(second, queue)
    return between(contacts_of(first, queue), contacts_of(second, queue), causes)
