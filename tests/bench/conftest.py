"""What the benchmarks' JSON says about the machine and the versions, beside what pytest-benchmark says."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from typing import Any

import psutil

from tests.bench.footprint import ROOT

INSTALLED = ("pulp", "highspy", "pyscipopt", "numpy", "scipy", "numba", "ciw")
PEERS = ("pyworkforce", "ortools")


def pytest_benchmark_update_machine_info(config: object, machine_info: dict[str, Any]) -> None:
    """Memory, cores, load, versions and unusual limits; the machine's name is nobody's business."""
    machine_info.pop("node", None)
    machine_info["memory_bytes"] = psutil.virtual_memory().total
    machine_info["cores"] = os.cpu_count()
    machine_info["load"] = os.getloadavg()[0]
    machine_info["note"] = os.environ.get("PLANNER_BENCH_NOTE", "")
    machine_info["limits"] = {
        name: seconds for name, seconds in os.environ.items() if name.endswith("_SECONDS") and "BENCH" in name
    }
    pins = dict(
        line.split("==") for line in (ROOT / ".ci" / "peers-constraints.txt").read_text().splitlines()
    )
    machine_info["versions"] = {
        "planner": version("contact-centre-planner"),
        "Python": platform.python_version(),
        **{name: version(name) for name in INSTALLED},
        **{name: pins[name] for name in PEERS},
    }
