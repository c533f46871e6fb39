"""The API's operations, and the events and logs of executions that start."""

from collections.abc import Callable
from typing import Any

from moto.stepfunctions import urls
from moto.stepfunctions.parser.backend.execution import Execution

from local.moto_patches.patching import patch, patch_value
from local.services import execution_events
from local.statemachines import execution_logs
from local.statemachines.api import StepFunctions


@patch_value(
    urls,
    "url_paths",
    "moto lacks revisions, redrives, pages and the validation of requests, and words errors differently from AWS.",
)
def url_paths(original: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(original, StepFunctions.dispatch)


@patch(Execution, "start", "moto writes no execution logs and sends no event when an execution starts.")
def start(original: Callable[[Any], None], execution: Any) -> None:
    execution._cloud_watch_logging_session = execution_logs.session(execution)
    execution_events.publish(execution, "RUNNING")
    original(execution)
