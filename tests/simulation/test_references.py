"""Other people's simulations of the same centres."""

from __future__ import annotations

import json
from math import hypot

import numpy as np

from planner.arrays import Floats
from planner.simulation import Conditions, Customers, Effort, Facts, simulate
from planner.simulation.statistics import Estimate, ratio
from tests.shared_data import shared
from tests.simulation.centres import Row, centre, hours

ROUNDED = 0.0005
"""The published figures have three decimals."""

LEVEL = Customers(ramped=False)


def a_day(model: str) -> tuple[Facts, dict[str, list[float]]]:
    """A day of eight hours that starts empty, and what was published about it."""
    given = json.loads(shared("data/contactcenters_mmc_mmcab.json").read_text())[model]
    patience = 60.0 / given["theta_per_min"] if "theta_per_min" in given else np.inf
    contacts = hours(given["day_minutes"] // 60, 60.0 * given["lambda_per_min"])
    on = centre(contacts, [Row(given["agents"], 0, 24)], 60.0 / given["mu_per_min"], patience)
    conditions = Conditions(customers=LEVEL, within_seconds=(given["awt_s"],))
    return simulate(on, conditions, Effort(seed=3, replications=1000)), given["results"]


def total(counts: Floats) -> Floats:
    """(R,) of the eight hours."""
    summed: Floats = counts[:, :8, 0].sum(axis=1)
    return summed


def agrees(found: Estimate, published: list[float]) -> bool:
    mean, low, high = published
    apart = abs(float(found.mean) - mean)
    return apart <= hypot(float(found.half_width), (high - low) / 2) + ROUNDED


def a_day_of(counts: Floats) -> Estimate:
    """Mean per day."""
    return ratio(total(counts), np.ones(counts.shape[0]))


def test_mm12_agrees_with_contact_centers_for_java() -> None:
    facts, published = a_day("MMC")
    in_time = facts.in_time[:, 0]
    assert agrees(ratio(total(in_time), total(facts.offered)), published["service_level"])
    assert agrees(
        ratio(total(facts.waited) / 60, total(facts.offered)), published["mean_speed_of_answer_min"]
    )
    assert agrees(ratio(total(facts.busy), total(facts.present)), published["occupancy"])
    assert agrees(a_day_of(in_time), published["calls_within_awt_per_day"])


def test_mm12_with_abandonment_agrees_with_contact_centers_for_java() -> None:
    facts, published = a_day("MMCAb")
    in_time = facts.in_time[:, 0]
    assert agrees(a_day_of(facts.abandoned), published["abandoned_per_day"])
    assert agrees(a_day_of(in_time), published["calls_within_awt_per_day"])
    assert agrees(ratio(total(in_time), total(facts.answered)), published["service_level_served"])
    assert agrees(
        ratio(total(facts.waited_answered) / 60, total(facts.answered)), published["speed_of_answer_min"]
    )
    assert agrees(ratio(total(facts.busy), total(facts.present)), published["occupancy"])


def test_a_queue_with_reneging_agrees_with_ciw() -> None:
    import ciw

    agents, rate, handle_time, patience, day = 8, 2.4 / 60, 200.0, 150.0, 24 * 3600.0
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate)],
        service_distributions=[ciw.dists.Exponential(1 / handle_time)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
        number_of_servers=[agents],
    )
    lost, waited, offered = np.zeros(12), np.zeros(12), np.zeros(12)
    for seed in range(12):
        ciw.seed(seed)
        run = ciw.Simulation(network)
        run.simulate_until_max_time(day)
        records = run.get_all_records()
        offered[seed] = len(records)
        lost[seed] = sum(record.record_type == "renege" for record in records)
        waited[seed] = sum(record.waiting_time for record in records)
    on = centre(np.full(24, rate * 3600), [Row(agents, 0, 25)], handle_time, patience)
    facts = simulate(on, Conditions(), Effort(seed=5, replications=200))
    for theirs, counts in ((lost, facts.abandoned), (waited, facts.waited)):
        peer = ratio(theirs, offered)
        ours = ratio(counts[:, :, 0].sum(axis=1), facts.offered[:, :, 0].sum(axis=1))
        apart = abs(float(peer.mean - ours.mean))
        assert apart <= hypot(float(peer.half_width), float(ours.half_width))
