"""The problem to plan: a scenario, its calendar and its forecast, read and found whole."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from planner.arrays import Flags, require
from planner.calendar import Calendar
from planner.errors import InvalidInput, Mistake
from planner.forecast.forecast import Forecast
from planner.forecast.laying import Wanted, forecast_of
from planner.forecast.reading import bytes_of, table_in
from planner.forecast.table import Given, Table, table_of
from planner.scenario.automation import Intent
from planner.scenario.checks import Draft, calendar_of, draft_of, notes
from planner.scenario.customers import Uncertainty
from planner.scenario.reading import Read, scenario_from, scenario_in
from planner.scenario.scenario import ForecastFile, Queue, Scenario


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the planner computes from.

    scenario_sha256, forecast_sha256 : hashes of the bytes that were read
    """

    scenario: Scenario
    calendar: Calendar
    forecast: Forecast
    scenario_sha256: str
    forecast_sha256: str

    def __post_init__(self) -> None:
        require(
            self.forecast.queues == tuple(self.scenario.queues), "the forecast names the scenario's queues"
        )
        require(self.forecast.contacts.shape[0] == self.calendar.intervals, "the forecast fills the calendar")

    @property
    def notes(self) -> tuple[str, ...]:
        """What a planner should know though nothing is wrong, a line each."""
        return (*notes(self.scenario), *self.forecast.notes)


def read_problem(
    scenario_path: str | Path,
    forecast_path: str | Path | None = None,
    confidence: float | None = None,
    economic: bool = False,
) -> Problem:
    """The problem that a scenario's file and its forecast's hold.

    A forecast named in the scenario lies beside it; one given here is a path of its own. `-` reads the
    scenario from standard input, and its forecast lies in the working folder. A confidence given here is put
    in place of the scenario's, and `economic` in place of the service that all queues promise.

    Raises
    ------
    InvalidInput
        With every mistake of both.
    """
    path = Path(scenario_path)
    from_input = str(scenario_path) == "-"
    file = "standard input" if from_input else path.name
    content = sys.stdin.buffer.read() if from_input else bytes_of(path, file)
    read = scenario_in(content, file, confidence, economic)
    table, digest, mistakes = _read_table(read, file, forecast_path, Path() if from_input else path.parent)
    return _problem(read, file, table, (sha256(content).hexdigest(), digest), mistakes)


def problem_from(document: Mapping[str, Any], forecast: Given) -> Problem:
    """The problem that a scenario's document and a table in memory hold; the scenario's file is not read.

    Raises
    ------
    InvalidInput
        With every mistake of both.
    """
    read = scenario_from(document)
    mistakes: list[Mistake] = []
    table = None
    try:
        table = table_of(forecast)
    except ValueError as failure:
        mistakes = [Mistake("forecast", "", str(failure))]
    whole = None if read.mistakes else read.scenario
    digests = (_digest_of(whole), "" if table is None else _digest_of_table(table))
    return _problem(read, "scenario", table, digests, mistakes)


def problem_in_files(scenario: bytes, forecast: bytes) -> Problem:
    """The problem that the bytes of a scenario's file and of a forecast's hold; where they lay is not known.

    Mistakes are of the files `scenario` and `forecast`.

    Raises
    ------
    InvalidInput
        With every mistake of both.
    """
    read = scenario_in(scenario, "scenario")
    rules = read.draft.forecast
    mistakes: list[Mistake] = []
    table = None
    try:
        table = table_in(forecast, "forecast", rules.sheet if rules else None)
    except InvalidInput as failure:
        mistakes = list(failure.mistakes)
    digests = (sha256(scenario).hexdigest(), sha256(forecast).hexdigest())
    return _problem(read, "scenario", table, digests, mistakes)


def resolved(scenario: Scenario, table: Table, digests: tuple[str, str]) -> Problem:
    """The problem of a scenario and a table whose columns have our names and which fills the calendar.

    Raises
    ------
    InvalidInput
        With every mistake of the table.
    """
    calendar = calendar_of(scenario.calendar)
    forecast, mistakes = forecast_of(table, Wanted(ForecastFile(), calendar, scenario.queues))
    if forecast is None:
        raise InvalidInput(mistakes)
    return Problem(scenario, calendar, forecast, *digests)


def owed(problem: Problem) -> list[tuple[str, str]]:
    """Place and problem of every rule between scenario and forecast that a problem put together breaks."""
    draft = draft_of(problem.scenario)
    return [*_together(draft, problem.forecast), *_endless(draft, problem.forecast, problem.calendar)]


def _digest_of(scenario: Scenario | None) -> str:
    """Hash of a scenario that was read from no file."""
    return "" if scenario is None else sha256(scenario.model_dump_json(by_alias=True).encode()).hexdigest()


def _digest_of_table(table: Table) -> str:
    known = sha256(repr(table.names).encode())
    for column in table.columns:
        known.update(column.codes.tobytes())
        known.update(repr(column.values).encode())
    return known.hexdigest()


