"""What an attack may cost at most: it runs in a process of its own, whose end and time are seen."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def said(call: str, given: Path, megabytes: int = 1_500, seconds: float = 30) -> str:
    """What `call`, with the bytes of a file as `content`, says; a crash, a traceback or a hang fails.

    megabytes : address space that the process may take beyond what it has once it has loaded its libraries
    """
    script = f"""
import resource, sys
from pathlib import Path
import numpy, pyarrow, pyarrow.csv, pyarrow.parquet, python_calamine, ruamel.yaml
from planner.errors import InvalidInput
from planner.forecast.reading import table_in
from planner.scenario.text import document_of
taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + {megabytes}_000_000,) * 2)
content = Path(sys.argv[1]).read_bytes()
try:
    {call}
    print("success")
except InvalidInput as failure:
    print(failure)
"""
    ended = subprocess.run(
        [sys.executable, "-c", script, str(given)],
        cwd=ROOT,
        capture_output=True,
        timeout=seconds,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout.strip()


def processor_seconds() -> float:
    """Time that this process has computed; a machine that is busy with others does not lengthen it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime
