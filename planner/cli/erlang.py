"""`planner erlang`: the queueing formulas by hand, to check what a plan says or to size one interval."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained
from planner.cli.options import AsJson

if TYPE_CHECKING:
    from planner.cli.erlang_question import Question


class Model(StrEnum):
    """Models of a queue: a leaves when patience ends, b never waits, c waits for ever."""

    a = "a"
    b = "b"
    c = "c"


def erlang(
    model: Annotated[
        Model, typer.Option("--model", help="a: customers lose patience; b: nobody can wait; c: all wait.")
    ],
    contacts: Annotated[
        float, typer.Option("--contacts", metavar="N", help="Contacts that arrive in the period.")
    ],
    per: Annotated[str, typer.Option("--per", metavar="PERIOD", help="The period: 15min, 30min, 1h, 1800s.")],
    handle_time: Annotated[
        float, typer.Option("--handle-time", metavar="S", help="Mean handle time, seconds.")
    ],
    patience: Annotated[
        float | None, typer.Option("--patience", metavar="S", help="Model a: mean patience, seconds.")
    ] = None,
    agents: Annotated[
        float | None,
        typer.Option("--agents", metavar="N", help="Evaluate so many agents; fractions allowed."),
    ] = None,
    within: Annotated[
        float, typer.Option("--within", metavar="S", help="Seconds of the service level.")
    ] = 20.0,
    answer_rate: Annotated[
        float | None,
        typer.Option("--answer-rate", metavar="R", help="Size for at least this share answered."),
    ] = None,
    average_wait: Annotated[
        float | None,
        typer.Option(
            "--average-wait", metavar="S", help="Size for at most this wait over all offered, seconds."
        ),
    ] = None,
    service_level: Annotated[
        float | None,
        typer.Option("--service-level", metavar="R", help="Size for at least this share of offered in time."),
    ] = None,
    occupancy: Annotated[
        float | None, typer.Option("--occupancy", metavar="R", help="Size for at most this occupancy.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Evaluate a number of agents (--agents), or find how many keep the targets, by Erlang A, B or C."""
    targets = {
        "answer_rate": answer_rate,
        "average_wait": average_wait,
        "service_level": service_level,
        "occupancy": occupancy,
    }
    with explained(as_json):
        from planner.cli.erlang_answer import answer
        from planner.cli.erlang_question import Offered, asked

        offered = Offered(model.value, contacts, per, handle_time, patience)
        question = asked(
            offered, agents, within, {name: value for name, value in targets.items() if value is not None}
        )
        _print(question, answer(question), as_json)


def _print(question: Question, figures: dict[str, object], as_json: bool) -> None:
    import json

    from planner.cli.erlang_answer import lines

    if as_json:
        print(json.dumps(figures, indent=1, allow_nan=False))
        return
    for name, value in lines(question, figures):
        print(f"{name:<34}{value:>12}")
