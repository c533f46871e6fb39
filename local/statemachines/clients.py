"""The calls that executions make to services, with the role of their state machine; moto 5.2.5 makes them as nobody."""

import contextvars
import functools
import sys
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

from local import credentials
from local.faults.register import STATE
from local.moto_seams import replace
from local.once import once

_CALL_SECONDS = 120
_CONNECTIONS = 100


@dataclass(frozen=True)
class _Caller:
    """The state whose calls a thread makes, and how it writes the times in their results."""

    state: str
    written: Callable[[datetime], Any]


_CALLER: contextvars.ContextVar[_Caller] = contextvars.ContextVar("caller")


def install(url: str) -> None:
    """Makes the interpreter call the services at `url`; each call says which state makes it, for faults to tell."""
    _remember_the_caller(StateTask, "_eval_state_credentials")
    _remember_the_caller(StateMap, "_eval_execution")

    @once
    def of_role(region: str, service: Any, role_arn: str) -> Any:
        return _client(url, region, service, credentials.assume(role_arn, "StepFunctions", region))

    def client(region: str, service: Any, state_credentials: Any = None) -> Any:
        return of_role(region, service, state_credentials.role_arn)

    for path, module in list(sys.modules.items()):
        if path.startswith("moto.stepfunctions.") and hasattr(module, "boto_client_for"):
            replace(module, "boto_client_for", client)


def _remember_the_caller(of: type, method: str) -> None:
    """Both methods run in the thread that calls, and before it does."""
    evaluate: Callable[[Any, Any], Any] = getattr(of, method)

    def remembering(state: Any, env: Any) -> Any:
        _CALLER.set(_Caller(state.name, _iso_8601 if isinstance(state, StateTaskServiceAwsSdk) else _milliseconds))
        return evaluate(state, env)

    replace(of, method, remembering)


def _client(url: str, region: str, service: Any, role: credentials.RoleCredentials) -> Any:
    made = boto3.client(
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
    made.meta.events.register("provide-client-params.s3.PutObject", _put_text)
    made.meta.events.register("provide-client-params.sqs", functools.partial(_reach_the_queue, url))
    made.meta.events.register("before-send", _name_the_state)
    made.meta.events.register("after-call", _write_times)
    return made


def _put_text(params: dict[str, Any], **_: Any) -> None:
    """Recorded 2025-11-06: what has no content type is text, also if it is JSON."""
    params.setdefault("ContentType", "text/plain; charset=UTF-8")


def _reach_the_queue(url: str, params: dict[str, Any], **_: Any) -> None:
    """Recorded 2023-06-22: a message is sent to the queue's own URL, wherever that leads."""
    queue = params.get("QueueUrl", url)
    if urlsplit(queue).port != urlsplit(url).port:
        raise EndpointConnectionError(endpoint_url=queue)


def _name_the_state(request: Any, **_: Any) -> None:
    request.headers[STATE] = quote(_CALLER.get().state)


def _write_times(parsed: Any, **_: Any) -> None:
    """No later state could read a datetime."""
    written = _CALLER.get().written
    for key, value in parsed.items() if isinstance(parsed, dict) else enumerate(parsed):
        if isinstance(value, datetime):
            parsed[key] = written(value)
        elif isinstance(value, dict | list):
            _write_times(value)


def _iso_8601(value: datetime) -> str:
    """As SDK integrations were recorded to write times (2025-11-06)."""
    precision = "milliseconds" if value.microsecond else "seconds"
    return value.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")


def _milliseconds(value: datetime) -> int:
    """As optimized integrations write times."""
    return int(value.timestamp() * 1000)
