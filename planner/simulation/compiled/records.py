"""What the engine reads and writes: a record per contact, person, pool and queue.

Records keep what belongs together side by side in memory, and leave few arrays to hand from function to
function. They are handed one by one: numba counts references to an array taken out of a tuple, which costs
as much as the work itself, and threads that count on the same array wait for each other.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from planner.arrays import Counts, Floats

Records: TypeAlias = npt.NDArray[np.void]

NONE = -1
GONE, IDLE, BUSY, AWAY = 0, 1, 2, 3
PAUSES, COMES, LEAVES = 0, 1, 2
"""What is planned for a person; of what happens at one moment the lower comes first."""

CONTACT = np.dtype(
    [
        ("time", np.float64),  # of arrival
        ("handle_time", np.float64),  # seconds an agent of productivity 1 takes
        ("patience", np.float64),  # seconds; infinite where nobody leaves
        ("queue", np.int64),
        ("behind", np.int64),  # who waits behind it
        ("person", np.int64),  # who answered; NONE if nobody did
        ("began", np.float64),  # when; infinite if nobody did
        ("ended", np.float64),  # when the call was over
        ("virtual", np.float64),  # seconds it waited, or would have, had it stayed; infinite if for ever
    ]
)
PERSON = np.dtype(
    [
        ("pool", np.int64),
        ("productivity", np.float64),  # a handle time is divided by it
        ("status", np.int64),  # GONE, IDLE, BUSY or AWAY
        ("leaving", np.bool_),  # whether the shift has ended
        ("owed", np.float64),  # seconds of pauses that began while on a call or away
        ("on_queue_since", np.float64),  # idle or busy
        ("since", np.float64),  # when it became idle
        ("before", np.int64),  # who became idle before, and still is
        ("after", np.int64),  # who became idle after
    ]
)
POOL = np.dtype(
    [
        ("turn", np.int64),  # pools of a lower turn are asked first for an arriving contact
        ("first", np.int64),  # person who is idle longest
        ("last", np.int64),  # person who is idle shortest
        ("idle", np.int64),  # how many are
    ]
)
QUEUE = np.dtype(
    [
        ("priority", np.int64),  # queues of a lower one are served first
        ("first", np.int64),  # contact that waits longest
        ("last", np.int64),  # contact that waits shortest
        ("further", np.int64),  # attempts after the first that anybody may make
        ("after_abandonment", np.float64),  # share of contacts that come again after leaving
        ("after_answer", np.float64),  # share that come again after their call
        ("abandonment_delay", np.float64),  # seconds, mean
        ("unresolved_delay", np.float64),
    ]
)
PLAN = np.dtype(
    [
        ("time", np.float64),
        ("person", np.int64),
        ("kind", np.int64),  # PAUSES, COMES or LEAVES
        ("length", np.float64),  # seconds of a pause
    ]
)
DUE = np.dtype([("time", np.float64), ("who", np.int64)])
ATTEMPT = np.dtype(
    [
        ("first", np.int64),  # contact that was the first attempt
        ("number", np.int64),  # attempts that came before
    ]
)
STRETCH = np.dtype([("person", np.int64), ("start", np.float64), ("end", np.float64)])


class Scene(NamedTuple):
    """All of one replication.

    contacts : (N + B,) CONTACT, first attempts in order of arrival, then those after them as they come
    firsts : N
    attempts : (B,) ATTEMPT, of the contacts after the first attempts
    further : (N, A, 4) what is drawn for further attempts; A is 0 where nobody comes again
    returns : DUE, contacts that will come again, see returning.py
    opened : (Q, K + 1) seconds that each queue has been open at every slot's edge, where anybody comes again
    start, length : seconds after the calendar's start of the first slot; seconds of a slot
    plans : (C,) PLAN, what is planned for people, in order of time
    people, pools, queues : (M,) PERSON, (P,) POOL, (Q,) QUEUE
    until : (L,) seconds after the calendar's start to which each table of reserve holds; the last is infinite
    reserve : (L, P, Q) idle people of a pool whom no contact of a queue may take; NONE where it serves it not
    due : (M + 1,) DUE, people whose call or pause ends, see due.py
    stretches : (C + 1,) STRETCH, time of people on the queue; the person of entry 0 tells how many follow
    """

    contacts: Records
    firsts: int
    attempts: Records
    further: Floats
    returns: Records
    opened: Floats
    start: float
    length: float
    plans: Records
    people: Records
    pools: Records
    queues: Records
    until: Floats
    reserve: Counts
    due: Records
    stretches: Records
