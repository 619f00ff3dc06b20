"""The endpoint of the queueing formulas: what `planner erlang` answers."""

from __future__ import annotations

import re
from typing import Literal

from fastapi import APIRouter
from pydantic import ConfigDict, Field
from starlette.responses import Response

from api.access import Caller
from api.problems import Fault, Refused
from planner.errors import InvalidInput, Mistake
from planner.scenario.document import Document

router = APIRouter(tags=["formulas"])


class ErlangQuestion(Document):
    """Contacts of one period, and either agents to evaluate or targets to size for."""

    model_config = ConfigDict(strict=True)

    model: Literal["a", "b", "c"] = Field(
        description="a: customers lose patience; b: nobody can wait; c: all wait"
    )
    contacts: float = Field(ge=0, description="that arrive in the period")
    per: str = Field(description="the period: 15min, 30min, 1h, 1800s")
    handle_time_seconds: float = Field(gt=0)
    patience_seconds: float | None = Field(default=None, gt=0, le=1e9, description="mean; of model a alone")
    agents: float | None = Field(default=None, ge=0, description="to evaluate; fractions allowed")
    within_seconds: float = Field(default=20.0, ge=0, description="of the service level")
    answer_rate: float | None = Field(default=None, description="size for at least this share answered")
    average_wait_seconds: float | None = Field(
        default=None, description="size for at most this wait over all offered"
    )
    service_level: float | None = Field(
        default=None, description="size for at least this share of offered in time"
    )
    occupancy: float | None = Field(default=None, description="size for at most this occupancy")


class ErlangLevel(Document):
    """Shares answered in time, by what they are counted over."""

    within_seconds: float
    offered: float | None
    answered: float | None
    virtual: float | None


class ErlangAnswer(Document):
    """The measures at the agents asked about, or at the fewest that keep the targets; null: not defined."""

    model: Literal["a", "b", "c"]
    agents: float
    load: float = Field(description="erlang")
    answer_rate: float
    blocking: float | None = Field(default=None, description="of model b alone")
    average_wait_seconds: float | None
    average_wait_answered_seconds: float | None
    service_level: ErlangLevel
    occupancy: float | None
    waiting_probability: float | None


_FIELDS = {
    "--handle-time": "handle_time_seconds",
    "--patience": "patience_seconds",
    "--within": "within_seconds",
    "--average-wait": "average_wait_seconds",
}


@router.post("/erlang", response_model=ErlangAnswer)
def compute_erlang(question: ErlangQuestion, _caller: Caller) -> Response:
    """Evaluate a number of agents, or find how many keep the targets, by Erlang A, B or C."""
    from planner.cli.erlang_answer import answer
    from planner.cli.erlang_question import Offered, asked

    offered = Offered(
        question.model,
        question.contacts,
        question.per,
        question.handle_time_seconds,
        question.patience_seconds,
    )
    targets = {
        "answer_rate": question.answer_rate,
        "average_wait": question.average_wait_seconds,
        "service_level": question.service_level,
        "occupancy": question.occupancy,
    }
    wanted = {name: value for name, value in targets.items() if value is not None}
    try:
        found = answer(asked(offered, question.agents, question.within_seconds, wanted))
    except InvalidInput as failure:
        raise Refused(422, "The question is wrong.", [_fault(each) for each in failure.mistakes]) from failure
    return Response(ErlangAnswer.model_validate(found).model_dump_json(), media_type="application/json")


def _fault(mistake: Mistake) -> Fault:
    """A mistake of an option of the command as one of a field."""
    detail = re.sub(r"--[a-z][a-z-]*", lambda option: _field(option[0]), mistake.problem)
    return Fault(pointer=f"/{_field(mistake.file)}", detail=detail)


def _field(option: str) -> str:
    return _FIELDS.get(option, option.removeprefix("--").replace("-", "_"))
