"""Writes docs/benchmarks.md from the benchmarks' JSON files.

python -m tests.bench.page PAGE FILE...    of a benchmark in several files the latest counts
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TITLE = """# Benchmarks

Written by `make bench`; do not edit. How to run it, whole or in parts: [contributing](contributing.md).

Every figure that counts is a ratio: both sides ran on the same machine in the same session, taking turns
where that is cheap, and medians are taken where there are several runs. Above 1 the other side took more.
Seconds stand beside the ratios as context only; on another machine they are others. Nothing here is a test
that passes or fails on speed.
"""

PARTS = {
    "whole": (
        "The whole program, handed to a solver at once",
        """\
The same program as ours with all its loss rows, 40 slopes per interval and queue lifted over the AI
levels, so that its relaxation misses the exact tables by less than 1e-4 of the contacts. SCIP (one
thread), HiGHS and CBC (as many threads as there are cores) solve it without further help. Their time is
the solver's alone: reading the scenario, the tables and writing the program are not counted. Ours is
`planner plan` from the start of the command, up to two processes at a time. A gap is (cost - bound) /
cost. PuLP tells no bounds on the way, so CBC is run once for each gap and its wall time is taken. Their
plans are counted by the program's rows, ours by the exact tables. ≥ and ≤: one side was stopped at its
limit; what a solver hands over only as it is stopped counts for its gap at the end alone.""",
    ),
    "pipeline": (
        "The usual pipeline: Erlang C per interval, then set covering",
        """\
pyworkforce, read as favourably as it allows: it gets the AI shares of our plan, knows shrinkage and
productivity without rounding, and covers the sum of the queues by all pools that may serve them and the
rest by those that may serve it, so nobody is counted twice. A month's pay is spread over the shifts of a
contract. Both rosters are priced, and their service counted, by `evaluate_roster`. 80/20 is its service
level in every interval; ours keeps the scenario's promises over the week. Tuned: the lowest service
level, found by bisection, with which it answers as large a share of all contacts as ours; its time is
that of all attempts. Its time leaves out the start of Python, ours does not. Covering is stopped after
20 s; its gap says how far it got on its own objective.""",
    ),
    "sizing": (
        "Agents needed in 1,000 intervals",
        """\
80 % within 20 s, from 0.5 to 120 erlang; in Erlang C also at most 85 % occupancy. pyworkforce takes one
interval per call; ours takes all of them in one, which is what the ratio says, and the column beside it says
what a call per interval costs. The first call of a process reads the compiler's cache, which the ratio
leaves out; the very first after an installation compiles. Answers are compared agent by agent.""",
    ),
    "replay": (
        "A replay, contact by contact",
        """\
A queue with reneging that is offered 1.1 erlangs for every agent, replayed by Ciw and by us: the same model,
one thread each, turn about, medians of 15 rounds of a day of Ciw's and a hundred of ours. Ciw's time is that
of its run alone; ours holds drawing the contacts, replaying and counting them. Above 1 ours is the faster.
Shares answered stand with their 95 % intervals, and agree. The peak week is our plan to 1 %, with absence and
time off the phone by chance; median of 3.""",
    ),
    "certified": (
        "Plans that a replay keeps",
        """\
`planner plan --certify`: the plan, replayed contact by contact and repaired until every promise holds on
days that no round has seen. The first plan is the one without repair, under the same uncertainty, and the
first bound is its bound. Short: in how many intervals and weeks its replay did not show a promise kept for
sure. With credit, promises may be asked for less where people who help out serve better than promised.
Single runs.""",
    ),
    "growth": (
        "How our time grows",
        """\
The e-commerce week (7 days, 30 minutes, 3 queues, 3 pools, 14 and 16 AI levels on two queues) is the
base; each block of rows was measured together with a base of its own.""",
    ),
    "choices": (
        "What each idea of the search is worth",
        """\
The same search in one session, with an idea and without it, taking turns. Above 1 the idea pays. The ratio
is one of time until the relaxation is solved with its loss rows on demand: medians of three, single runs
where the question is month or ten-queues. Without (M15) every split of people over queues is a column (M1,
M2); both sides leave (M16) out. (M16) is there for its bound, which costs a little time. Dives: time / that
of the first, with which the search begins; their gap is that of the plan, counted exactly, to the
relaxation's bound; each is given up after 20 s. Days set free: the ratio is one of gaps after 20 s in all,
single runs; where HiGHS takes the place of SCIP, it does so on the whole program too. Splits: time of one,
with twenty people of every pool on other patterns than before.""",
    ),
    "memory": (
        "Peak memory",
        """\
