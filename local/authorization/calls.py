"""The service, the operation and the parameters of a request, parsed by botocore's models."""

import io
import json
import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, unquote

from local.service_models import service_model
from local.single_flight import single_flight

# the path that configures faults; no bucket can have this name
FAULTS_PATH = "/_faults"
_SCOPE = re.compile(r"Credential=([^/]+)/\d+/([^/]*)/([^/]+)/aws4_request")
# services whose signing name is not botocore's name of the service
_BOTOCORE_NAMES = {"states": "stepfunctions", "monitoring": "cloudwatch"}


@dataclass(frozen=True)
class Call:
    """One signed call; `service` is the signing name, which is also the prefix of IAM actions."""

    access_key_id: str
    service: str
    operation: str
    parameters: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    method: str = ""
    path: str = ""
    region: str = ""


def read(environ: dict[str, Any]) -> Call | None:
    """The call of a WSGI request, signed in its header or its URL; None if it is not signed.

    The request body can still be read afterwards.
    """
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name[:5] == "HTTP_"}
    query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    scope = _SCOPE.search(headers.get("authorization", "") or f"Credential={query.get('X-Amz-Credential', '')}")
    if not scope:
        return None
    access_key_id, region, service = scope.groups()
    if "X-Amz-Security-Token" in query:
        headers["x-amz-security-token"] = query["X-Amz-Security-Token"]
    query = {name: value for name, value in query.items() if not name.startswith("X-Amz-")}
    return replace(_call(access_key_id, service, environ, headers, query), region=region)


def _call(
    access_key_id: str, service: str, environ: dict[str, Any], headers: dict[str, str], query: dict[str, str]
) -> Call:
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    if path == FAULTS_PATH:
        return Call(access_key_id, "faults", "PutFaults" if method == "PUT" else "GetFaults", {}, headers, method, path)
    if service == "s3":
        deleting = method == "POST" and "delete" in query
        parameters = query | ({"": body(environ)} if deleting else {})
        return Call(access_key_id, service, "", parameters, headers, method, path)
    if "x-amz-target" in headers:
        operation = headers["x-amz-target"].rsplit(".", 1)[-1]
        return Call(access_key_id, service, operation, json.loads(body(environ) or b"{}"), headers, method, path)
    if service in ("lambda", "scheduler"):
        operation, parameters = _rest_operation(service, environ, method, path)
        return Call(access_key_id, service, operation, query | parameters, headers, method, path)
    form = query | dict(parse_qsl(body(environ).decode(), keep_blank_values=True))
    return Call(access_key_id, service, form.get("Action", ""), form, headers, method, path)


def body(environ: dict[str, Any]) -> bytes:
    """The request body, which can still be read afterwards."""
    content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(content)
    return bytes(content)


def _rest_operation(service: str, environ: dict[str, Any], method: str, path: str) -> tuple[str, dict[str, Any]]:
    for operation, operation_method, pattern in _rest_operations(_BOTOCORE_NAMES.get(service, service)):
        match = pattern.fullmatch(path)
        if match and method == operation_method:
            parameters = {name: unquote(value) for name, value in match.groupdict().items()}
            if operation != "Invoke":  # its body is the function's event
                parameters |= json.loads(body(environ) or b"{}")
            return operation, parameters
    return "", {}


@single_flight
def _rest_operations(service: str) -> list[tuple[str, str, re.Pattern[str]]]:
    model = service_model(service)
    operations = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        uri = http["requestUri"].split("?")[0]
        pattern = re.sub(r"\\{(\w+)(\\\+)?\\}", lambda part: f"(?P<{part[1]}>[^/]+)", re.escape(uri))
        operations.append((name, http["method"], re.compile(pattern)))
    # the most specific first: /functions/{name}/code before /functions/{name}
    return sorted(operations, key=lambda operation: -len(operation[2].pattern))
