"""The endpoints of plans: accepted, listed, found, read, cancelled."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Header, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.access import Caller
from api.answers import answer, state_of
from api.documents import PlanAnswer, PlanPage, PlanState
from api.etags import tagged
from api.kept import finished, found_plan, kept_document
from api.problems import Refused
from api.service import Here, Service
from api.sizes import check_size, seconds_allowed
from api.store.record import Record, State
from api.store.submissions import (
    KeyUsed,
    Submission,
    TooManyWaiting,
    ahead,
    body,
    cancel,
    each_ahead,
    page,
    submit,
)
from api.submitting import Inline, Uploaded, problem_asked, received
from planner.certificate import Certificate
from planner.inputs import inputs_of
from planner.report.labels import Language, labels_in, language_for

router = APIRouter(tags=["plans"])

PlanId = Annotated[str, Path(description="as it was given when the plan was accepted")]
Known = Annotated[str | None, Header(alias="If-None-Match", description="the ETag of what the caller has")]
Lang: TypeAlias = Annotated[
    Language | None, Query(description="the language; left out, the one that Accept-Language likes best")
]
Accepted: TypeAlias = Annotated[str | None, Header(alias="Accept-Language")]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="chosen by the caller: the same key with the same request gives the same plan again",
    ),
]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post("/plans", status_code=202, response_model=PlanState)
async def create_plan(
    request: Request, here: Here, caller: Caller, idempotency_key: IdempotencyKey = None
) -> Response:
    """Ask for the cheapest plan that keeps every promise.

    The answer is 202 once the plan is on the disk: it will be made, whatever happens to this server.
    """
    given = await received(request, here.settings.limits)
    found = await run_in_threadpool(_accepted, here, caller, given, idempotency_key)
    here.supervisor.wake()
    request.state.plan = found.id
    said = await run_in_threadpool(_state, here, found)
    headers = {"Location": f"/plans/{found.id}"}
    return Response(said.model_dump_json(), 202, headers, "application/json")


@router.get("/plans", response_model=PlanPage)
def list_plans(
    here: Here,
    caller: Caller,
    limit: Annotated[int, Query(ge=1, le=100, description="plans on the page")] = 20,
    before: Annotated[int | None, Query(ge=1, le=2**62, description="as `next` has it")] = None,
    state: Annotated[State | None, Query(description="only those in this state")] = None,
    known: Known = None,
) -> Response:
    """Your plans, newest first, a page at a time."""
    found = page(here.database, caller, limit + 1, before, state)
    shown, more = found[:limit], len(found) > limit
    rest = f"&state={state}" if state is not None else ""
    older = f"/plans?limit={limit}&before={shown[-1].number}{rest}" if more else None
    places = each_ahead(here.database, shown)
    listed = PlanPage(plans=tuple(state_of(each, places.get(each.number)) for each in shown), next=older)
    headers = {"Link": f'<{older}>; rel="next"'} if older else {}
    return tagged(listed.model_dump_json().encode(), known, headers)


@router.get("/plans/{plan}", response_model=PlanAnswer)
def read_plan(plan: PlanId, here: Here, caller: Caller, known: Known = None) -> Response:
    """The state of a plan, how far it is, and at the end the plan or why there is none."""
    found = found_plan(here, caller, plan)
    made, failure = (
        (None, None) if found.open else [body(here.database, found, kind) for kind in ("plan", "failure")]
    )
    return tagged(answer(_state(here, found), made, failure), known)


@router.get("/plans/{plan}/workbook", response_class=Response)
def read_workbook(
    plan: PlanId,
    here: Here,
    caller: Caller,
    lang: Lang = None,
    accepted: Accepted = None,
    known: Known = None,
) -> Response:
    """The plan as an Excel workbook."""
    from planner.report.workbook import workbook

    found = found_plan(here, caller, plan)
    language = lang or language_for(accepted)
    content = workbook(*finished(here, found, "plan"), labels_in(language))
    headers = {
        "Content-Disposition": 'attachment; filename="plan.xlsx"',
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return tagged(content, known, headers, WORKBOOK)


@router.get("/plans/{plan}/certificate", response_model=Certificate)
def read_certificate(plan: PlanId, here: Here, caller: Caller, known: Known = None) -> Response:
    """What a replay, contact by contact, says of every promise; of plans that asked for `certify`."""
    found = found_plan(here, caller, plan)
    if not found.certify:
        raise Refused(404, "The plan was made without a certificate; ask for one with `certify: true`.")
    return tagged(kept_document(here, found, "certificate", "certificate").content, known)


@router.delete("/plans/{plan}", status_code=204)
def cancel_plan(plan: PlanId, here: Here, caller: Caller) -> Response:
    """Cancel a plan that is queued or running; a solve ends at once. A cancelled plan stays cancelled."""
    found = found_plan(here, caller, plan)
    if not cancel(here.database, found) and found_plan(here, caller, plan).state != "cancelled":
        raise Refused(409, "The plan has ended; there is nothing to cancel.")
    here.supervisor.wake()
    return Response(status_code=204)


def _accepted(here: Service, caller: str, given: Inline | Uploaded, key: str | None) -> Record:
    problem, certify = problem_asked(given)
    limits = here.settings.limits
    check_size(problem, limits)
    asked = f"{problem.scenario_sha256} {problem.forecast_sha256} {certify}"
    submission = Submission(
        owner=caller,
        name=problem.scenario.name,
        inputs=inputs_of(problem).model_dump_json().encode(),
        certify=certify,
        seconds_allowed=seconds_allowed(problem, certify),
        digest=sha256(asked.encode()).hexdigest(),
        idempotency_key=key,
    )
    try:
        return submit(here.database, submission, limits.waiting_plans)
    except KeyUsed as failure:
        raise Refused(
            422, "This Idempotency-Key was used for another request; choose a new one."
        ) from failure
    except TooManyWaiting as failure:
        detail = f"{limits.waiting_plans:,} of your plans are queued or running; wait until one has ended"
        raise Refused(429, detail, headers={"Retry-After": "10"}) from failure


def _state(here: Service, found: Record) -> PlanState:
    return state_of(found, ahead(here.database, found) if found.state == "queued" else None)
