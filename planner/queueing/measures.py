"""What a number of agents delivers, in the words of a service promise."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.queueing.busyness import AS_FORECAST, Busyness
from planner.queueing.systems import Systems
from planner.queueing.tallies import Tallies, interpolated_tallies


@dataclass(frozen=True, slots=True)
class Measures:
    """The service of each system, every field (S,).

    Where nothing arrives every contact is answered at once and nobody is busy. With no agent at all
    on a queue where contacts do arrive, the wait and service level of the answered and the occupancy
    are undefined: nan.

    Attributes
    ----------
    load : erlang, as forecast
    answer_rate : share of offered contacts that an agent answers; 1 in Erlang C
    average_wait : seconds, over all offered contacts
    average_wait_answered : seconds, over answered contacts
    service_level_offered : answered in time / offered
    service_level_answered : answered in time / answered
    service_level_virtual : share that would be answered in time if nobody lost patience while waiting
    occupancy : busy agents / agents
    waiting_probability : share of offered contacts that find every agent busy
    """

    load: Floats
    answer_rate: Floats
    average_wait: Floats
    average_wait_answered: Floats
    service_level_offered: Floats
    service_level_answered: Floats
    service_level_virtual: Floats
    occupancy: Floats
    waiting_probability: Floats

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, frozen(getattr(self, field.name)))
        require(len({getattr(self, field.name).shape for field in fields(self)}) == 1, "shapes must agree")


def measures(
    systems: Systems,
    agents: Floats,
    within: float | Floats,
    busyness: Busyness = AS_FORECAST,
    finer: bool = False,
) -> Measures:
    """The service that so many agents give, exact for the stationary queue.

    Parameters
    ----------
    systems : S systems
    agents : (S,) agents; between whole numbers the counts are interpolated and the ratios taken of them
    within : seconds, of the service level; one for all or (S,)
    busyness : counts are averaged over it, and the ratios taken of the averages
    finer : by twice as many values of busyness as tables and sizing use

    Returns
    -------
    Measures of S systems

    Raises
    ------
    ValueError
        If the shapes differ, or agents or seconds are negative or not finite.

    Notes
    -----
    Equations (Q11), (Q12) and (Q17) of docs/explanation/queueing.md.
    """
    asked = np.asarray(agents, dtype=np.float64)
    seconds = np.broadcast_to(np.asarray(within, dtype=np.float64), systems.rate.shape)
    counts = interpolated_tallies(systems, asked, seconds, busyness.rules(systems.load, finer))
    return _ratios(systems, asked, counts, busyness.level)


def _ratios(systems: Systems, agents: Floats, counts: Tallies, offered: float) -> Measures:
    """The ratios, of counts per forecast contact; `offered` contacts come for each."""
    answered = offered - counts.lost
    nothing = systems.rate == 0
    return Measures(
        load=systems.load,
        answer_rate=answered / offered,
        average_wait=counts.waited / offered,
        average_wait_answered=_ratio(counts.waited_answered, answered),
        service_level_offered=1 - counts.late / offered,
        service_level_answered=_ratio(offered - counts.late, answered),
        service_level_virtual=1 - counts.virtually_late / offered,
        occupancy=np.where(nothing, 0.0, _ratio(counts.busy, agents)),
        waiting_probability=counts.waiting / offered,
    )


def _ratio(part: Floats, whole: Floats) -> Floats:
    """(S,) nan where the whole is 0: nobody to speak of."""
    ratio = np.full(part.shape, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio
