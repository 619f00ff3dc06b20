"""Everything adds up to the cent: whatever the shares of the lines, the costs and the driver."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planner
from planner.allocation import Allocation, Lines, Terms, Way, allocate, lines_from
from planner.plan import CostLine
from planner.sharing.cents import amount, cents
from tests.allocation.plans import by_hand

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
PARTS = st.lists(st.integers(min_value=0, max_value=1000), min_size=4, max_size=4).filter(any)
MONEY = st.floats(min_value=0.001, max_value=1e7)
WHOSE: tuple[tuple[str | None, str | None], ...] = (
    ("own", None), ("vendor", None), (None, "sales"), (None, "service"), (None, None),
)  # fmt: skip


def shared_by_four(sales: list[int], service: list[int]) -> Lines:
    """Lines a to d, in proportion to whole numbers; a line that has nothing is left out."""
    parts = {
        name: {
            queue: weights[place] / sum(weights)
            for queue, weights in (("sales", sales), ("service", service))
            if weights[place]
        }
        for place, name in enumerate("abcd")
    }
    return lines_from({"lines": {name: {"queues": queues} for name, queues in parts.items() if queues}})


def adds_up(made: Allocation, costs: tuple[CostLine, ...]) -> None:
    assert sum(line.cost for line in made.lines) == made.cost == sum(cell.amount for cell in made.cells)
    for line in made.lines:
        assert sum(cell.amount for cell in made.cells if cell.line == line.line) == line.cost
    for cost in costs:
        mine = [cell.amount for cell in made.cells if (cell.item, cell.pool) == (cost.item, cost.pool)]
        others = [each.amount for each in costs if (each.item, each.pool) == (cost.item, cost.pool)]
        assert abs(sum(mine) - amount(cents(sum(others)))) <= Decimal("0.01") * (len(others) + 1)


@given(
    PARTS,
    PARTS,
    st.lists(st.tuples(MONEY, st.sampled_from(WHOSE)), min_size=1, max_size=8),
    st.sampled_from(["handled_time", "peak_share", "contacts"]),
)
def test_any_plan_over_any_lines_adds_up(
    sales: list[int], service: list[int], money: list[tuple[float, tuple[str | None, str | None]]], by: Way
) -> None:
    costs = tuple(
        CostLine(item="wages", pool=pool, queue=queue, amount=value) for value, (pool, queue) in money
    )
    adds_up(allocate(by_hand(costs), shared_by_four(sales, service), by), costs)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_shops_quiet_week_adds_up_and_no_coalition_would_rather_leave() -> None:
    """Lines that share people and a team kept all year pay less together than alone."""
    problem = planner.read_problem(SCENARIOS / "ecommerce" / "quiet.yaml")
    plan = planner.make_plan(problem)
    queues = lines_from({"lines": {name: {"queues": {name: 1.0}} for name in problem.scenario.queues}})
    for by in ("handled_time", "peak_share", "contacts"):
        adds_up(allocate(plan, queues, by), plan.costs)

    made = allocate(plan, queues, "shapley", Terms(gap=0.01, time_limit_seconds=500.0))

    adds_up(made, plan.costs)
    alone = {row.lines: row.cost for row in made.coalitions}
    for line in made.lines:
        assert line.low is not None
        assert line.high is not None
        assert line.low <= line.cost <= line.high <= alone[line.line,]
        assert line.high - line.low < Decimal("0.02") * made.cost
    for lines, cost in alone.items():
        assert sum(float(line.cost) for line in made.lines if line.line in lines) <= cost + 0.05
