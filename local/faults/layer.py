"""The layer between IAM and the services: makes calls fail as the register says, and lets it be told what to do."""

import json
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from local import answers
from local.answers import Error
from local.authorization import calls, identities, s3
from local.authorization.calls import Call
from local.authorization.resources import Place, needs
from local.faults.fault import Concerned, Fault, InvalidFaults
from local.faults.register import AT_HAND, STATE, Faults

_StartResponse = Callable[..., Any]
_Application = Callable[..., Iterable[bytes]]


class FaultLayer:
    """A WSGI application in front of another one; whoever gets here was let through by IAM."""

    def __init__(self, application: _Application, faults: Faults, account: str, region: str) -> None:
        self._application = application
        self._faults = faults
        self._account = account
        self._place = Place(account, region)

    def __call__(self, environ: dict[str, Any], start_response: _StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == calls.FAULTS:
            return self._configure(environ, start_response)
        if self._faults.are_on():
            call = calls.read(environ)
            hit = self._faults.hitting(self._concerned(call)) if call else None
            if call and hit:
                with self._faults.holding():
                    return self._failing(*hit, call, environ, start_response)
        return self._application(environ, start_response)

    def _concerned(self, call: Call) -> Concerned:
        operation = s3.operation(call) if call.service == "s3" else call.operation
        state = unquote(call.headers.get(STATE, ""))
        caller = identities.caller(self._account, call.access_key_id, call.headers).arn
        resources = [need.resource for need in needs(call, self._place)]
        return Concerned(call.service, operation, state, caller, resources)

    def _failing(
        self,
        fault: Fault,
        replaced: threading.Event,
        call: Call,
        environ: dict[str, Any],
        start_response: _StartResponse,
    ) -> Iterable[bytes]:
        if fault.is_late_only():
            return self._late(fault, replaced, environ, start_response)
        if fault.latency_seconds:
            replaced.wait(fault.latency_seconds)
        if fault.error:
            return answers.answer(call, fault.error, start_response)
        if fault.answer is not None:
            return _text(fault.answer, start_response)
        if fault.cut:
            if fault.cut == "after":
                b"".join(self._application(environ, lambda *_: None))
            return _cut(environ, start_response)
        at_hand = AT_HAND.set(fault)
        try:
            return self._application(environ, start_response)
        finally:
            AT_HAND.reset(at_hand)

    def _late(
        self, fault: Fault, replaced: threading.Event, environ: dict[str, Any], start_response: _StartResponse
    ) -> Iterable[bytes]:
        """The call has its effect at once, and is answered when nobody may wait any more."""
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
                return answers.answer(call, Error(code, str(error), 400), start_response)
        return _text(json.dumps(self._faults.described()), start_response)


def _text(text: str, start_response: _StartResponse) -> Iterable[bytes]:
    body = text.encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _cut(environ: dict[str, Any], start_response: _StartResponse) -> Iterable[bytes]:
    """Ends the connection: the client never sees a status."""
    connection: socket.socket = environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    start_response("500 CONNECTION CUT", [("Content-Length", "0")])
    return [b""]
