"""Lambda's execution environments: each serves one invocation at a time, and is reused for equal settings.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

import contextlib
import json
import multiprocessing
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local.services import credentials, processes

_RUNTIME = "function_runtime.py"
# most recently used, of all functions; each takes about 60 MB
_MAX_IDLE = 4


class ProcessEnded(Exception):
    """The process of an environment ended before it answered; the exit code is negative after a signal."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


@dataclass(frozen=True)
class Settings:
    """What an environment is started with; a changed function needs a new environment."""

    function: str
    role: str
    region: str
    handler: str
    code: Path
    variables: tuple[tuple[str, str], ...]


class Environment:
    """A process with a function's code and settings and a session of its role."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self.settings = settings
        role = credentials.assume(settings.role, settings.function, settings.region)
        self._connection, child_connection = multiprocessing.Pipe()
        with child_connection:
            self._process = processes.start(
                _RUNTIME,
                [settings.handler, str(child_connection.fileno())],
                processes.environment(dict(settings.variables) | role.environment()),
                settings.code,
                log,
                pass_fds=(child_connection.fileno(),),
            )

    def is_alive(self) -> bool:
        """Whether the process runs; a thread that a function left behind may end it between two invocations."""
        return self._process.poll() is None

    def invoke(self, event: str, request_id: str, log: Path, seconds: float) -> tuple[bytes, bool]:
        """Returns the payload, and whether it is an error; raises TimeoutError or ProcessEnded."""
        invocation = {"event": event, "request_id": request_id, "log": str(log)}
        try:
            self._connection.send_bytes(json.dumps(invocation).encode())
            if not self._connection.poll(seconds):
                raise TimeoutError
            result = json.loads(self._connection.recv_bytes())
        except (EOFError, ConnectionError):
            raise ProcessEnded(self._process.wait()) from None
        return result["payload"].encode(), result["failed"]

    def end(self) -> None:
        """Ends the process and its children."""
        processes.kill(self._process)
        self._connection.close()


class Environments:
    """The idle environments, the most recently used last."""

    def __init__(self) -> None:
        self._idle: list[Environment] = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def borrow(self, settings: Settings, log: Path) -> Iterator[Environment]:
        """An environment for one invocation; it is reused unless an exception is raised.

        The output of starting a new environment goes to the log.
        """
        environment = self._take(settings) or Environment(settings, log)
        try:
            yield environment
        except BaseException:
            environment.end()
            raise
        self._return(environment)

    def _take(self, settings: Settings) -> Environment | None:
        with self._lock:
            found = next((idle for idle in reversed(self._idle) if idle.settings == settings), None)
            if found:
                self._idle.remove(found)
        if found and not found.is_alive():
            found.end()
            return self._take(settings)
        return found

    def _return(self, environment: Environment) -> None:
        with self._lock:
            self._idle.append(environment)
            oldest = self._idle.pop(0) if len(self._idle) > _MAX_IDLE else None
        if oldest:
            oldest.end()
