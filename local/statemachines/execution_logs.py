"""Step Functions: execution logs in CloudWatch Logs, as recorded on AWS (2024-06-10); moto writes none.

A state machine has one log stream, with the history events that the log level includes.
https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
"""

import copy
import json
import threading
import uuid
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from moto.logs.models import logs_backends

from local.statemachines.validation import failure

# https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html
_FATAL = {"ExecutionAborted", "ExecutionFailed", "ExecutionTimedOut"}
_ERRORS = ("Aborted", "Failed", "TimedOut")
_FAIL_STATE = "FailStateEntered"
_VALIDATION_STREAM = "log_stream_created_by_aws_to_validate_log_delivery_subscriptions"
_STREAM_LOCK = threading.Lock()


def configured(wanted: dict[str, Any]) -> dict[str, Any]:
    """A logging configuration with its defaults; logging needs exactly one destination."""
    configuration = {"level": "OFF", "includeExecutionData": False, **wanted}
    destinations = configuration.get("destinations") or []
    if len(destinations) > 1 or (configuration["level"] != "OFF" and not destinations):
        raise _invalid("Must specify exactly one Log Destination.")
    return configuration


def prepare(configuration: dict[str, Any]) -> None:
    """Refuses a missing log group, and writes the stream of AWS's check; the gate has checked the role."""
    if configuration["level"] == "OFF":
        return
    group = _log_group(configuration)
    if group is None:
        raise _invalid("Log Destination not found.")
    _stream(group, _VALIDATION_STREAM)


def session(execution: Any) -> Any:
    """The object to which moto's interpreter passes the events of an execution; None if logging is off."""
    configuration = execution.state_machine.loggingConfiguration
    return _Session(execution, configuration) if configuration.get("level", "OFF") != "OFF" else None


class _Session:
    """The log of one execution."""

    def __init__(self, execution: Any, configuration: dict[str, Any]) -> None:
        self.execution_arn = execution.execution_arn
        self.configuration = SimpleNamespace(include_execution_data=configuration.get("includeExecutionData", False))
        self._execution, self._level, self._logging = execution, configuration["level"], configuration

    def log_level_filter(self, history_event_type: Any) -> bool:
        """Whether the log level includes events of this type."""
        kind = history_event_type.value
        is_error = kind == _FAIL_STATE or kind.endswith(_ERRORS)
        return self._level == "ALL" or kind in _FATAL or (self._level == "ERROR" and is_error)

    def publish_history_log(self, history_log: dict[str, Any]) -> None:
        """Writes one event, unless the log group has been deleted."""
        group = _log_group(self._logging)
        if group is None:
            return
        timestamp = datetime.fromisoformat(history_log["event_timestamp"])
        milliseconds = int(timestamp.timestamp() * 1000)
        event = {
            **copy.deepcopy(history_log),
            "details": history_log.get("details") or {},
            "event_timestamp": str(milliseconds),
            "redrive_count": str(len(vars(self._execution).get("redrives", []))),
        }
        name = _stream_of(group, self._execution.state_machine)
        group.put_log_events(name, [{"timestamp": milliseconds, "message": json.dumps(event, default=str)}])


def _invalid(reason: str) -> Exception:
    return failure("InvalidLoggingConfiguration", f"Invalid Logging Configuration: {reason}")


def _log_group(configuration: dict[str, Any]) -> Any:
    arn = configuration["destinations"][0]["cloudWatchLogsLogGroup"]["logGroupArn"]
    _, _, _, region, account, _, name = arn.removesuffix(":*").split(":")
    return logs_backends[account][region].groups.get(name)


def _stream_of(group: Any, machine: Any) -> str:
    """The stream of a state machine in a log group: states/<state machine>/<minute>/<serial number>."""
    prefix = f"states/{machine.name}/"
    with _STREAM_LOCK:
        found = next((name for name in group.streams if name.startswith(prefix)), None)
        if found is None:
            found = f"{prefix}{datetime.now(UTC):%Y-%m-%d-%H-%M}/{uuid.uuid4().hex[:8]}"
            group.create_log_stream(found)
    return found


def _stream(group: Any, name: str) -> None:
    with _STREAM_LOCK:
        if name not in group.streams:
            group.create_log_stream(name)
