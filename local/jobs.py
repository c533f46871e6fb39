"""Glue: a job run starts the deployed script on a local Spark, with its role's credentials.

Takes the place of moto's job runs, which succeed after a few looks at them without having run anything.
"""

import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from moto.core.responses import ActionResult
from moto.glue.models import FakeJob, FakeJobRun
from moto.glue.responses import GlueResponse

from local import credentials, glue_versions, log_delivery, processes, spark
from local.authorization import identities
from local.faults.register import AT_HAND
from local.moto_seams import add, replace
from local.once import once

_RUNTIME = "job_runtime.py"
_MINUTE_SECONDS = 60
# https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html, of Glue 5.0 and later
_LOG_GROUP_PREFIX = "/aws-glue/jobs"
_OUTPUT, _ERROR = "output", "error"
# what moto invents about every run
_UNKNOWN = {"CompletedOn": None, "ExecutionTime": 0, "LogGroupName": None}
_ENDED = ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED")


class Jobs:
    """Runs Glue jobs; `state` is the folder for what they need and log, `spark_jars` holds S3A's jars."""

    def __init__(self, url: str, region: str, state: Path, spark_jars: Path) -> None:
        self._url = url
        self._region = region
        self._folder = state / "jobs"
        self._logs = state / "log"
        self._spark_jars = spark_jars
        self._as_role = once(self._session)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._facts: dict[str, dict[str, Any]] = {}

    def install(self) -> None:
        """Makes moto's Glue run jobs here."""
        start_job_run: Callable[..., str] = FakeJob.start_job_run
        as_dict: Callable[[FakeJobRun], dict[str, Any]] = FakeJobRun.as_dict

        def start(job: FakeJob, **arguments: Any) -> str:
            run_id = start_job_run(job, **arguments)
            run = next(run for run in job.job_runs if run.job_run_id == run_id)
            fault = AT_HAND.get()
            threading.Thread(target=self._run, args=(job, run, fault.job if fault else None), daemon=True).start()
            return run_id

        def described(run: FakeJobRun) -> dict[str, Any]:
            facts = _UNKNOWN | self._facts.get(run.job_run_id, {})
            return {name: value for name, value in (as_dict(run) | facts).items() if value is not None}

        replace(FakeJob, "start_job_run", start)
        replace(FakeJobRun, "as_dict", described)
        replace(FakeJobRun, "advance", lambda run: None)
        status = property(lambda run: run._status, lambda run, status: setattr(run, "_status", status))
        replace(FakeJobRun, "status", status)
        # moto looks for functions, which a bound method is not
        add(GlueResponse, "batch_stop_job_run", lambda response: self._batch_stop(response))

    def _run(self, job: Any, run: Any, ending: str | None) -> None:
        """Runs a job, to its own end or to the one that a fault has for it."""
        started = time.monotonic()
        self._facts[run.job_run_id] = {"GlueVersion": job.glue_version, "ExecutionClass": job.execution_class}
        try:
            error = None if ending == "SUCCEEDED" else self._execute(job, run, ending)
            state = "FAILED" if error else "SUCCEEDED"
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
        if run.status not in _ENDED:
            run.status = state

    def _execute(self, job: Any, run: Any, ending: str | None) -> str | None:
        """Runs the script to its end; the error's message if it fails."""
        folder = self._folder / run.job_run_id
        folder.mkdir(parents=True)
        try:
            process, error_file = self._start(job, run, folder)
            self._processes[run.job_run_id] = process
            if run.status == "STARTING":
                run.status = "RUNNING"
            try:
                if ending == "STOPPED":
                    run.status = ending
                elif ending == "FAILED":
                    return "the script was killed"
                elif ending == "TIMEOUT":
                    raise subprocess.TimeoutExpired(_RUNTIME, 0)
                if run.status == "RUNNING":  # and not stopped meanwhile
                    process.wait(run.timeout * _MINUTE_SECONDS if run.timeout else None)
            finally:
                processes.kill(process)
                self._deliver_logs(job, run)
            error = error_file.read_text(encoding="utf-8") if error_file.exists() else None
            if process.returncode and not error:
                return f"the script ended with exit status {process.returncode}"
            return error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _start(self, job: Any, run: Any, folder: Path) -> tuple[subprocess.Popen[bytes], Path]:
        """The process of a run, and the file that will hold the script's error if it fails."""
        identities.check_trust(job.role.split(":")[4], job.role, "glue.amazonaws.com")
        version = glue_versions.find(job.glue_version, self._spark_jars)
        role, s3, _ = self._as_role(job.role)
        script = _fetch(s3, job.command["ScriptLocation"], folder)
        libraries = [_fetch(s3, uri, folder) for uri in run.arguments.get("--extra-py-files", "").split(",") if uri]
        error_file = folder / "error.txt"
        arguments = [text for pair in run.arguments.items() for text in pair]
        env = {
            "AWS_ENDPOINT_URL": self._url,
            "AWS_REGION": self._region,
            "AWS_DEFAULT_REGION": self._region,
            "PYTHONPATH": ":".join(str(library) for library in libraries),
            **role.environment(),
            **spark.environment(self._url, {**version.conf, **_spark_conf(run.arguments)}, version.jars, folder),
        }
        process = processes.start(
            _RUNTIME,
            [str(script), str(error_file), "--JOB_NAME", job.name, "--JOB_RUN_ID", run.job_run_id, *arguments],
            processes.environment(env),
            folder,
            self._log(job, run, _OUTPUT),
            self._log(job, run, _ERROR),
            python=version.python,
        )
        return process, error_file

    def _deliver_logs(self, job: Any, run: Any) -> None:
        """What the script printed goes to one log group, what Spark logged to another one."""
        _, _, logs = self._as_role(job.role)
        prefix = run.arguments.get("--custom-logGroup-prefix", _LOG_GROUP_PREFIX)
        for kind in (_OUTPUT, _ERROR):
            log_delivery.deliver(logs, f"{prefix}/{kind}", f"{run.job_run_id}-driver", self._log(job, run, kind))

    def _log(self, job: Any, run: Any, kind: str) -> Path:
        return self._logs / str(job.name) / f"{run.job_run_id}.{kind}.log"

    def _session(self, role_arn: str) -> tuple[credentials.RoleCredentials, Any, Any]:
        role = credentials.assume(role_arn, "GlueJobRunnerSession", self._region)
        s3, logs = (
            boto3.client(service, endpoint_url=self._url, region_name=self._region, **role.arguments())
            for service in ("s3", "logs")
        )
        return role, s3, logs

    def _batch_stop(self, response: GlueResponse) -> ActionResult:
        """https://docs.aws.amazon.com/glue/latest/webapi/API_BatchStopJobRun.html, which moto does not have."""
        job_name, run_ids = response.parameters["JobName"], response.parameters["JobRunIds"]
        for run_id in run_ids:
            run = response.glue_backend.get_job_run(job_name, run_id)
            if run.status not in _ENDED:
                run.status = "STOPPED"
                if run_id in self._processes:
                    processes.kill(self._processes[run_id])
        stopped = [{"JobName": job_name, "JobRunId": run_id} for run_id in run_ids]
        return ActionResult({"SuccessfulSubmissions": stopped, "Errors": []})


def _spark_conf(arguments: dict[str, str]) -> dict[str, str]:
    """Spark's settings among a run's arguments: `--conf` has one, and others behind further `--conf` in its value."""
    pairs = arguments.get("--conf", "").split(" --conf ")
    return dict(pair.strip().split("=", 1) for pair in pairs if pair.strip())


def _fetch(s3: Any, uri: str, folder: Path) -> Path:
    address = urlsplit(uri)
    file = folder / address.path.rsplit("/", 1)[-1]
    found = s3.get_object(Bucket=address.netloc, Key=address.path.lstrip("/"))
    file.write_bytes(found["Body"].read())
    return file
