"""The process of an execution environment of Lambda: a program, started in the folder of the function's code.

    function_runtime.py HANDLER DESCRIPTOR

Reads invocations from the connection of this file descriptor, {"event", "request_id", "log"}, one after the other, and
writes to it what each ends with, {"answer", "failed"}: the answer's JSON, or the error in AWS's form. What an
invocation prints is appended to its log.
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


def run(handler: str, event: str, request_id: str) -> tuple[str, bool]:
    """The handler's answer as JSON, or the error's, and whether it is one."""
    module, _, function = handler.rpartition(".")
    try:
        answer = getattr(importlib.import_module(module), function)(json.loads(event), Context(request_id))
        # recorded 2025-11-06: bytes are the answer as they are
        return answer.decode() if isinstance(answer, bytes) else json.dumps(answer), False
    except Exception as error:
        traceback.print_exc()
        return json.dumps(_described(error, request_id)), True


def _described(error: Exception, request_id: str) -> dict[str, Any]:
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": _stack_trace(error),
    }


def _stack_trace(error: Exception) -> list[str]:
    """The frames from the function's own on, by their paths on AWS."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    return [line.replace(f'File "{Path.cwd()}/', f'File "{_TASK_ROOT}/') for line in traceback.format_list(frames)]


def main(handler: str, descriptor: int) -> int:
    """Serves invocations within the function's memory until there are no more."""
    memory = int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) * _MEGABYTE + _ADDRESS_SPACE_BESIDES
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
        answer, failed = _serve(handler, invocation["event"], invocation["request_id"])
        connection.send_bytes(json.dumps({"answer": answer, "failed": failed}).encode())


def _print_to(log: str) -> None:
    """Makes a file the one that this process and those it starts print to."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)


def _serve(handler: str, event: str, request_id: str) -> tuple[str, bool]:
    started = time.monotonic()
    print(f"START RequestId: {request_id} Version: {os.environ['AWS_LAMBDA_FUNCTION_VERSION']}")
    ended = run(handler, event, request_id)
    print(f"END RequestId: {request_id}")
    print(_report(request_id, time.monotonic() - started))
    return ended


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
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
