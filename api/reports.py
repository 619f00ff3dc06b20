"""The report of a plan as a page, and plans side by side."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.access import Caller
from api.etags import tagged
from api.kept import finished, found_plan
from api.plans import Accepted, Known, Lang, PlanId
from api.pointers import pointer
from api.problems import Fault, Refused
from api.service import Here, Service
from planner.errors import InvalidInput
from planner.inputs import problem_of
from planner.report.labels import Language, language_for
from planner.seasons import Differences, Given, compare

router = APIRouter(tags=["plans"])

Part: TypeAlias = Annotated[bool, Query(description="as a part of a page, without style and scripts")]
_MOST = 12
_WRONG = "These plans cannot be put side by side."


class ComparisonRequest(BaseModel):
    """Plans that are to be put side by side."""

    model_config = ConfigDict(extra="forbid")

    plans: Annotated[
        list[str],
        Field(min_length=2, max_length=_MOST, description="ids of finished plans, in the order to show them"),
    ]


@router.get("/plans/{plan}/report", response_class=Response)
def read_report(
    plan: PlanId,
    here: Here,
    caller: Caller,
    lang: Lang = None,
    part: Part = False,
    accepted: Accepted = None,
    known: Known = None,
) -> Response:
    """The plan as one HTML page with its charts and tables, which needs nothing else."""
    from planner.report.html import report_html, report_part, report_policy

    made, certificate = finished(here, found_plan(here, caller, plan), "report")
    language = lang or language_for(accepted)
    content = (report_part if part else report_html)(made, certificate, language)
    return tagged(content, known, _page(language, report_policy()), "text/html")


@router.post("/comparisons", response_model=Differences)
def compare_plans(
    asked: ComparisonRequest,
    here: Here,
    caller: Caller,
    lang: Lang = None,
    part: Part = False,
    accepted: Accepted = None,
) -> Response:
    """Put finished plans side by side: cost, service, people, and who comes and goes between them.

    Nothing is planned anew, so the difference of two is not explained; `planner compare` does that.
    """
    found = _compared([_given(here, caller, place, plan) for place, plan in enumerate(asked.plans)])
    if not part:
        return Response(found.to_json(), 200, None, "application/json")
    from planner.report.html import differences_part, report_policy

    language = lang or language_for(accepted)
    content = differences_part(found, language)
    return Response(content, 200, _page(language, report_policy()), "text/html")


def _compared(given: list[Given | Fault]) -> Differences:
    faults = [each for each in given if isinstance(each, Fault)]
    if faults:
        raise Refused(422, _WRONG, faults)
    these = [each for each in given if isinstance(each, Given)]
    try:
        return compare(these)
    except InvalidInput as failure:
        places = {each.source: place for place, each in enumerate(these)}
        raise Refused(
            422,
            _WRONG,
            [
                Fault(
                    pointer=pointer(["plans", places[mistake.file]]),
                    detail=f"{mistake.place} {mistake.problem}",
                )
                for mistake in failure.mistakes
            ],
        ) from failure


def _given(here: Service, caller: str, place: int, plan: str) -> Given | Fault:
    """A plan that can be compared, or why it cannot."""
    try:
        made, _ = finished(here, found_plan(here, caller, plan), "plan")
    except Refused as refusal:
        return Fault(pointer=pointer(["plans", place]), detail=refusal.detail)
    return Given(f"/plans/{plan}", problem_of(made), made)


def _page(language: Language, policy: str) -> dict[str, str]:
    return {
        "Content-Language": language,
        "Content-Security-Policy": policy,
        "Vary": "Accept-Language",
        "X-Content-Type-Options": "nosniff",
    }
