"""Lambda: an invocation runs the deployed archive in an execution environment, with its role's credentials.

Takes the place of moto's backend without Docker, which answers an invocation with its own input.
"""

import base64
import io
import json
import signal
import threading
import uuid
import zipfile
from pathlib import Path
from typing import Any

from moto.awslambda.exceptions import UnknownFunctionException
from moto.awslambda.models import LambdaFunction
from moto.awslambda_simple.models import LambdaSimpleBackend

from local import moto_seams
from local.faults.register import AT_HAND
from local.function_environments import EnvironmentEnded, Environments, Kind

_LOG_TAIL = 4096


class Functions:
    """Runs Lambda functions; `state` is the folder for extracted code and logs."""

    def __init__(self, url: str, state: Path) -> None:
        self._url = url
        self._code = state / "functions"
        self._logs = state / "log"
        self._extracting = threading.Lock()
        self._environments = Environments()

    def install(self) -> None:
        """Makes moto's Lambda run functions here."""
        functions = self

        def invoke(
            backend: LambdaSimpleBackend,
            function_name: str,
            qualifier: str | None,
            body: Any,
            headers: Any,
            response_headers: dict[str, str],
        ) -> bytes | None:
            function = _function(backend, function_name, qualifier)
            request_id = str(uuid.uuid4())
            answer, failed = functions.run(function, body or "{}", request_id)
            response_headers["x-amz-executed-version"] = str(function.version)
            if failed:
                response_headers["x-amz-function-error"] = "Unhandled"
            if headers.get("X-Amz-Log-Type") == "Tail":
                tail = functions.log(function, request_id).read_bytes()[-_LOG_TAIL:]
                response_headers["x-amz-log-result"] = base64.b64encode(tail).decode()
            return answer

        moto_seams.replace(LambdaSimpleBackend, "invoke", invoke)

    def log(self, function: LambdaFunction, request_id: str) -> Path:
        """Where what an invocation prints is."""
        return self._logs / str(function.function_name) / f"{request_id}.log"

    def run(self, function: LambdaFunction, event: str | bytes, request_id: str) -> tuple[bytes, bool]:
        """Runs one invocation to its end; the answer, or the error as AWS words it, and whether it is an error."""
        log = self.log(function, request_id).resolve()
        text = event.decode() if isinstance(event, bytes) else event
        fault = AT_HAND.get()
        ending = fault.function if fault else None
        try:
            with self._environments.one(self._kind(function), log) as environment:
                if ending == "timeout":  # however fast it would have been
                    raise TimeoutError
                if ending:
                    raise EnvironmentEnded(-signal.SIGKILL)
                return environment.invoke(text, request_id, log, float(function.timeout))
        except TimeoutError:
            late = f"{request_id} Task timed out after {float(function.timeout):.2f} seconds"
            return _error("Sandbox.Timedout", f"RequestId: {late}"), True
        except EnvironmentEnded as end:
            kind = "Runtime.OutOfMemory" if ending == "memory" else "Runtime.ExitError"
            how = "signal: killed" if end.exit_code < 0 else f"exit status {end.exit_code}"
            return _error(kind, f"RequestId: {request_id} Error: Runtime exited with error: {how}"), True

    def _kind(self, function: LambdaFunction) -> Kind:
        return Kind(
            function.function_name,
            function.role,
            function.region,
            str(function.handler),
            self._extracted(function),
            tuple(self._variables(function).items()),
        )

    def _extracted(self, function: LambdaFunction) -> Path:
        folder = self._code / function.code_digest
        with self._extracting:
            if not folder.exists():
                with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as archive:
                    archive.extractall(folder)
        return folder

    def _variables(self, function: LambdaFunction) -> dict[str, str]:
        """https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"""
        return {
            "AWS_ENDPOINT_URL": self._url,
            "AWS_REGION": function.region,
            "AWS_DEFAULT_REGION": function.region,
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
            "AWS_LAMBDA_FUNCTION_TIMEOUT": str(function.timeout),
            "AWS_LAMBDA_FUNCTION_VERSION": str(function.version),
            "LAMBDA_TASK_ROOT": ".",
            **function.environment_vars,
        }


def _function(backend: LambdaSimpleBackend, name: str, qualifier: str | None) -> LambdaFunction:
    try:
        return backend.get_function(name, qualifier)
    except UnknownFunctionException as error:
        if qualifier:
            raise
        # recorded 2025-11-24: an invocation without a qualifier is one of the latest version
        raise UnknownFunctionException(error.message.partition(": ")[2] + ":$LATEST") from error


def _error(kind: str, message: str) -> bytes:
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()
