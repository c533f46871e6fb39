"""Glue: job runs, which end as on AWS."""

import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from local.faults.register import ACTIVE_FAULT
from local.services.job_scripts import JobScripts, RunningScript

_MINUTE_SECONDS = 60
# moto has invented values for these
_UNSET = {"CompletedOn": None, "ExecutionTime": 0, "LogGroupName": None}
_FINAL_STATES = ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED")


class Jobs:
    """Runs Glue jobs; `state` is the folder for their files and logs, `spark_jars` has the jars of S3A."""

    def __init__(self, url: str, region: str, state: Path, spark_jars: Path) -> None:
        self._scripts = JobScripts(url, region, state, spark_jars)
        self._running: dict[str, RunningScript] = {}
        self._facts: dict[str, dict[str, Any]] = {}

    def prepare(self, job: Any) -> None:
        """Starts Java in the background for the first run of a job."""
        threading.Thread(target=self._scripts.prepare, args=(job,), daemon=True).start()

    def start(self, job: Any, run: Any) -> None:
        """Starts a run in the background."""
        fault = ACTIVE_FAULT.get()
        threading.Thread(target=self._run, args=(job, run, fault.job if fault else None), daemon=True).start()

    def stop(self, run: Any) -> None:
        """Stops a run that has not ended."""
        if run.status not in _FINAL_STATES:
            run.status = "STOPPED"
            if run.job_run_id in self._running:
                self._running[run.job_run_id].kill()

    def facts(self, run_id: str) -> dict[str, Any]:
        """The members of a run's description that moto does not know; None for members that the run lacks."""
        return _UNSET | self._facts.get(run_id, {})

    def _run(self, job: Any, run: Any, injected_state: str | None) -> None:
        """Runs a job until it ends, or gives the run the state that a fault injects."""
        started = time.monotonic()
        self._facts[run.job_run_id] = {"GlueVersion": job.glue_version, "ExecutionClass": job.execution_class}
        try:
            error = _injected(injected_state) if injected_state else self._execute(job, run)
            state = "FAILED" if error else injected_state or "SUCCEEDED"
        except subprocess.TimeoutExpired:
            state, error = "TIMEOUT", "Job run exceeded its timeout"
        except Exception as problem:
            state, error = "FAILED", f"{type(problem).__name__}: {problem}"
        run.modified_on = datetime.now(UTC)
        self._facts[run.job_run_id] |= {
            "CompletedOn": run.modified_on,
            "ExecutionTime": round(time.monotonic() - started),
            "ErrorMessage": error,
        }
        if run.status not in _FINAL_STATES:
            run.status = state

    def _execute(self, job: Any, run: Any) -> str | None:
        """Runs the script; returns the error message if it fails."""

        def wait(script: RunningScript) -> None:
            self._running[run.job_run_id] = script
            if run.status == "STARTING":
                run.status = "RUNNING"
            if run.status == "RUNNING":  # another thread may have stopped it
                script.process.wait(run.timeout * _MINUTE_SECONDS if run.timeout else None)

        return self._scripts.run(job, run, wait)


def _injected(state: str) -> str | None:
    """The error message of a run that ends in this state without running the script."""
    if state == "TIMEOUT":
        raise subprocess.TimeoutExpired("", 0)
    return "the script was killed" if state == "FAILED" else None
