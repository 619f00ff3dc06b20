"""A sweep killed outright in the middle goes on: nothing on file is planned twice, nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from planner.sweep.planned import planned
from tests.sweep.desk import figures
from tests.sweep.killed import LOG, run

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2


@pytest.mark.parametrize(
    "tasks, kills", [(5, 1), pytest.param(60, 4, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]
)
def test_a_sweep_killed_in_the_middle_goes_on(
    tasks: int, kills: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, log = tmp_path / "swept", tmp_path / "log"
    log.touch()
    kept: list[set[str]] = []
    for number in range(1, kills + 1):
        killed_when(folder, log, tasks, number * tasks // (kills + 1))
        kept.append({path.stem for path in (folder / "parts").glob("*.json")})
        assert len(kept[-1]) < tasks

    monkeypatch.setattr("planner.sweep.walk.planned", planned)  # `run` puts its own there
    monkeypatch.setenv(LOG, str(log))
    found = run(folder, log, tasks)
    made = Counter(log.read_text().split())
    assert found.unfinished == 0
    assert found.already_done == len(kept[-1])
    assert len(made) == tasks
    assert all(made[key] == 1 for key in kept[0]), "a result that was on file was planned again"
    assert sum(made.values()) <= tasks + kills * WORKERS, "only what was in a worker's hands is begun again"

    undisturbed = run(tmp_path / "other", tmp_path / "other.log", tasks)
    assert figures(found) == figures(undisturbed)


def killed_when(folder: Path, log: Path, tasks: int, on_file: int) -> None:
    """Run the sweep and kill it, with SIGKILL, once so many results are on file."""
    words = [
        sys.executable,
        "-c",
        "from tests.sweep.killed import main; main()",
        str(folder),
        str(log),
        str(tasks),
    ]
    with subprocess.Popen(words, cwd=ROOT) as process:
        until = time.monotonic() + 100
        while len(list((folder / "parts").glob("*.json"))) < on_file:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.005)
        process.kill()
    time.sleep(0.5)  # its workers see that it is gone, and end
