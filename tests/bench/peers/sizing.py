"""Agents per interval by pyworkforce's Erlang C and A; JSON on standard input and output.

Asked: interval_minutes, within_seconds, service_level, occupancy, systems [[contacts, handle time, patience
or null], ...], rounds. Answered: agents [...], seconds [...], a figure per round over all systems.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from pyworkforce.queuing import ErlangA, ErlangC


def agents(asked: dict[str, Any]) -> list[int]:
    """Agents of every system."""
    wanted = {"service_level": asked["service_level"], "max_occupancy": asked["occupancy"]}
    return [
        int(_system(asked, *system).required_positions(**wanted)["raw_positions"])
        for system in asked["systems"]
    ]


def _system(asked: dict[str, Any], contacts: float, handle_time: float, patience: float | None) -> Any:
    given = {
        "transactions": contacts,
        "aht": handle_time / 60,
        "asa": asked["within_seconds"] / 60,
        "interval": asked["interval_minutes"],
    }
    return ErlangC(**given) if patience is None else ErlangA(**given, patience=patience / 60)


def main() -> None:
    """Answer one question."""
    asked = json.load(sys.stdin)
    seconds, found = [], []
    for _ in range(asked["rounds"]):
        begun = time.perf_counter()
        found = agents(asked)
        seconds.append(time.perf_counter() - begun)
    json.dump({"agents": found, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
