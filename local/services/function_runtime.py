"""The process of an execution environment of Lambda: a program that starts in the folder of the function's code.

    function_runtime.py HANDLER DESCRIPTOR

Reads invocations from the connection of the file descriptor, {"event", "request_id", "log"}, in sequence, and writes
the result of each, {"payload", "failed"}: the JSON of the return value, or the error in AWS's form. The output of an
invocation is appended to its log.
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
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_MEGABYTE = 1024**2
_TASK_ROOT = "/var/task"
# address space of the interpreter, boto3 and their libraries, most of which is never resident
_ADDRESS_SPACE_OVERHEAD = 1024 * _MEGABYTE


@dataclass(frozen=True)
class Context:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    aws_request_id: str
    function_name: str = field(default_factory=lambda: os.environ["AWS_LAMBDA_FUNCTION_NAME"])
    function_version: str = field(default_factory=lambda: os.environ["AWS_LAMBDA_FUNCTION_VERSION"])
    memory_limit_in_mb: str = field(default_factory=lambda: os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"])
    started: float = field(default_factory=time.monotonic)

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function times out."""
        left = float(os.environ["AWS_LAMBDA_FUNCTION_TIMEOUT"]) - (time.monotonic() - self.started)
        return max(0, int(left * 1000))


def run(handler: str, event: str, request_id: str) -> tuple[str, bool]:
    """Returns the handler's return value as JSON, or the error as JSON, and whether it is an error."""
    module, _, function = handler.rpartition(".")
    try:
        value = getattr(importlib.import_module(module), function)(json.loads(event), Context(request_id))
        # recorded 2025-11-06: bytes are the payload, unchanged
        return value.decode() if isinstance(value, bytes) else json.dumps(value), False
    except Exception as error:
        traceback.print_exc()
        return json.dumps(_description(error, request_id)), True


def _description(error: Exception, request_id: str) -> dict[str, Any]:
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": _stack_trace(error),
    }


def _stack_trace(error: Exception) -> list[str]:
    """The frames from the handler inwards, with their paths on AWS."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    return [line.replace(f'File "{Path.cwd()}/', f'File "{_TASK_ROOT}/') for line in traceback.format_list(frames)]


def main(handler: str, descriptor: int) -> int:
    """Serves invocations, within the function's memory, until the connection is closed."""
    memory = int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) * _MEGABYTE + _ADDRESS_SPACE_OVERHEAD
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.set_inheritable(descriptor, False)
    connection = Connection(descriptor)
    while True:
        try:
            invocation = json.loads(connection.recv_bytes())
        except EOFError:
            return 0
        _print_to(invocation["log"])
        payload, failed = _serve(handler, invocation["event"], invocation["request_id"])
        connection.send_bytes(json.dumps({"payload": payload, "failed": failed}).encode())


def _print_to(log: str) -> None:
    """Redirects standard output and error of this process and of its children to a file."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)


def _serve(handler: str, event: str, request_id: str) -> tuple[str, bool]:
    started = time.monotonic()
    print(f"START RequestId: {request_id} Version: {os.environ['AWS_LAMBDA_FUNCTION_VERSION']}")
    result = run(handler, event, request_id)
    print(f"END RequestId: {request_id}")
    print(_report(request_id, time.monotonic() - started))
    return result


def _report(request_id: str, seconds: float) -> str:
    """The line in which Lambda reports the billed duration."""
    size = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
    milliseconds = seconds * 1000
    return (
        f"REPORT RequestId: {request_id}\tDuration: {milliseconds:.2f} ms\t"
        f"Billed Duration: {math.ceil(milliseconds)} ms\tMemory Size: {size} MB"
    )


if __name__ == "__main__":
    # the first entry is this program's folder; the function's code is in the current one
    repository = Path(sys.path[0]).parents[1]
    sys.path[0] = str(repository)
    from local.services import processes

    processes.watch()
    sys.path[0] = str(Path.cwd())
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
