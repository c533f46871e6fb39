"""The layer between IAM and the services: injects the active faults and configures them."""

import json
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from local.authorization import calls, identities, s3
from local.authorization.calls import Call
from local.authorization.resources import AccountRegion, permissions
from local.faults.fault import Fault, FaultTarget, InvalidFaults
from local.faults.register import ACTIVE_FAULT, STATE_HEADER, Faults
from local.http import error_responses
from local.http.error_responses import ServiceError

_StartResponse = Callable[..., Any]
_Application = Callable[..., Iterable[bytes]]


class FaultLayer:
    """A WSGI middleware; IAM has authorized its requests."""

    def __init__(self, application: _Application, faults: Faults, account: str, region: str) -> None:
        self._application = application
        self._faults = faults
        self._account = account
        self._place = AccountRegion(account, region)

    def __call__(self, environ: dict[str, Any], start_response: _StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == calls.FAULTS_PATH:
            return self._configure(environ, start_response)
        if self._faults.any_active():
            call = calls.read(environ)
            hit = self._faults.hit(self._target(call)) if call else None
            if call and hit:
                with self._faults.held_call():
                    return self._inject(*hit, call, environ, start_response)
        return self._application(environ, start_response)

    def _target(self, call: Call) -> FaultTarget:
        operation = s3.operation(call) if call.service == "s3" else call.operation
        state = unquote(call.headers.get(STATE_HEADER, ""))
        caller = identities.caller(self._account, call.access_key_id, call.headers).arn
        resources = [each.resource for each in permissions(call, self._place)]
        return FaultTarget(call.service, operation, state, caller, resources)

    def _inject(
        self,
        fault: Fault,
        replaced: threading.Event,
        call: Call,
        environ: dict[str, Any],
        start_response: _StartResponse,
    ) -> Iterable[bytes]:
        if fault.is_latency_only():
            return self._delay(fault, replaced, environ, start_response)
        if fault.latency_seconds:
            replaced.wait(fault.latency_seconds)
        if fault.error:
            return error_responses.respond(call, fault.error, start_response)
        if fault.answer is not None:
            return _text(fault.answer, start_response)
        if fault.cut:
            if fault.cut == "after":
                b"".join(self._application(environ, lambda *_: None))
            return _close_connection(environ, start_response)
        token = ACTIVE_FAULT.set(fault)
        try:
            return self._application(environ, start_response)
        finally:
            ACTIVE_FAULT.reset(token)

    def _delay(
        self, fault: Fault, replaced: threading.Event, environ: dict[str, Any], start_response: _StartResponse
    ) -> Iterable[bytes]:
        """The service handles the call at once; the response is delayed."""
        started: list[Any] = []
        body = b"".join(self._application(environ, lambda *arguments: started.extend(arguments)))
        replaced.wait(fault.latency_seconds)
        start_response(*started)
        return [body]

    def _configure(self, environ: dict[str, Any], start_response: _StartResponse) -> Iterable[bytes]:
        call = Call("", "faults", "")
        if environ["REQUEST_METHOD"] == "PUT":
            try:
                self._faults.configure(json.loads(calls.body(environ) or b"{}"))
            except ValueError as error:  # not JSON, or not faults
                code = "InvalidFaults" if isinstance(error, InvalidFaults) else "InvalidJson"
                return error_responses.respond(call, ServiceError(code, str(error), 400), start_response)
        return _text(json.dumps(self._faults.describe()), start_response)


def _text(text: str, start_response: _StartResponse) -> Iterable[bytes]:
    body = text.encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _close_connection(environ: dict[str, Any], start_response: _StartResponse) -> Iterable[bytes]:
    """Closes the connection, so that the client gets no response."""
    connection: socket.socket = environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    start_response("500 CONNECTION CUT", [("Content-Length", "0")])
    return [b""]
