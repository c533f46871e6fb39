"""Lambda: invocations, and updates of functions."""

import base64
import uuid
from collections.abc import Callable
from typing import Any

from moto.awslambda.exceptions import UnknownFunctionException
from moto.awslambda.models import LambdaFunction
from moto.awslambda_simple.models import LambdaSimpleBackend

from local.moto_patches import runtime
from local.moto_patches.patching import patch

_LOG_TAIL_BYTES = 4096


@patch(
    LambdaSimpleBackend,
    "invoke",
    "Without Docker, moto answers an invocation with its own input; the local AWS runs the deployed archive.",
)
def invoke(
    backend: LambdaSimpleBackend,
    function_name: str,
    qualifier: str | None,
    body: Any,
    headers: Any,
    response_headers: dict[str, str],
) -> bytes | None:
    function, functions = _function(backend, function_name, qualifier), runtime.current().functions
    request_id = str(uuid.uuid4())
    payload, failed = functions.run(function, body or "{}", request_id)
    response_headers["x-amz-executed-version"] = str(function.version)
    if failed:
        response_headers["x-amz-function-error"] = "Unhandled"
    if headers.get("X-Amz-Log-Type") == "Tail":
        tail = functions.log(function, request_id).read_bytes()[-_LOG_TAIL_BYTES:]
        response_headers["x-amz-log-result"] = base64.b64encode(tail).decode()
    return payload


def _function(backend: LambdaSimpleBackend, name: str, qualifier: str | None) -> LambdaFunction:
    try:
        return backend.get_function(name, qualifier)
    except UnknownFunctionException as error:
        if qualifier:
            raise
        # recorded 2025-11-24: without a qualifier, the missing function is that of the latest version
        raise UnknownFunctionException(error.message.partition(": ")[2] + ":$LATEST") from error


@patch(
    LambdaFunction,
    "update_configuration",
    "moto's UpdateFunctionConfiguration ignores the ephemeral storage, the key and the tracing mode.",
)
def update_configuration(
    original: Callable[..., dict[str, Any]], function: LambdaFunction, updates: dict[str, Any]
) -> dict[str, Any]:
    function.ephemeral_storage = updates.get("EphemeralStorage", {}).get("Size", function.ephemeral_storage)
    function.kms_key_arn = updates.get("KMSKeyArn", function.kms_key_arn)
    function.tracing_config = updates.get("TracingConfig", function.tracing_config)
    return original(function, updates)


@patch(LambdaFunction, "update_function_code", "moto's UpdateFunctionCode ignores the architectures.")
def update_function_code(
    original: Callable[..., dict[str, Any]], function: LambdaFunction, updates: dict[str, Any]
) -> dict[str, Any]:
    function.architectures = updates.get("Architectures", function.architectures)
    return original(function, updates)
