"""A caller's plans as they are kept: found by their id, with what came of them, or refused."""

from __future__ import annotations

from api.problems import Refused
from api.service import Service
from api.store.record import Kind, Record
from api.store.submissions import Body, body, find
from planner.certificate import Certificate
from planner.plan import Plan


def found_plan(here: Service, caller: str, plan: str) -> Record:
    """A plan of this caller.

    Raises
    ------
    Refused
        404 if there is none; so is another caller's.
    """
    found = find(here.database, caller, plan)
    if found is None:
        raise Refused(404, "There is no such plan.")
    return found


def kept_document(here: Service, found: Record, kind: Kind, name: str) -> Body:
    """A document of a plan.

    Raises
    ------
    Refused
        409 while the plan is being made, 404 if it has ended without.
    """
    if found.open:
        raise Refused(409, f"The plan is {found.state}; its {name} is there once it is finished.")
    made = body(here.database, found, kind)
    if made is None:
        raise Refused(404, f"The plan is {found.state}, so there is no {name}.")
    return made


def finished(here: Service, found: Record, name: str) -> tuple[Plan, Certificate | None]:
    """A finished plan with its certificate, if it has one; `name` is what cannot be shown without.

    Raises
    ------
    Refused
        As `kept_document` does.
    """
    made = kept_document(here, found, "plan", name)
    certificate = body(here.database, found, "certificate")
    read = None if certificate is None else Certificate.model_validate_json(certificate.content)
    return Plan.model_validate_json(made.content), read
