"""The process in which one Lambda invocation runs: a program, started in the folder of the function's code.

    function_runtime.py HANDLER EVENT_FILE ANSWER_FILE REQUEST_ID

Writes the answer, or the error in AWS's form, to ANSWER_FILE; exits 1 after an error.
"""

import importlib
import json
import math
import os
import resource
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_MEGABYTE = 1024**2
# the interpreter, boto3 and their libraries' address space, most of which never becomes memory
_ADDRESS_SPACE_BESIDES = 1024 * _MEGABYTE


@dataclass(frozen=True)
class Context:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    aws_request_id: str
    function_name: str = field(default_factory=lambda: os.environ["AWS_LAMBDA_FUNCTION_NAME"])
    function_version: str = field(default_factory=lambda: os.environ["AWS_LAMBDA_FUNCTION_VERSION"])
    memory_limit_in_mb: str = field(default_factory=lambda: os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"])
    started: float = field(default_factory=time.monotonic)

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function's time is up."""
        left = float(os.environ["AWS_LAMBDA_FUNCTION_TIMEOUT"]) - (time.monotonic() - self.started)
        return max(0, int(left * 1000))


def run(handler: str, event: str, request_id: str) -> tuple[str, int]:
    """The handler's answer as JSON and 0, or the error's JSON and 1."""
    module, _, function = handler.rpartition(".")
    try:
        answer = getattr(importlib.import_module(module), function)(json.loads(event), Context(request_id))
        return json.dumps(answer), 0
    except Exception as error:
        traceback.print_exc()
        return json.dumps(_described(error, request_id)), 1


def _described(error: Exception, request_id: str) -> dict[str, Any]:
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": traceback.format_tb(error.__traceback__),
    }


def main(handler: str, event_file: str, answer_file: str, request_id: str) -> int:
    """Runs one invocation within the function's memory."""
    memory = int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) * _MEGABYTE + _ADDRESS_SPACE_BESIDES
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    started = time.monotonic()
    print(f"START RequestId: {request_id} Version: {os.environ['AWS_LAMBDA_FUNCTION_VERSION']}")
    answer, code = run(handler, Path(event_file).read_text(encoding="utf-8"), request_id)
    Path(answer_file).write_text(answer, encoding="utf-8")
    print(f"END RequestId: {request_id}")
    print(_report(request_id, time.monotonic() - started))
    return code


def _report(request_id: str, seconds: float) -> str:
    """The line by which Lambda says what it bills."""
    size = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
    milliseconds = seconds * 1000
    return (
        f"REPORT RequestId: {request_id}\tDuration: {milliseconds:.2f} ms\t"
        f"Billed Duration: {math.ceil(milliseconds)} ms\tMemory Size: {size} MB"
    )


if __name__ == "__main__":
    # the program's own folder comes first otherwise, and the function's code is found in the current one
    package = Path(sys.path[0])
    sys.path[0] = str(package.parent)
    from local import processes

    processes.watch()
    sys.path[0] = str(Path.cwd())
    sys.exit(main(*sys.argv[1:]))