def _read_table(
    read: Read, file: str, override: str | Path | None, folder: Path
) -> tuple[Table | None, str, list[Mistake]]:
    """The forecast's table and its hash, or what is wrong with its file."""
    rules = read.draft.forecast
    if override is None and rules is None:
        return None, "", []
    if override is None and (rules is None or rules.file is None):
        problem = "is missing; name a CSV, Excel or Parquet file, or give one with --forecast"
        return None, "", [Mistake(file, "forecast.file", problem)]
    path = Path(override) if override is not None else folder / str(rules.file if rules else "")
    try:
        content = bytes_of(path, path.name or str(path))
        table = table_in(content, path.name, rules.sheet if rules else None)
    except InvalidInput as failure:
        return None, "", list(failure.mistakes)
    return table, sha256(content).hexdigest(), []


def _problem(
    read: Read, file: str, table: Table | None, digests: tuple[str, str], mistakes: list[Mistake]
) -> Problem:
    draft, calendar = read.draft, _calendar(read.draft)
    forecast = None
    found = [*read.mistakes, *mistakes]
    if table is not None and draft.forecast is not None and draft.queues:
        forecast, wrong = forecast_of(table, Wanted(draft.forecast, calendar, draft.queues))
        found += wrong
    if forecast is not None:
        owed = [*_together(draft, forecast), *_endless(draft, forecast, calendar)]
        found += [Mistake(file, place, problem) for place, problem in owed]
    if found:
        raise InvalidInput(found)
    assert read.scenario is not None
    assert calendar is not None
    assert forecast is not None
    return Problem(read.scenario, calendar, forecast, *digests)


def _calendar(draft: Draft) -> Calendar | None:
    """The calendar, where the scenario's is right; what is wrong with it is told elsewhere."""
    if draft.calendar is None:
        return None
    try:
        return calendar_of(draft.calendar)
    except ValueError:
        return None


def _together(draft: Draft, forecast: Forecast) -> list[tuple[str, str]]:
    """What scenario and forecast owe each other."""
    found: list[tuple[str, str]] = []
    if draft.vendors and forecast.agents is not None:
        found.append(("vendors", "need contacts to bill, and the forecast gives agents; leave vendors out"))
    if forecast.agents is not None:
        found += [
            (
                f"investments.{name}.queues",
                "need contacts to change, and the forecast gives agents; leave them out",
            )
            for name, of in draft.investments.items()
            if of is not None and of.queues
        ]
    for column, (name, queue) in enumerate(draft.queues.items()):
        if queue is None or queue.automation is None:
            continue
        place = f"queues.{name}.automation"
        if forecast.agents is not None:
            found.append((place, "needs contacts, and the forecast gives agents; leave automation out"))
            continue
        times = forecast.handle_time[:, column][forecast.contacts[:, column] > 0]
        if times.size:
            intents = queue.automation.intents
            found += [(f"{place}.intents", wrong) for wrong in _saved_too_much(intents, float(np.min(times)))]
    return found


def _endless(draft: Draft, forecast: Forecast, calendar: Calendar | None) -> list[tuple[str, str]]:
    """Queues that nobody leaves and whose busy days would have no end, so that no mean wait is finite."""
    unsure = draft.uncertainty or Uncertainty()
    found = []
    for column, (name, queue) in enumerate(draft.queues.items()):
        if queue is None or queue.patience_seconds is not None or forecast.agents is not None:
            continue
        varies = queue.customers.day_cv > 0 or unsure.day_cv > 0
        busy = forecast.contacts[:, column] > 0
        if varies and (unsure.confidence is None or _over_days(queue, busy, calendar)):
            found.append((f"queues.{name}.customers.day_cv", _NO_MEAN_WAIT))
    return found


_NO_MEAN_WAIT = (
    "needs customers who leave: on days that are busy enough a queue that nobody leaves grows for ever, and "
    "no average wait is finite; give the queue patience_seconds, or promise by day or interval and write "
    "uncertainty.confidence: 0.9"
)


def _over_days(queue: Queue, busy: Flags, calendar: Calendar | None) -> bool:
    """Whether a promise of the queue adds up days of different busyness."""
    service = queue.promises
    counted = {(wait.period, wait.over) for wait in service.average_wait_seconds}
    levels = {(level.period, level.over) for level in service.service_level}
    weekly = ("week", "offered") in {*counted, *levels}
    return weekly and calendar is not None and days_differ(calendar, busy)


def days_differ(calendar: Calendar, busy: Flags) -> bool:
    """Whether a week has several days with contacts; `busy` says which intervals have any."""
    used = np.unique(calendar.day[busy])
    weeks = calendar.week[np.searchsorted(calendar.day, used)]
    return np.unique(weeks).size < used.size


def _saved_too_much(intents: tuple[Intent, ...], shortest: float) -> list[str]:
    """Intents on which AI saves more than they take, at the forecast's shortest handle time."""
    mean = sum(intent.share * intent.complexity for intent in intents)
    found = []
    for intent in intents:
        takes = shortest * intent.complexity / mean if mean > 0 else shortest
        if intent.saved_handle_time_seconds > takes:
            limit = f"must be at most {takes:.4g}, its handle time in the forecast's quickest interval"
            found.append(
                f"{intent.name}: saved_handle_time_seconds {limit} (got {intent.saved_handle_time_seconds:g})"
            )
    return found
