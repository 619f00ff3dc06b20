"""A client that somebody else's program writes from our OpenAPI, used the whole way of a plan."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.api.asking import CSV, changed, serving

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".venv-client" / "bin"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONFIG = f"content_type_overrides:\n  {XLSX}: application/octet-stream\n"
WAY = """
import json, sys, time
from contact_centre_planner_client import Client
from contact_centre_planner_client.api.formulas import compute_erlang
from contact_centre_planner_client.api.plans import (
    cancel_plan, create_plan, list_plans, read_certificate, read_plan, read_workbook,
)
from contact_centre_planner_client.api.server import health
from contact_centre_planner_client.models import (
    ErlangQuestion, ErlangQuestionModel, PlanAsked, PlanUploaded, ProblemDetails,
)

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
given = json.load(open("request.json"))
asked = PlanAsked.from_dict(given)
assert asked.to_dict() == given, asked.to_dict()

accepted = create_plan.sync(client=client, body=asked, idempotency_key="monday")
again = create_plan.sync(client=client, body=asked, idempotency_key="monday")
assert again.id == accepted.id
while (found := read_plan.sync(accepted.id, client=client)).state in ("queued", "running"):
    time.sleep(0.1)
assert found.state == "finished", found
assert all(row.met for row in found.plan.service)
assert read_workbook.sync(accepted.id, client=client).payload.read(2) == b"PK"
assert read_certificate.sync(accepted.id, client=client).promises

files = PlanUploaded(scenario=json.dumps(given["scenario"]), forecast=open("forecast.csv").read())
other = create_plan.sync(client=client, body=files)
answer = cancel_plan.sync_detailed(other.id, client=client)
assert answer.status_code in (204, 409), answer
listed = list_plans.sync(client=client, limit=10)
assert [plan.id for plan in listed.plans] == [other.id, accepted.id]

asked.scenario.queues["sales"].patience_seconds = -1.0
refused = create_plan.sync(client=client, body=asked)
assert isinstance(refused, ProblemDetails), refused
assert refused.errors[0].pointer == "/scenario/queues/sales/patience_seconds"
question = ErlangQuestion(
    model=ErlangQuestionModel.A, contacts=120, per="30min", handle_time_seconds=240, patience_seconds=120,
    agents=18,
)
assert 0 < compute_erlang.sync(client=client, body=question).answer_rate < 1
print(found.id, found.plan.cost, health.sync(client=client).status)
"""


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    """Where the client's package will lie; the generator's environment is built where it is missing."""
    subprocess.run(["bash", str(ROOT / ".ci" / "client.sh")], check=True)
    (tmp_path / "generator.yaml").write_text(CONFIG)
    return tmp_path / "generated"


def test_a_client_generated_from_the_openapi_goes_the_whole_way_of_a_plan(
    tmp_path: Path, generated: Path
) -> None:
    (tmp_path / "request.json").write_text(json.dumps(changed() | {"certify": True}))
    (tmp_path / "forecast.csv").write_text(CSV)
    (tmp_path / "way.py").write_text(WAY)
    with serving(tmp_path) as server:
        generate(server.url, tmp_path, generated)
        done = subprocess.run(
            [PROGRAMS / "python", "way.py", server.url],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(generated)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-5_000:]
        plan, cost, health = done.stdout.split()
        assert health == "ok"
        assert server.get(f"/plans/{plan}")["plan"]["cost"] == float(cost)


def generate(url: str, folder: Path, into: Path) -> None:
    options = ("--output-path", str(into), "--config", "generator.yaml", "--fail-on-warning")
    done = subprocess.run(
        [
            PROGRAMS / "openapi-python-client",
            "generate",
            "--url",
            f"{url}/openapi.json",
            *options,
        ],
        cwd=folder,
        env=os.environ | {"PATH": f"{PROGRAMS}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-5_000:]
