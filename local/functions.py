"""Lambda: an invocation runs the deployed archive in a process of its own, with its role's credentials.

Takes the place of moto's backend without Docker, which answers an invocation with its own input.
"""

import io
import json
import subprocess
import tempfile
import threading
import uuid
import zipfile
from pathlib import Path
from typing import Any

from moto.awslambda.models import LambdaFunction
from moto.awslambda_simple.models import LambdaSimpleBackend

from local import credentials, moto_seams, processes
from local.faults.register import AT_HAND

_RUNTIME = "function_runtime.py"


class Functions:
    """Runs Lambda functions; `state` is the folder for extracted code and logs."""

    def __init__(self, url: str, state: Path) -> None:
        self._url = url
        self._code = state / "functions"
        self._logs = state / "log"
        self._extracting = threading.Lock()

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
            function = backend.get_function(function_name, qualifier)
            answer, failed = functions.run(function, body or "{}")
            if failed:
                response_headers["x-amz-function-error"] = "Unhandled"
            return answer

        moto_seams.replace(LambdaSimpleBackend, "invoke", invoke)

    def run(self, function: LambdaFunction, event: str | bytes) -> tuple[bytes, bool]:
        """Runs one invocation to its end; the answer, or the error as AWS words it, and whether it is an error."""
        request_id = str(uuid.uuid4())
        role = credentials.assume(function.role, function.function_name, function.region)
        with tempfile.TemporaryDirectory() as folder:
            event_file, answer_file = Path(folder, "event.json"), Path(folder, "answer.json")
            event_file.write_bytes(event if isinstance(event, bytes) else event.encode())
            process = processes.start(
                _RUNTIME,
                [str(function.handler), str(event_file), str(answer_file), request_id],
                processes.environment(self._environment(function) | role.environment()),
                self._extracted(function),
                self._logs / function.function_name / f"{request_id}.log",
            )
            fault = AT_HAND.get()
            ending = fault.function if fault else None
            try:
                if ending:  # however fast it would have been
                    processes.kill(process)
                    answer_file.unlink(missing_ok=True)
                if ending == "timeout":
                    raise subprocess.TimeoutExpired(_RUNTIME, 0)
                process.wait(float(function.timeout))
            except subprocess.TimeoutExpired:
                text = f"{request_id} Task timed out after {float(function.timeout):.2f} seconds"
                return _error("Sandbox.Timedout", f"RequestId: {text}"), True
            finally:
                processes.kill(process)
            if not answer_file.exists():
                kind = "Runtime.OutOfMemory" if ending == "memory" else "Runtime.ExitError"
                how = "signal: killed" if process.returncode < 0 else f"exit status {process.returncode}"
                return _error(kind, f"RequestId: {request_id} Error: Runtime exited with error: {how}"), True
            return answer_file.read_bytes(), process.returncode != 0

    def _extracted(self, function: LambdaFunction) -> Path:
        folder = self._code / function.code_digest
        with self._extracting:
            if not folder.exists():
                with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as archive:
                    archive.extractall(folder)
        return folder

    def _environment(self, function: LambdaFunction) -> dict[str, str]:
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


def _error(kind: str, message: str) -> bytes:
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()
