"""Lambda: an invocation runs the deployed archive in an execution environment, with the credentials of its role."""

import io
import json
import signal
import threading
import zipfile
from pathlib import Path

from moto.awslambda.models import LambdaFunction

from local.faults.register import ACTIVE_FAULT
from local.services.function_environments import Environments, ProcessEnded, Settings


class Functions:
    """Runs Lambda functions; `state` is the folder for extracted code and logs."""

    def __init__(self, url: str, state: Path) -> None:
        self._url = url
        self._code = state / "functions"
        self._logs = state / "log"
        self._extraction_lock = threading.Lock()
        self._environments = Environments()

    def log(self, function: LambdaFunction, request_id: str) -> Path:
        """The file with the output of an invocation."""
        return self._logs / str(function.function_name) / f"{request_id}.log"

    def run(self, function: LambdaFunction, event: str | bytes, request_id: str) -> tuple[bytes, bool]:
        """Runs one invocation; returns the payload, and whether the payload is an error, which has AWS's form."""
        log = self.log(function, request_id).resolve()
        text = event.decode() if isinstance(event, bytes) else event
        fault = ACTIVE_FAULT.get()
        injected = fault.function if fault else None
        try:
            with self._environments.borrow(self._settings(function), log) as environment:
                if injected == "timeout":
                    raise TimeoutError
                if injected:
                    raise ProcessEnded(-signal.SIGKILL)
                return environment.invoke(text, request_id, log, float(function.timeout))
        except TimeoutError:
            message = f"{request_id} Task timed out after {float(function.timeout):.2f} seconds"
            return _error("Sandbox.Timedout", f"RequestId: {message}"), True
        except ProcessEnded as end:
            error_type = "Runtime.OutOfMemory" if injected == "memory" else "Runtime.ExitError"
            reason = "signal: killed" if end.exit_code < 0 else f"exit status {end.exit_code}"
            return _error(error_type, f"RequestId: {request_id} Error: Runtime exited with error: {reason}"), True

    def _settings(self, function: LambdaFunction) -> Settings:
        return Settings(
            function.function_name,
            function.role,
            function.region,
            str(function.handler),
            self._extract(function),
            tuple(self._variables(function).items()),
        )

    def _extract(self, function: LambdaFunction) -> Path:
        folder = self._code / function.code_digest
        with self._extraction_lock:
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


def _error(error_type: str, message: str) -> bytes:
    return json.dumps({"errorType": error_type, "errorMessage": message}).encode()
