"""Error responses in each service's protocol, so that a client reads them as AWS's own."""

import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from xml.sax.saxutils import escape

from local.authorization.calls import Call

_StartResponse = Callable[..., Any]


@dataclass(frozen=True)
class ServiceError:
    """An error of a service; the status is HTTP's."""

    code: str
    message: str
    status: int


def respond(call: Call, error: ServiceError, start_response: _StartResponse) -> Iterable[bytes]:
    """Answers a request with an error."""
    request_id = str(uuid.uuid4())
    if call.service == "s3" or "Action" in call.parameters:
        inner = f"<Error><Code>{escape(error.code)}</Code><Message>{escape(error.message)}</Message></Error>"
        document = f"<ErrorResponse>{inner}<RequestId>{request_id}</RequestId></ErrorResponse>"
        body, content_type = inner if call.service == "s3" else document, "application/xml"
    else:
        body = json.dumps({"__type": error.code, "message": error.message, "Message": error.message})
        content_type = "application/x-amz-json-1.1"
    content = b"" if call.method == "HEAD" else body.encode()
    headers = [("Content-Type", content_type), ("Content-Length", str(len(content))), ("x-amzn-ErrorType", error.code)]
    headers += [(name, request_id) for name in ("x-amzn-RequestId", "x-amz-request-id")]
    start_response(f"{error.status} {HTTPStatus(error.status).phrase.upper()}", headers)
    return [content]
