"""Glue: a job run runs the deployed script on a local Spark, with the credentials of the job's role."""

import contextlib
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3

from local.authorization import identities
from local.services import credentials, glue_versions, iceberg, log_delivery, processes
from local.services.spark_drivers import Driver, Drivers, Launch
from local.single_flight import single_flight

_RUNTIME = "job_runtime.py"
# https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html, of Glue 5.0 and later
_LOG_GROUP_PREFIX = "/aws-glue/jobs"
_OUTPUT, _ERROR = "output", "error"

Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class RunningScript:
    """The processes of a run: Python with the script, and Java with Spark."""

    process: Process
    driver: Driver

    def kill(self) -> None:
        """Ends the script and what Spark does for it."""
        processes.kill(self.process)
        self.driver.kill()


class JobScripts:
    """Runs the scripts; `state` is the folder for their files and logs, `spark_jars` has the jars of S3A."""

    def __init__(self, url: str, region: str, state: Path, spark_jars: Path) -> None:
        self._url = url
        self._region = region
        self._folder = state / "jobs"
        self._logs = state / "log"
        self._spark_jars = spark_jars
        self._drivers = Drivers(url, region, self._folder / "drivers")
        self._as_role = single_flight(self._session)

    def prepare(self, job: Any) -> None:
        """Starts Java for the first run of a job; that run reports the errors of the job's definition."""
        with contextlib.suppress(ValueError):
            self._drivers.prepare(self._launch(job, job.default_arguments or {}))

    def run(self, job: Any, run: Any, wait: Callable[[RunningScript], None]) -> str | None:
        """Runs the script until it ends or `wait` does; returns the error message if it fails."""
        folder = self._folder / run.job_run_id
        folder.mkdir(parents=True)
        try:
            code = self._fetch_code(job, run, folder)
            with self._driver(job, run, folder) as driver:
                process = self._start(job, run, folder, code, driver)
                try:
                    wait(RunningScript(process, driver))
                finally:
                    processes.kill(process)
            return _error(folder, process.returncode)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def _driver(self, job: Any, run: Any, folder: Path) -> Iterator[Driver]:
        """The Java process for a run, with the run's logs delivered at its end."""
        driver = self._drivers.take(self._launch(job, run.arguments))
        try:
            yield driver
        finally:
            log = self._log(job, run, _ERROR)
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as file:
                file.write(driver.take_log())
            if (folder / "released").exists():
                self._drivers.give_back(driver)
            else:
                driver.close()
            self._deliver_logs(job, run)

    def _launch(self, job: Any, arguments: Mapping[str, str]) -> Launch:
        version = glue_versions.find(job.glue_version, self._spark_jars)
        jars = (version.jars, *iceberg.folders(arguments, self._spark_jars))
        return Launch.of(version.python, jars, _spark_conf(arguments))

    def _fetch_code(self, job: Any, run: Any, folder: Path) -> tuple[Path, list[Path]]:
        """Fetches the script and its libraries with the job's role; returns their files."""
        identities.check_trust(job.role.split(":")[4], job.role, "glue.amazonaws.com")
        role, s3, _ = self._as_role(job.role)
        for name in (job.connections or {}).get("Connections", []):
            # Glue reads it before it places the workers in its network, which this machine does not have
            self._client("glue", role).get_connection(Name=name)
        uris = [uri for uri in run.arguments.get("--extra-py-files", "").split(",") if uri]
        return _fetch(s3, job.command["ScriptLocation"], folder), [_fetch(s3, uri, folder) for uri in uris]

    def _start(self, job: Any, run: Any, folder: Path, code: tuple[Path, list[Path]], driver: Driver) -> Process:
        """The process of a run."""
        role, _, _ = self._as_role(job.role)
        script, libraries = code
        arguments = [text for pair in run.arguments.items() for text in pair]
        settings = {**_spark_conf(run.arguments), **role.spark_conf()}
        (folder / "spark.json").write_text(json.dumps(settings), encoding="utf-8")
        (folder / "tmp").mkdir()
        env = {
            "AWS_ENDPOINT_URL": self._url,
            "AWS_REGION": self._region,
            "AWS_DEFAULT_REGION": self._region,
            "PYTHONPATH": ":".join(str(library) for library in libraries),
            "TMPDIR": str(folder / "tmp"),
            **role.environment(),
            **driver.connection,
        }
        return processes.start(
            _RUNTIME,
            [str(folder), str(script), "--JOB_NAME", job.name, "--JOB_RUN_ID", run.job_run_id, *arguments],
            processes.environment(env),
            folder,
            self._log(job, run, _OUTPUT),
            self._log(job, run, _ERROR),
            python=driver.launch.python,
        )

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


def _error(folder: Path, exit_status: int) -> str | None:
    """The error message of a script that has ended."""
    file = folder / "error.txt"
    if file.exists():
        return file.read_text(encoding="utf-8")
    return f"the script ended with exit status {exit_status}" if exit_status else None


def _spark_conf(arguments: Mapping[str, str]) -> dict[str, str]:
    """Spark's settings in a run's arguments: the value of `--conf` may have further settings after ` --conf `."""
    pairs = arguments.get("--conf", "").split(" --conf ")
    return dict(pair.strip().split("=", 1) for pair in pairs if pair.strip())


def _fetch(s3: Any, uri: str, folder: Path) -> Path:
    address = urlsplit(uri)
    file = folder / address.path.rsplit("/", 1)[-1]
    found = s3.get_object(Bucket=address.netloc, Key=address.path.lstrip("/"))
    file.write_bytes(found["Body"].read())
    return file
