"""One function over many tasks: outcomes as they come, what fails tried again, and nothing stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from planner.errors import PlaceLost
from planner.running.place import Place

Task = TypeVar("Task")
Value = TypeVar("Value")

ATTEMPTS = 3
TICK_SECONDS = 0.2  # between two questions whether to stop


@dataclass(frozen=True, slots=True)
class Done(Generic[Value]):
    """A task that gave its value.

    number : of the task, counted from 0
    attempts : how often it was begun, as far as we began it
    """

    number: int
    value: Value
    attempts: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A task that failed every time; `reason` is what became of the last attempt."""

    number: int
    reason: str
    attempts: int


Outcome: TypeAlias = Done[Value] | Failed


@dataclass(frozen=True, slots=True)
class _Raised:
    """An error inside a worker, in words: not every error can be sent to another process."""

    reason: str


def each(
    where: Place,
    function: Callable[[Task], Value],
    tasks: Sequence[Task],
    attempts: int = ATTEMPTS,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome[Value]]:
    """The outcome of every task, once each, in the order in which they end.

    No more tasks are handed out than keep every worker busy, so that many tasks cost no more each than few.

    Parameters
    ----------
    function : of a module, so that a worker can import it; may be called twice with a task whose worker died
    attempts : how often a task is begun before it is given up
    stopped : asked several times a second; once true no task is begun, and those under way are waited for

    Raises
    ------
    PlaceLost
        If the place itself went away.
    """
    handing = _Handing(where, function, tasks, attempts)
    try:
        while True:
            halted = stopped()
            if halted:
                handing.withdraw()
            else:
                handing.fill()
            if not handing.under_way:
                return
            yield from handing.ended(halted)
    finally:
        handing.withdraw()


class _Handing(Generic[Task, Value]):
    """Tasks handed out: those under way, with their number and how often they were begun."""

    def __init__(
        self, where: Place, function: Callable[[Task], Value], tasks: Sequence[Task], attempts: int
    ) -> None:
        self.where, self.function, self.tasks, self.attempts = where, function, tasks, attempts
        self.under_way: dict[Future[Value | _Raised], tuple[int, int]] = {}
        self._waiting = iter(range(len(tasks)))

    def fill(self) -> None:
        """Hand out as many tasks as there is room for."""
        for _ in range(self.where.room() - len(self.under_way)):
            number = next(self._waiting, None)
            if number is None:
                return
            self._begin(number, 1)

    def withdraw(self) -> None:
        """Take back what no worker has begun."""
        for future in [future for future in self.under_way if future.cancel()]:
            del self.under_way[future]

    def ended(self, halted: bool) -> Iterator[Outcome[Value]]:
        """What ended within a moment; what failed is begun again, unless nothing is begun any more."""
        ended, _ = wait(self.under_way, TICK_SECONDS, FIRST_COMPLETED)
        for future in ended:
            outcome = _outcome(future, *self.under_way.pop(future), self.where)
            if not self._worth_a_try(future, outcome):
                yield outcome
            elif not halted:
                self._begin(outcome.number, outcome.attempts + 1)

    def _worth_a_try(self, future: Future[Value | _Raised], outcome: Outcome[Value]) -> bool:
        """Whether a task is begun once more: not where the place itself has tried it often enough."""
        if isinstance(outcome, Done) or isinstance(future.exception(), self.where.final):
            return False
        return outcome.attempts < self.attempts

    def _begin(self, number: int, attempt: int) -> None:
        future = self.where.executor.submit(_attempt, self.function, self.tasks[number])
        self.under_way[future] = number, attempt


def _attempt(function: Callable[[Task], Value], task: Task) -> Value | _Raised:
    """What a worker does: the function's value, or its error in words."""
    with ThreadPoolExecutor(1) as alone:
        done = alone.submit(function, task)
        failure = done.exception()
    return done.result() if failure is None else _Raised(in_words(failure))


def in_words(failure: BaseException) -> str:
    """An error as its kind and what it says."""
    said = " ".join(str(failure).split())
    return f"{type(failure).__name__}: {said}" if said else type(failure).__name__


def _outcome(future: Future[Value | _Raised], number: int, attempts: int, where: Place) -> Outcome[Value]:
    if future.cancelled():
        raise PlaceLost(f"{where.name} went away; what is done is kept")
    failure = future.exception()
    if failure is not None:
        return Failed(number, in_words(failure), attempts)
    value = future.result()
    if isinstance(value, _Raised):
        return Failed(number, value.reason, attempts)
    return Done(number, value, attempts)
