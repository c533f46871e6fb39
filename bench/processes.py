"""Programs in processes of their own, with the peak of their memory."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from local.services import java

ROOT = Path(__file__).parents[1]
_SAMPLE_SECONDS = 0.1


def measured(command: Sequence[str], environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Runs a module with its arguments; returns the JSON that it prints, and `peak_mib` with all its children's memory.

    A program that fails ends the bench with what it printed.
    """
    variables = os.environ | java.variables() | dict(environment or {})
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *command], cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, _memory_bytes(process.pid))
            time.sleep(_SAMPLE_SECONDS)
        output.seek(0)
        printed = output.read()
    if process.returncode:
        raise SystemExit(f"{command[0]} failed:\n{printed}")
    (found,) = (line for line in printed.splitlines() if line.startswith("{"))
    return {**json.loads(found), "peak_mib": peak >> 20}


def _memory_bytes(process: int) -> int:
    """Resident memory of a process and its descendants; https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html"""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0
    own = next((int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return own + sum(_memory_bytes(int(child)) for child in children)