Resident memory of all processes together, looked at ten times a second while the whole program above was
solved; pages that processes share are counted in each. A solver's figure includes the Python that wrote
the program for it.""",
    ),
    "sweep": (
        "Many plans",
        """\
A desk of one queue, four hours and three shifts, with another wage, promise and forecast in every task; a
plan of it takes some tenths of a second, most of which is starting solvers. Time per task is the whole
sweep's time, start of the workers and results on file included, x workers / tasks. Speed-up: time with one
process / time. On Dask a scheduler and two worker processes of one thread each are on this machine, over
loopback. The killed one is killed half-way and not replaced, so that there are 1.5 workers on average.
Results were equal everywhere, seconds apart. Single runs.""",
    ),
    "year": (
        "A year as one problem",
        """\
`scenarios/year`: four seasons of the shop to 1 %, twelve months to 1.5 %; three queues, three pools, AI on
two queues. Ours is `planner year` from the start of the command, with the year planned season by season
and with one team as well; the time until the gap is that of its own progress. Beside it the program of
all four seasons, written out with its loss rows (12 slopes per interval and queue) and the people that
join them, in the hands of SCIP (one thread) and HiGHS (all cores), without reading and writing it. Its
bound may lie a little below ours, since it has fewer rows. Single runs.""",
    ),
    "service": (
        "The service under load",
        """\
Fifty clients at once for 60 s, each on a connection of its own, while `planner serve --jobs 1` solves one
plan after the other beside them. A client waits a quarter of a second on average after an answer, or not at
all. Light: GET /plans/{plan}, GET /plans, GET /health and POST /erlang, five, two, one and two in ten. Time
runs from the request to the whole answer. The clients take their share of the same cores. Without a pause
one process is saturated: its median is then fifty over its requests a second, whatever they are. No answer
was an error.""",
    ),
    "start": (
        "Start",
        """\
Medians of 7 runs, taking turns; the files were in the system's cache.""",
    ),
}


@dataclass(frozen=True, slots=True)
class Session:
    """One JSON file of pytest-benchmark."""

    date: str
    machine: Mapping[str, Any]
    benchmarks: Sequence[Mapping[str, Any]]


def session(text: str) -> Session:
    """What a file holds."""
    read = json.loads(text)
    return Session(read["datetime"][:16].replace("T", " "), read["machine_info"], read["benchmarks"])


def page(sessions: Iterable[Session]) -> str:
    """The page, from the latest measurement of every benchmark."""
    ordered = sorted(sessions, key=lambda one: one.date)
    latest = {str(one["fullname"]): (one, made) for made in ordered for one in made.benchmarks}
    parts = [TITLE, *_parts(latest.values())]
    return "\n".join(parts)


def _parts(found: Iterable[tuple[Mapping[str, Any], Session]]) -> Iterator[str]:
    tables = [(table, made) for one, made in found for table in one.get("extra_info", {}).get("tables", ())]
    for part, (title, text) in PARTS.items():
        mine = [(table, made) for table, made in tables if table["part"] == part]
        yield f"## {title}\n\n{text}\n"
        if not mine:
            yield "Not measured yet.\n"
            continue
        yield _table([row for table, _ in mine for row in table["rows"]])
        notes = [note for table, _ in mine for note in table["notes"]]
        yield from (f"- {note}" for note in dict.fromkeys(notes))
        yield ("\n" if notes else "") + _measured({_circumstances(made): None for _, made in mine})


def _table(rows: Sequence[Mapping[str, str]]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, ["---"] * len(columns), *([row.get(column, "") for column in columns] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _measured(circumstances: Iterable[str]) -> str:
    return "".join(f"Measured {one}\n" for one in circumstances)


def _circumstances(made: Session) -> str:
    machine = made.machine
    cpu = machine.get("cpu", {}).get("brand_raw") or machine.get("machine", "an unknown processor")
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return (
        f"{made.date} UTC on {machine['cores']} cores ({cpu}), {machine['memory_bytes'] / 2**30:.0f} GiB, "
        f"{machine['system']}; load at the end {machine['load']:.1f}; {versions}.{_remarks(machine)}\n"
    )


def _remarks(machine: Mapping[str, Any]) -> str:
    """Limits that are not the usual ones, and what whoever measured had to say."""
    limits = [f"`{name}={seconds}`" for name, seconds in sorted(machine.get("limits", {}).items())]
    said = [*([f"With {', '.join(limits)}."] if limits else []), machine.get("note", "")]
    return "".join(f" {one}" for one in said if one)


def main(arguments: Sequence[str]) -> None:
    """Write the page that the command line names."""
    target, *files = map(Path, arguments)
    target.write_text(page(session(file.read_text(encoding="utf-8")) for file in files), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
