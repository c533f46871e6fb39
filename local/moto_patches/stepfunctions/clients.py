"""The calls of executions to services."""

import contextvars
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError
from moto.stepfunctions.parser.asl.component.state.exec.state_map.state_map import StateMap
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (
    StateTaskServiceAwsSdk,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.state_task import StateTask

from local.faults.register import STATE_HEADER
from local.moto_patches import runtime
from local.moto_patches.patching import patch, patch_imports
from local.services import credentials
from local.single_flight import single_flight

_CALL_SECONDS = 120
_CONNECTIONS = 100


@dataclass(frozen=True)
class _Caller:
    """The state that makes the calls of a thread, and the format of the times in their results."""

    state: str
    format_time: Callable[[datetime], Any]


_CALLER: contextvars.ContextVar[_Caller] = contextvars.ContextVar("caller")


@patch(
    StateTask,
    "_eval_state_credentials",
    "The calls of a task name its state, so that faults can select them; moto's calls do not.",
)
@patch(StateMap, "_eval_execution", "The calls of an item reader name its state, so that faults can select them.")
def set_caller(original: Callable[[Any, Any], Any], state: Any, env: Any) -> Any:
    """Runs in the thread that makes the calls, before the calls."""
    format_time = _iso_8601 if isinstance(state, StateTaskServiceAwsSdk) else _milliseconds
    _CALLER.set(_Caller(state.name, format_time))
    return original(state, env)


@patch_imports(
    "moto.stepfunctions",
    "boto_client_for",
    "moto's executions call services without the state machine's role; here each call is made with the role.",
)
def boto_client_for(region: str, service: Any, state_credentials: Any = None) -> Any:
    return _client_of_role(runtime.current().url, region, service, state_credentials.role_arn)


@single_flight
def _client_of_role(url: str, region: str, service: Any, role_arn: str) -> Any:
    return _client(url, region, service, credentials.assume(role_arn, "StepFunctions", region))


def _client(url: str, region: str, service: Any, role: credentials.RoleCredentials) -> Any:
    client = boto3.client(
        service,
        endpoint_url=url,
        region_name=region,
        **role.arguments(),
        config=Config(
            parameter_validation=False,
            retries={"total_max_attempts": 1},
            connect_timeout=_CALL_SECONDS,
            read_timeout=None,
            max_pool_connections=_CONNECTIONS,
            s3={"addressing_style": "path"},
            # recorded 2025-11-06: getObject does not ask for checksums
            response_checksum_validation="when_required",
        ),
    )
    client.meta.events.register("provide-client-params.s3.PutObject", _set_content_type)
    client.meta.events.register("provide-client-params.sqs", functools.partial(_check_queue_address, url))
    client.meta.events.register("before-send", _add_state_header)
    client.meta.events.register("after-call", _format_times)
    return client


def _set_content_type(params: dict[str, Any], **_: Any) -> None:
    """Recorded 2025-11-06: the default content type is plain text, also for JSON."""
    params.setdefault("ContentType", "text/plain; charset=UTF-8")


def _check_queue_address(url: str, params: dict[str, Any], **_: Any) -> None:
    """Recorded 2023-06-22: Step Functions connects to the queue's URL, and fails if nothing answers there."""
    queue = params.get("QueueUrl", url)
    if urlsplit(queue).port != urlsplit(url).port:
        raise EndpointConnectionError(endpoint_url=queue)


def _add_state_header(request: Any, **_: Any) -> None:
    request.headers[STATE_HEADER] = quote(_CALLER.get().state)


def _format_times(parsed: Any, **_: Any) -> None:
    """Replaces datetimes, which are not JSON."""
    format_time = _CALLER.get().format_time
    for key, value in parsed.items() if isinstance(parsed, dict) else enumerate(parsed):
        if isinstance(value, datetime):
            parsed[key] = format_time(value)
        elif isinstance(value, dict | list):
            _format_times(value)


def _iso_8601(value: datetime) -> str:
    """The format of SDK integrations (recorded 2025-11-06)."""
    precision = "milliseconds" if value.microsecond else "seconds"
    return value.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")


def _milliseconds(value: datetime) -> int:
    """The format of optimized integrations."""
    return int(value.timestamp() * 1000)
