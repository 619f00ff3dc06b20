"""The planning questions of the benchmarks, each made from the e-commerce scenario as files of a person.

python -m tests.bench.instances NAME FOLDER    writes FOLDER/NAME.yaml and FOLDER/NAME.csv
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from planner.demand import levels
from planner.problem import Problem, read_problem
from planner.scenario.automation import Automation
from tests.scenarios.documents import SCENARIOS

SEED = 20261109
HOURS_A_MONTH = 174.0
VOLUME_OF_TEN = 2.0  # contacts of the ten queues, against the three they are made from
WEEKS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A scenario as a person writes it, and its forecast.

    document : what the YAML file holds
    rows : start (with offset), queue, contacts, handle_time_seconds
    """

    document: dict[str, Any]
    rows: pd.DataFrame


def peak() -> Question:
    """The week of Singles' Day as it is: 3 queues, 3 pools, half hours, people paid by the month and hour."""
    folder = SCENARIOS / "ecommerce"
    document = YAML(typ="safe", pure=True).load((folder / "peak.yaml").read_text(encoding="utf-8"))
    rows = pd.read_csv(folder / "peak.csv", parse_dates=["start"])
    return Question(document, rows)


def peak_hourly() -> Question:
    """The same week with everybody paid by the hour, a month's wage being 174 hours."""
    asked = peak()
    for pool in asked.document["pools"].values():
        _pay_by_hour(pool)
    return asked


def one_day() -> Question:
    """The week's first day alone."""
    asked = peak()
    asked.document["calendar"]["days"] = 1
    first = asked.rows.start.min()
    return Question(asked.document, asked.rows[asked.rows.start < first + timedelta(days=1)])


def month() -> Question:
    """Four such weeks; the later ones bring 80 to 100 % of the first, each day and queue a little its own."""
    asked, chance = peak(), _chance(0)
    asked.document["calendar"]["days"] = 7 * WEEKS
    sizes = [1.0, *chance.uniform(0.8, 1.0, WEEKS - 1)]
    weeks = [_week(asked.rows, number, size, chance) for number, size in enumerate(sizes)]
    return Question(asked.document, pd.concat(weeks, ignore_index=True))


def quarter_hours() -> Question:
    """The week in intervals of 15 minutes; every half hour keeps its contacts."""
    asked = peak()
    asked.document["calendar"]["interval_minutes"] = 15
    halves = [_halved(rows) for _, rows in asked.rows.groupby("queue", sort=False)]
    return Question(asked.document, pd.concat(halves, ignore_index=True))


def one_queue() -> Question:
    """Questions before buying alone."""
    asked, name = peak(), "presales"
    asked.document["queues"] = {name: asked.document["queues"][name]}
    for pool in asked.document["pools"].values():
        pool["queues"] = [name]
    return Question(asked.document, asked.rows[asked.rows.queue == name])


def ten_queues() -> Question:
    """Ten queues and five pools whose skills overlap without being equal; twice the contacts of the peak."""
    asked, chance = peak(), _chance(1)
    kinds = {"presales": 4, "aftersales": 4, "vip": 2}
    queues: dict[str, Any] = {}
    rows = []
    for kind, count in kinds.items():
        sizes = chance.uniform(0.5, 1.5, count)
        for number, size in enumerate(VOLUME_OF_TEN * sizes / sizes.sum(), 1):
            name = f"{kind} {number}"
            queues[name] = _sibling(asked.document["queues"][kind], chance, automated=number < count)
            mine = asked.rows[asked.rows.queue == kind]
            longer, noise = chance.uniform(0.85, 1.15), chance.uniform(0.95, 1.05, len(mine))
            rows.append(
                mine.assign(
                    queue=name,
                    contacts=(mine.contacts * size * noise).round(1),
                    handle_time_seconds=(mine.handle_time_seconds * longer).round(),
                )
            )
    document = {**asked.document, "name": "Ten queues", "queues": queues}
    document["pools"] = _five_pools(asked.document["pools"], list(queues))
    return Question(document, pd.concat(rows, ignore_index=True))


def ai_levels(count: int) -> Question:
    """The week with about so many AI levels on each automated queue; with one, AI takes nothing."""
    asked = peak()
    for queue in asked.document["queues"].values():
        if "automation" in queue and count == 1:
            del queue["automation"]
        elif "automation" in queue:
            queue["automation"]["level_step"] = _step(queue["automation"], count)
    return asked


QUESTIONS: Mapping[str, Callable[[], Question]] = {
    "peak": peak,
    "peak-hourly": peak_hourly,
    "one-day": one_day,
    "month": month,
    "quarter-hours": quarter_hours,
    "one-queue": one_queue,
    "ten-queues": ten_queues,
    "levels-1": lambda: ai_levels(1),
    "levels-6": lambda: ai_levels(6),
    "levels-21": lambda: ai_levels(21),
}


