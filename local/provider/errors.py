"""What goes wrong in a call, as the one line that the engine shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2, status_pb2

from local.provider.aws import AwsError
from local.provider.lifecycle import HalfCreatedError
from local.provider.values import to_struct

Method = Callable[[Any, Any, grpc.ServicerContext], Any]


def reported(method: Method) -> Method:
    """The method, with its errors told to the engine, each after the type and name of what it was about."""

    @wraps(method)
    def reporting(self: Any, request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return method(self, request, context)
        except HalfCreatedError as error:
            message = f"{_subject(request)}: {error}"
            context.set_trailing_metadata((("grpc-status-details-bin", _half_created(error, message)),))
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


def _half_created(error: HalfCreatedError, message: str) -> bytes:
    """The detail from which the engine learns that there is something to remember, to go on with or to remove."""
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
