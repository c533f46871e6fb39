"""Errors of a call, as the line that the engine shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2, status_pb2

from local.provider.aws import AwsError
from local.provider.lifecycle import PartlyCreatedError
from local.provider.values import to_struct

Method = Callable[[Any, Any, grpc.ServicerContext], Any]


def reported(method: Method) -> Method:
    """The method, with its errors reported to the engine, prefixed by the type and the name of the resource."""

    @wraps(method)
    def reporting(self: Any, request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return method(self, request, context)
        except PartlyCreatedError as error:
            message = f"{_subject(request)}: {error}"
            context.set_trailing_metadata((("grpc-status-details-bin", _partly_created(error, message)),))
            context.abort(grpc.StatusCode.UNKNOWN, message)
        except (AwsError, LookupError, ValueError, OSError) as error:
            context.abort(grpc.StatusCode.UNKNOWN, f"{_subject(request)}: {error}")

    return reporting


def kind_and_name(urn: str) -> tuple[str, str]:
    """The type and the logical name in `urn:pulumi:stack::project::parents$type::name`."""
    _, _, kinds, name = urn.split("::", 3)
    return kinds.rpartition("$")[2], name


def _subject(request: Any) -> str:
    if not hasattr(request, "urn"):
        return str(request.tok)
    kind, name = kind_and_name(request.urn)
    return f"{kind} {name!r}"


def _partly_created(error: PartlyCreatedError, message: str) -> bytes:
    """The error detail that makes the engine keep a partly created resource in the state."""
    detail = provider_pb2.ErrorResourceInitFailed(
        id=error.identity,
        properties=to_struct(error.state),
        inputs=to_struct(error.inputs),
        reasons=[message],
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=message)
    status.details.add().Pack(detail)
    encoded: bytes = status.SerializeToString()
    return encoded