def write(name: str, folder: Path) -> Path:
    """Write a question as NAME.yaml and NAME.csv into the folder; returns the scenario's path."""
    asked = QUESTIONS[name]()
    folder.mkdir(parents=True, exist_ok=True)
    document = {**asked.document, "name": name, "forecast": {"file": f"{name}.csv"}}
    starts = [start.isoformat() for start in asked.rows.start]
    asked.rows.assign(start=starts).to_csv(folder / f"{name}.csv", index=False)
    scenario = folder / f"{name}.yaml"
    with scenario.open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(document, file)
    return scenario


def problem(name: str, folder: Path) -> Problem:
    """A question, written into the folder and read back as the command line reads it."""
    return read_problem(write(name, folder))


def _chance(number: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([SEED, number]))


def _pay_by_hour(pool: dict[str, Any]) -> None:
    if pool["pay"]["by"] == "month":
        wage = round(pool["pay"]["wage"] / HOURS_A_MONTH, 2)
        pool["pay"] = {**pool["pay"], "by": "hour", "wage": wage}
        pool.pop("minimum_headcount", None)  # nobody is on the books
        most = pool.pop("maximum_headcount", None)
        pool.setdefault("maximum_seats", most)


def _week(rows: pd.DataFrame, number: int, size: float, chance: np.random.Generator) -> pd.DataFrame:
    """One week made from the rows of another, so many weeks later and of another size."""
    day = rows.start.dt.day
    keys = day.astype(str) + rows.queue
    own = {key: chance.uniform(0.95, 1.05) if number else 1.0 for key in keys.unique()}
    contacts = rows.contacts * size * keys.map(own)
    return rows.assign(start=rows.start + timedelta(weeks=number), contacts=contacts.round(1))


def _halved(rows: pd.DataFrame) -> pd.DataFrame:
    """Half hours as quarter hours that rise and fall with their neighbours."""
    contacts = rows.contacts.to_numpy()
    before, after = np.r_[contacts[:1], contacts[:-1]], np.r_[contacts[1:], contacts[-1:]]
    tilt = np.clip((after - before) / 16, -contacts / 4, contacts / 4)
    first = rows.assign(contacts=contacts / 2 - tilt)
    second = rows.assign(start=rows.start + timedelta(minutes=15), contacts=contacts / 2 + tilt)
    return pd.concat([first, second]).sort_values("start").round({"contacts": 3})


def _sibling(queue: dict[str, Any], chance: np.random.Generator, automated: bool) -> dict[str, Any]:
    """A queue like this one with a patience of its own; automated keeps AI where the other has it."""
    made = copy.deepcopy(queue)
    made["patience_seconds"] = round(made["patience_seconds"] * float(chance.uniform(0.8, 1.25)))
    if not automated:
        made.pop("automation", None)
    return made


def _five_pools(given: Mapping[str, Any], queues: Sequence[str]) -> dict[str, Any]:
    """In-house people serve every queue; two remote pools and two outsourcers share the larger ones."""
    served = {
        "inhouse": list(queues),
        "remote north": ["presales 1", "presales 2", "presales 3", "aftersales 1"],
        "remote south": ["presales 3", "presales 4", "aftersales 1", "aftersales 2"],
        "outsourcer one": ["presales 1", "presales 2", "aftersales 2", "aftersales 3"],
        "outsourcer two": ["presales 2", "presales 4", "aftersales 3", "aftersales 4"],
    }
    like = {"inhouse": "inhouse", "remote": "remote", "outsourcer": "outsourced"}
    pools = {name: copy.deepcopy(given[like[name.split()[0]]]) for name in served}
    for name, pool in pools.items():
        pool["queues"] = served[name]
    pools["inhouse"].update(maximum_seats=250, maximum_headcount=400, minimum_headcount=60)
    pools["remote south"]["pay"]["wage"] *= 0.95
    pools["outsourcer two"]["pay"]["wage"] *= 1.04
    return pools


def _step(automation: Mapping[str, Any], count: int) -> float:
    """The widest step that gives at least so many levels."""
    for parts in range(1, 200):
        step = 1 / parts
        if levels(Automation.model_validate({**automation, "level_step": step})).size >= count:
            return step
    raise ValueError(f"no step gives {count} levels")


def main() -> None:
    """Write the question that the command line names."""
    if len(sys.argv) != 3 or sys.argv[1] not in QUESTIONS:
        sys.exit(f"python -m tests.bench.instances NAME FOLDER; NAME is one of {', '.join(QUESTIONS)}")
    sys.stdout.write(f"{write(sys.argv[1], Path(sys.argv[2]))}\n")


if __name__ == "__main__":
    main()
