"""Running many things: one function over many tasks, on this machine's cores or on a cluster.

The seam is `concurrent.futures.Executor`. This room knows executors and workers, and nothing of planning.

    with place(workers=2) as here:
        for outcome in each(here, work, tasks):
            ...
"""

from planner.running.each import Done, Failed, Outcome, each
from planner.running.place import Place, cores, place
from planner.running.processes import Processes, TaskFailed, WorkerDied

__all__ = [
    "Done",
    "Failed",
    "Outcome",
    "Place",
    "Processes",
    "TaskFailed",
    "WorkerDied",
    "cores",
    "each",
    "place",
]
