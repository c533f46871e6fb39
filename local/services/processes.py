"""Child processes that run deployed code; they and their children end when this process ends.

A child has the reading end of a pipe whose only writing end is in this process. When this process ends, for any reason,
the child's `watch` reads the end of the pipe and kills the child's process group.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

_INHERITED = ("HOME", "LANG", "LC_ALL", "PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "TMPDIR", "JAVA_HOME")


def environment(values: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child: the inherited variables and `values`, and no other variable of this process."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return inherited | {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"} | dict(values)


def start(
    module: str,
    arguments: list[str],
    env: dict[str, str],
    folder: Path,
    log: Path,
    error_log: Path | None = None,
    pass_fds: Sequence[int] = (),
    python: Path = Path(sys.executable),
) -> subprocess.Popen[bytes]:
    """Starts a runtime of this package, which calls `watch`, in a new process group.

    Without an `error_log`, standard error is also written to the log.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output, (error_log or log).open("ab") as errors:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [str(python), str(Path(__file__).with_name(module)), *arguments],
            cwd=folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=errors,
            start_new_session=True,
            pass_fds=pass_fds,
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a child and its children, which may have outlived it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()


def watch() -> None:
    """Kills the process group of a child when the parent's end of standard input is closed; called in the child."""
    parent_pipe = os.dup(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def wait() -> None:
        while os.read(parent_pipe, 4096):
            pass
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()
