"""Glue: job runs, and updates of jobs."""

from collections.abc import Callable
from typing import Any

from botocore import xform_name
from moto.core.responses import ActionResult
from moto.glue.models import FakeJob, FakeJobRun, GlueBackend
from moto.glue.responses import GlueResponse

from local.moto_patches import runtime
from local.moto_patches.patching import add, patch, patch_value

_JOB_UPDATE = (
    *("Command", "Connections", "DefaultArguments", "Description", "ExecutionClass", "ExecutionProperty"),
    *("GlueVersion", "LogUri", "MaxCapacity", "MaxRetries", "NonOverridableArguments", "NotificationProperty"),
    *("NumberOfWorkers", "Role", "SecurityConfiguration", "SourceControlDetails", "Timeout", "WorkerType"),
)


@patch(GlueBackend, "create_job", "The local AWS starts Java before the first run of a job needs it.")
def create_job(original: Callable[..., None], backend: GlueBackend, name: str, **definition: Any) -> None:
    original(backend, name, **definition)
    runtime.current().jobs.prepare(backend.get_job(name))


@patch(FakeJob, "start_job_run", "moto's job runs succeed without running a script; the local AWS runs it on Spark.")
def start_job_run(original: Callable[..., str], job: Any, **arguments: Any) -> str:
    run_id = original(job, **arguments)
    runtime.current().jobs.start(job, next(run for run in job.job_runs if run.job_run_id == run_id))
    return run_id


@patch(FakeJobRun, "as_dict", "moto invents the end, the duration and the log group of every run.")
def describe_run(original: Callable[[Any], dict[str, Any]], run: FakeJobRun) -> dict[str, Any]:
    described = original(run) | runtime.current().jobs.facts(run.job_run_id)
    return {name: value for name, value in described.items() if value is not None}


@patch(FakeJobRun, "advance", "moto changes a run's status each time it is described.")
def advance(run: FakeJobRun) -> None:
    pass


@patch_value(FakeJobRun, "status", "moto computes a run's status; the local AWS sets it.")
def status(original: Any) -> property:
    return property(lambda run: run._status, lambda run, value: setattr(run, "_status", value))


@add(GlueResponse, "batch_stop_job_run", "moto lacks BatchStopJobRun.")
def batch_stop_job_run(service: GlueResponse) -> ActionResult:
    """https://docs.aws.amazon.com/glue/latest/webapi/API_BatchStopJobRun.html"""
    job_name, run_ids = service.parameters["JobName"], service.parameters["JobRunIds"]
    for run_id in run_ids:
        runtime.current().jobs.stop(service.glue_backend.get_job_run(job_name, run_id))
    stopped = [{"JobName": job_name, "JobRunId": run_id} for run_id in run_ids]
    return ActionResult({"SuccessfulSubmissions": stopped, "Errors": []})


@add(GlueResponse, "update_job", "moto lacks UpdateJob.")
def update_job(service: GlueResponse) -> ActionResult:
    """Replaces the whole definition: a member that the update lacks is unset."""
    name, update = service.parameters["JobName"], service.parameters["JobUpdate"]
    job = service.glue_backend.get_job(name)
    for member in _JOB_UPDATE:
        setattr(job, xform_name(member), update.get(member))
    job.default_arguments = job.default_arguments or {}
    job.execution_class = job.execution_class or "STANDARD"
    job.execution_property = job.execution_property or {}
    return ActionResult({"JobName": name})
