"""Glue: a job run starts the deployed script on a local Spark, with the credentials of the job's role."""

import shutil
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3

from local.authorization import identities
from local.faults.register import ACTIVE_FAULT
from local.services import credentials, glue_versions, iceberg, log_delivery, processes, spark
from local.single_flight import single_flight

_RUNTIME = "job_runtime.py"
_MINUTE_SECONDS = 60
# https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html, of Glue 5.0 and later
_LOG_GROUP_PREFIX = "/aws-glue/jobs"
_OUTPUT, _ERROR = "output", "error"
# moto has invented values for these
_UNSET = {"CompletedOn": None, "ExecutionTime": 0, "LogGroupName": None}
_FINAL_STATES = ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED")


class Jobs:
    """Runs Glue jobs; `state` is the folder for their files and logs, `spark_jars` has the jars of S3A."""

    def __init__(self, url: str, region: str, state: Path, spark_jars: Path) -> None:
        self._url = url
        self._region = region
        self._folder = state / "jobs"
        self._logs = state / "log"
        self._spark_jars = spark_jars
        self._as_role = single_flight(self._session)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._facts: dict[str, dict[str, Any]] = {}

    def start(self, job: Any, run: Any) -> None:
        """Starts a run in the background."""
        fault = ACTIVE_FAULT.get()
        threading.Thread(target=self._run, args=(job, run, fault.job if fault else None), daemon=True).start()

    def stop(self, run: Any) -> None:
        """Stops a run that has not ended."""
        if run.status not in _FINAL_STATES:
            run.status = "STOPPED"
            if run.job_run_id in self._processes:
                processes.kill(self._processes[run.job_run_id])

    def facts(self, run_id: str) -> dict[str, Any]:
        """The members of a run's description that moto does not know; None for members that the run lacks."""
        return _UNSET | self._facts.get(run_id, {})

    def _run(self, job: Any, run: Any, injected_state: str | None) -> None:
        """Runs a job until it ends, or until the state that a fault injects."""
        started = time.monotonic()
        self._facts[run.job_run_id] = {"GlueVersion": job.glue_version, "ExecutionClass": job.execution_class}
        try:
            error = None if injected_state == "SUCCEEDED" else self._execute(job, run, injected_state)
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
        if run.status not in _FINAL_STATES:
            run.status = state

    def _execute(self, job: Any, run: Any, injected_state: str | None) -> str | None:
        """Runs the script; returns the error message if it fails."""
        folder = self._folder / run.job_run_id
        folder.mkdir(parents=True)
        try:
            process, error_file = self._start(job, run, folder)
            self._processes[run.job_run_id] = process
            if run.status == "STARTING":
                run.status = "RUNNING"
            try:
                if injected_state == "STOPPED":
                    run.status = injected_state
                elif injected_state == "FAILED":
                    return "the script was killed"
                elif injected_state == "TIMEOUT":
                    raise subprocess.TimeoutExpired(_RUNTIME, 0)
                if run.status == "RUNNING":  # another thread may have stopped it
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
        """The process of a run, and the file to which it writes the error of the script."""
        identities.check_trust(job.role.split(":")[4], job.role, "glue.amazonaws.com")
        version = glue_versions.find(job.glue_version, self._spark_jars)
        role, s3, _ = self._as_role(job.role)
        for name in (job.connections or {}).get("Connections", []):
            # Glue reads it before it places the workers in its network, which this machine does not have
            self._client("glue", role).get_connection(Name=name)
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
            **spark.environment(
                self._url,
                {**version.conf, **_spark_conf(run.arguments)},
                version.jars,
                folder,
                more_jars=iceberg.folders(run.arguments, self._spark_jars),
            ),
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
        """Writes the output of the script to one log group and Spark's log to another."""
        _, _, logs = self._as_role(job.role)
        prefix = run.arguments.get("--custom-logGroup-prefix", _LOG_GROUP_PREFIX)
        for stream in (_OUTPUT, _ERROR):
            log_delivery.deliver(logs, f"{prefix}/{stream}", f"{run.job_run_id}-driver", self._log(job, run, stream))

    def _log(self, job: Any, run: Any, stream: str) -> Path:
        return self._logs / str(job.name) / f"{run.job_run_id}.{stream}.log"

    def _session(self, role_arn: str) -> tuple[credentials.RoleCredentials, Any, Any]:
        role = credentials.assume(role_arn, "GlueJobRunnerSession", self._region)
        return role, self._client("s3", role), self._client("logs", role)

    def _client(self, service: str, role: credentials.RoleCredentials) -> Any:
        made: Any = boto3.client(  # type: ignore[call-overload]
            service, endpoint_url=self._url, region_name=self._region, **role.arguments()
        )
        return made


def _spark_conf(arguments: dict[str, str]) -> dict[str, str]:
    """Spark's settings in a run's arguments: the value of `--conf` may have further settings after ` --conf `."""
    pairs = arguments.get("--conf", "").split(" --conf ")
    return dict(pair.strip().split("=", 1) for pair in pairs if pair.strip())


def _fetch(s3: Any, uri: str, folder: Path) -> Path:
    address = urlsplit(uri)
    file = folder / address.path.rsplit("/", 1)[-1]
    found = s3.get_object(Bucket=address.netloc, Key=address.path.lstrip("/"))
    file.write_bytes(found["Body"].read())
    return file
