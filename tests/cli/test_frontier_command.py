"""`planner frontier` as a person and as a program use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.sweep import AiCurve, Frontier, Tornado
from planner.sweep.curve_document import Bar, End, FrontierPoint, SharePoint

ROOT = Path(__file__).resolve().parents[2]
MINIMAL = str(ROOT / "scenarios" / "minimal.yaml")
AI = str(ROOT / "scenarios" / "levers" / "automation.yaml")
OF: dict[str, Any] = {"scenario": "Shop", "currency": "CNY", "unfinished": 0, "failed": 0}


def run(*words: str, columns: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(app, ["frontier", *words])


def target(at: float, cost: float | None, **more: Any) -> FrontierPoint:
    given = {
        "target": at, "status": "plan" if cost else "infeasible", "reason": "" if cost else "calls: too few",
        "cost": cost, "bound": cost and 0.99 * cost, "gap": cost and 0.01, "plan_of": cost and at,
        "dearer_for_sure": True, **more,
    }  # fmt: skip
    return FrontierPoint.model_validate(given)


FRONTIER = Frontier(
    promise="queues.*.service.answer_rate",
    points=(
        target(0.8, 100000.0, dearer_for_sure=None),
        target(0.9, 120000.0, plan_of=0.92),
        target(0.92, 120000.0, dearer_for_sure=False),
        target(0.99, None),
    ),
    **OF,
)
CURVE = AiCurve(
    queue="calls",
    points=tuple(
        SharePoint(share=s, status="plan", reason="", cost=c, bound=c, gap=0.0, maybe_best=s == 0.2)
        for s, c in ((0.0, 5000.0), (0.2, 4000.0), (0.4, 4500.0))
    ),
    chosen_share=0.2,
    chosen_cost=4000.0,
    chosen_bound=3990.0,
    **OF,
)


def end(to: float, cost: float | None) -> End:
    return End(
        to=to, status="plan" if cost else "invalid", reason="" if cost else "no", cost=cost, bound=cost
    )


TORNADO = Tornado(
    cost=100.0,
    bound=99.0,
    bars=(
        Bar(path="pools.*.pay.wage", low=end(0.9, 90.0), high=end(1.1, 110.0), swing=20.0, sure=True),
        Bar(
            path="queues.*.patience_seconds", low=end(0.9, 101.0), high=end(1.1, 99.5), swing=-1.5, sure=False
        ),
        Bar(path="pools.*.productivity", low=end(0.9, 101.0), high=end(1.1, None), swing=None, sure=False),
    ),
    **OF,
)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The curves without the plans."""
    monkeypatch.setattr("planner.cli.frontier_curves.frontier", lambda *given: FRONTIER)
    monkeypatch.setattr("planner.cli.frontier_curves.ai_curve", lambda *given: CURVE)
    monkeypatch.setattr("planner.cli.frontier_curves.tornado", lambda *given: TORNADO)
    return monkeypatch


def test_real_points_are_planned_and_kept(tmp_path: Path) -> None:
    words = [MINIMAL, "--from", "0.9", "--to", "0.95", "--points", "2", "--out", str(tmp_path / "out")]
    first = run(*words)
    assert first.exit_code == 0, first.output
    assert "0.9 6,480 6,480 0.00 %" in " ".join(first.stdout.split())
    assert "0.95 7,560 7,560 0.00 % 1,080" in " ".join(first.stdout.split())
    assert "2 of 2: " in first.stderr
    again = run(*words, "--json")
    assert again.stderr == ""
    assert [point.cost for point in Frontier.model_validate_json(again.stdout).points] == [6480.0, 7560.0]


@pytest.mark.parametrize(
    "words, said",
    [
        (
            [MINIMAL],
            (
                "0.9 120,000 118,800 1.00 % 20,000",
                "0.92 120,000 118,800 1.00 % ~0",
                "0.99 infeasible",
                "~: no dearer for sure than the point before",
                "0.9: the plan found for 0.92 is cheaper than its own.",
                "0.99: infeasible: calls: too few",
            ),
        ),
        (
            [AI, "--ai", "service"],
            (
                "Cost over the AI share of calls, CNY",
                "20.0 % 4,000 4,000 0.00 % maybe",
                "Free to choose, a plan takes 20.0 % and costs 4,000, at least 3,990.",
            ),
        ),
        (
            [MINIMAL, "--tornado"],
            (
                "pools.*.pay.wage 90.00 110.00 20.00",
                "queues.*.patience_seconds 101.00 99.50 ~-1.50",
                "101.00 invalid",
                "Low is 0.9 times the scenario's own number, high 1.1 times.",
                "With every field as it is: 100.00, at least 99.00.",
                "pools.*.productivity x 1.1: invalid: no",
            ),
        ),
    ],
)
@pytest.mark.parametrize("columns", [70, 80, 120])
def test_every_curve_has_its_table_and_its_words(
    words: list[str], said: tuple[str, ...], columns: int, known: pytest.MonkeyPatch
) -> None:
    result = run(*words, columns=columns)
    assert result.exit_code == 0, result.output
    assert all(len(line) <= columns for line in result.stdout.splitlines())
    text = " ".join(result.stdout.replace("█", "").split())
    for each in said:
        assert each in text


def test_json_is_the_document(known: pytest.MonkeyPatch) -> None:
    assert Frontier.model_validate_json(run(MINIMAL, "--json").stdout) == FRONTIER
    assert AiCurve.model_validate_json(run(AI, "--ai", "service", "--json").stdout) == CURVE
    assert Tornado.model_validate_json(run(MINIMAL, "--tornado", "--json").stdout) == TORNADO


def test_a_curve_that_is_not_whole_ends_with_130_or_1(known: pytest.MonkeyPatch) -> None:
    for figures, code in (({"unfinished": 3}, 130), ({"failed": 1}, 1)):
        short = FRONTIER.model_copy(update=figures)
        known.setattr("planner.cli.frontier_curves.frontier", lambda *given, short=short: short)
        assert run(MINIMAL).exit_code == code
    known.setattr(
        "planner.cli.frontier_curves.frontier", lambda *given: short.model_copy(update={"unfinished": 3})
    )
    assert "Stopped: 3 plans are left." in run(MINIMAL).stdout


@pytest.mark.parametrize(
    "words, said",
    [
        (
            ["--ai", "a", "--tornado"],
            "--promise: and --ai and --tornado are three curves: ask for one at a time",
        ),
        (["--field", "a"], "--field: needs --tornado: it names a field to move"),
        (["--points", "1"], "--points: must be 2 to 1000 (got 1)"),
        (["--tornado", "--change", "1"], "--change: must be above 0 and below 1 (got 1; 0.1 is 10 %)"),
        (["--from", "0.99"], "--from: must be below --to (got 0.99 and 0.98)"),
        (
            ["--promise", "queues.calls.service.average_wait_seconds", "--from", "5"],
            "--from: and --to must say between which targets of queues.calls.service.average_wait_seconds",
        ),
        (["--ai", "cals"], "--ai: names no queue (got 'cals'; write calls)"),
        (["--workers", "0"], "--workers: must be 1 to 256 (got 0)"),
    ],
)
def test_what_cannot_be_drawn_is_told(words: list[str], said: str) -> None:
    result = run(MINIMAL, *words)
    assert (result.exit_code, result.stderr.strip()) == (2, said)
