"""Published and derived values: ../shared/cases/queueing_cases.json, matched to 1e-9."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from planner.arrays import Floats
from planner.queueing import (
    Goal,
    Systems,
    agents_for_blocking,
    agents_needed,
    blocking,
    load_for_blocking,
    measures,
)
from tests.queueing.one_system import one, service
from tests.shared_data import shared

Case = dict[str, Any]


def cases(model: str) -> list[Case]:
    found = json.loads(shared("cases/queueing_cases.json").read_text(encoding="utf-8"))
    return [case for case in found if case["model"] == model]


def check(case: Case, ours: dict[str, float]) -> None:
    known = {name: value for name, value in case["computed"].items() if name in ours}
    assert set(known) == set(case["computed"]), f"{case['id']} computes more than this test compares"
    for name, value in known.items():
        assert ours[name] == pytest.approx(value, rel=1e-9), f"{case['id']} {name}"


def test_erlang_b_blocks_as_published() -> None:
    for case in cases("erlang_b"):
        given = case["inputs"]
        share = blocking(np.array([float(given["offered_load"])]), np.array([given["servers"]]))
        check(case, {"blocking": share[0]})


def test_erlang_b_needs_the_agents_published() -> None:
    for case in cases("erlang_b_servers"):
        given = case["inputs"]
        found = agents_for_blocking(np.array([given["offered_load"]]), np.array([given["max_blocking"]]))
        check(case, {"servers": found[0]})


def test_erlang_b_carries_the_load_published() -> None:
    for case in cases("erlang_b_capacity"):
        given = case["inputs"]
        found = load_for_blocking(np.array([given["servers"]]), np.array([given["max_blocking"]]))
        check(case, {"offered_load": found[0]})


def seconds(given: Case, names: dict[str, float]) -> float:
    return next(float(given[name]) * unit for name, unit in names.items() if name in given)


def flow(given: Case) -> tuple[Systems, int, float]:
    """System, agents and seconds within, from whichever words a source uses; a second where none is given."""
    handle = seconds({"none": 1, **given}, {"aht_s": 1, "aht_min": 60, "none": 1})
    if "service_rate" in given:
        handle = 1 / given["service_rate"]
    load = next(
        value
        for value in (
            given.get("offered_load"),
            "interval_s" in given and given["calls"] / given["interval_s"] * handle,
            "interval_min" in given and given["calls"] / given["interval_min"] / 60 * handle,
            "arrivals_per_h" in given and given["arrivals_per_h"] / 3600 * handle,
            "arrivals_per_min" in given and given["arrivals_per_min"] / 60 * handle,
            "arrival_rate" in given and given["arrival_rate"] * handle,
        )
        if value
    )
    patience = 1 / given["abandon_rate"] if "abandon_rate" in given else given.get("patience_s", math.inf)
    patience = given["patience_min"] * 60 if "patience_min" in given else patience
    within = seconds({"none": 0, **given}, {"target_s": 1, "target_min": 60, "none": 1})
    return one(load, handle, patience), int(given["agents" if "agents" in given else "servers"]), within


def test_erlang_c_serves_as_published() -> None:
    for case in cases("erlang_c"):
        systems, agents, within = flow(case["inputs"])
        found = service(systems, agents, within)
        wait, late = found.average_wait[0], found.service_level_offered[0]
        ours = {
            "p_wait": found.waiting_probability[0],
            "p_immediate": 1 - found.waiting_probability[0],
            "asa_s": wait,
            "wq": wait,
            "wq_h": wait,
            "lq": wait * systems.rate[0],
            "occupancy": found.occupancy[0],
            "utilisation": found.occupancy[0],
            "service_level": late,
            "service_level_pct": 100 * late,
            "pct_within_60": 100 * late,
            "offered_load": found.load[0],
        }
        check(case, ours)


def test_erlang_a_serves_as_published() -> None:
    for case in cases("erlang_a"):
        if case["id"] in ("case114", "case119"):
            continue  # tested below: a percentile, and a number of agents that has to be found first
        systems, agents, within = flow(case["inputs"])
        found = service(systems, agents, within)
        ours = {
            "p_wait": found.waiting_probability[0],
            "p_abandon": 1 - found.answer_rate[0],
            "answer_rate": found.answer_rate[0],
            "mean_wait_all": found.average_wait[0],
            "mean_wait_all_s": found.average_wait[0],
            "asa_answered": found.average_wait_answered[0],
            "asa_answered_s": found.average_wait_answered[0],
            "occupancy": found.occupancy[0],
            "mean_queue": found.average_wait[0] * systems.rate[0],
            "sl_offered": found.service_level_offered[0],
            "sl_answered": found.service_level_answered[0],
            "sl_virtual": found.service_level_virtual[0],
        }
        check(case, ours)


def test_nine_in_ten_wait_no_longer_than_published() -> None:
    """Of all callers, lost ones too: P(W > t) = exp(-t / patience) P(V > t)."""
    (case,) = (case for case in cases("erlang_a") if case["id"] == "case114")
    systems, agents, _ = flow(case["inputs"])
    at = case["computed"]["p90_wait_s"]
    longer = math.exp(-at / systems.patience[0]) * (1 - service(systems, agents, at).service_level_virtual[0])
    assert longer == pytest.approx(0.1, rel=1e-9)


def test_staffing_for_eighty_in_twenty_answers_as_the_spanish_planner_says() -> None:
    (case,) = (case for case in cases("erlang_a") if case["id"] == "case119")
    given = case["inputs"]
    patient = one(given["calls"] / given["interval_s"] * given["aht_s"], given["aht_s"], math.inf)
    goals = [Goal("service_level", 0.8, within=20.0)]
    agents = agents_needed(patient, goals, whole=True)
    leaving = Systems(patient.rate, patient.handle_time, np.array([given["patience_s"]]))
    ours = {
        "answer_rate_erlang_a": measures(leaving, agents, 20.0).answer_rate[0],
        "answer_rate_erlang_b": 1 - blocking(patient.load, agents.astype(np.int64))[0],
    }
    check(case, ours)


@pytest.mark.parametrize("model", ["erlang_c_staffing", "erlang_a_staffing"])
def test_staffing_is_as_published(model: str) -> None:
    for case in cases(model):
        given = case["inputs"]
        systems, _, within = flow({"agents": 0, **given})
        goals = [Goal("service_level", given["service_level"], "offered", within)]
        if "max_occupancy" in given:
            goals.append(Goal("occupancy", given["max_occupancy"]))
        agents = agents_needed(systems, goals, whole=True)[0]
        gross = math.ceil(agents / (1 - given.get("shrinkage", 0)))
        check(case, {"agents": agents, "gross": gross})


def lost(given: Case, rate: Floats) -> Floats:
    systems = Systems(rate, np.full(len(rate), given["aht_s"]), np.full(len(rate), given["patience_s"]))
    return 1 - service(systems, given["agents"]).answer_rate


def test_uncertain_busyness_loses_as_much_as_published() -> None:
    for case in cases("erlang_a_mixture"):
        given = case["inputs"]
        mean = given["calls"] / given["interval_s"]
        factors, chances = np.array(given["factors"]), np.array(given["probs"])
        average = chances @ (factors * lost(given, mean * factors)) / (chances @ factors)
        at_mean = lost(given, np.array([mean]))[0]
        check(case, {"expected_abandoned_over_expected_offered": average, "p_abandon_at_mean": at_mean})
