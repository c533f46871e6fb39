"""Lambda's execution environments: each serves one invocation at a time, and is kept for the next of its kind.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

import contextlib
import json
import multiprocessing
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local import credentials, processes

_RUNTIME = "function_runtime.py"
# of all functions, those used last: each holds some 60 MB
_KEPT = 4


class EnvironmentEnded(Exception):
    """The process ended before it answered; negative if a signal ended it."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


@dataclass(frozen=True)
class Kind:
    """What an environment is started with: after a change of any of it, one of another kind is asked for."""

    function: str
    role: str
    region: str
    handler: str
    code: Path
    variables: tuple[tuple[str, str], ...]


class Environment:
    """A process with a function's code and settings and a session of its role."""

    def __init__(self, kind: Kind, log: Path) -> None:
        self.kind = kind
        role = credentials.assume(kind.role, kind.function, kind.region)
        self._connection, theirs = multiprocessing.Pipe()
        with theirs:
            self._process = processes.start(
                _RUNTIME,
                [kind.handler, str(theirs.fileno())],
                processes.environment(dict(kind.variables) | role.environment()),
                kind.code,
                log,
                pass_fds=(theirs.fileno(),),
            )

    def lives(self) -> bool:
        """Whether it may be asked; threads that a function leaves behind may end it between two invocations."""
        return self._process.poll() is None

    def invoke(self, event: str, request_id: str, log: Path, seconds: float) -> tuple[bytes, bool]:
        """The answer, or the error in AWS's form, and whether it is one; raises TimeoutError or EnvironmentEnded."""
        invocation = {"event": event, "request_id": request_id, "log": str(log)}
        try:
            self._connection.send_bytes(json.dumps(invocation).encode())
            if not self._connection.poll(seconds):
                raise TimeoutError
            ended = json.loads(self._connection.recv_bytes())
        except (EOFError, ConnectionError):
            raise EnvironmentEnded(self._process.wait()) from None
        return ended["answer"].encode(), ended["failed"]

    def end(self) -> None:
        """Ends the process and all that it started."""
        processes.kill(self._process)
        self._connection.close()


class Environments:
    """Those that wait for another invocation, the one that was used last at the end."""

    def __init__(self) -> None:
        self._idle: list[Environment] = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def one(self, kind: Kind, log: Path) -> Iterator[Environment]:
        """An environment for one invocation, kept if that ends well; what starting it prints goes to the log."""
        environment = self._take(kind) or Environment(kind, log)
        try:
            yield environment
        except BaseException:
            environment.end()
            raise
        self._keep(environment)

    def _take(self, kind: Kind) -> Environment | None:
        with self._lock:
            found = next((idle for idle in reversed(self._idle) if idle.kind == kind), None)
            if found:
                self._idle.remove(found)
        if found and not found.lives():
            found.end()
            return self._take(kind)
        return found

    def _keep(self, environment: Environment) -> None:
        with self._lock:
            self._idle.append(environment)
            unwanted = self._idle.pop(0) if len(self._idle) > _KEPT else None
        if unwanted:
            unwanted.end()
