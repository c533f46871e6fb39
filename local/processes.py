"""Child processes that run deployed code and end, with all that they started, when this process does.

A child holds the reading end of a pipe whose writing end lives here only: when this process ends, for whatever reason,
the child's `watch` sees the end of the pipe and kills the child's own process group.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

_KEPT_FROM_OURS = ("HOME", "LANG", "LC_ALL", "PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "TMPDIR", "JAVA_HOME")


def environment(values: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child: what running needs, `values`, and nothing else of ours."""
    kept = {name: os.environ[name] for name in _KEPT_FROM_OURS if name in os.environ}
    return kept | {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"} | dict(values)


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
    """Starts one of this package's runtimes, which calls `watch`, in a process group of its own.

    Without an `error_log`, standard error goes to the log, too.
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
    """Ends a child and all that it started, which may outlast it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()


def watch() -> None:
    """To be called in a child: ends its process group when the parent's end of standard input is gone."""
    lifeline = os.dup(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def wait() -> None:
        while os.read(lifeline, 4096):
            pass
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()
