"""Runs the local AWS until it is stopped.

When it is ready, it prints one line of JSON with its addresses and the administrator's credentials, and writes the same
line to `endpoint.json` in the state folder.
"""

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path

from local import provider, server, source_server
from local.endpoint import AwsEndpoint
from local.services import java

# the possible content of a state folder
_STATE_ENTRIES = {"endpoint.json", "functions", "jobs", "log", "pulumi", "reports", "settings.yaml"}


def main() -> None:
    """Parses the arguments, serves, and waits until the process is stopped."""
    parser = argparse.ArgumentParser(prog="local", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="folder for logs and other files")
    parser.add_argument("--spark-jars", type=Path, required=True, help="folder with the jars of Spark's S3 file system")
    parser.add_argument("--server", type=Path, help="program that serves the sources of the stack")
    parser.add_argument("--exit-with-stdin", action="store_true", help="exit when standard input is closed")
    arguments = parser.parse_args()

    try:
        java.variables()
    except java.JavaError as error:
        sys.exit(str(error))
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    if arguments.exit_with_stdin:
        threading.Thread(target=_wait_for_stdin, args=(stopped,), daemon=True).start()

    _make_private(arguments.state)
    log = arguments.state / "log" / "source-server.log"
    served = source_server.start(arguments.server, log) if arguments.server else {}
    endpoint = server.start(arguments.state.resolve(), arguments.spark_jars)
    resources = provider.serve(endpoint)
    _announce(endpoint, resources.port, served, arguments.state)
    stopped.wait()
    # the children end by themselves, so the threads that wait for them are not joined
    os._exit(0)


def _make_private(state: Path) -> None:
    """Restricts logs and state to the user; the permissions of a folder with other content stay unchanged."""
    os.umask(0o077)
    state.mkdir(parents=True, exist_ok=True)
    if {entry.name for entry in state.iterdir()} <= _STATE_ENTRIES:
        state.chmod(0o700)
    for name in ("functions", "jobs", "log"):
        (state / name).mkdir(exist_ok=True)
        (state / name).chmod(0o700)


def _announce(endpoint: AwsEndpoint, provider_port: int, served: dict[str, str], state: Path) -> None:
    properties = {
        "aws": endpoint.url,
        "provider": provider_port,
        "region": endpoint.region,
        "account": endpoint.account,
        "access_key_id": endpoint.access_key_id,
        "secret_access_key": endpoint.secret_access_key,
        "pid": os.getpid(),
        "server": served,
    }
    line = json.dumps(properties)
    file = state / "endpoint.json"
    file.write_text(line + "\n", encoding="utf-8")
    print(line, flush=True)


def _wait_for_stdin(stopped: threading.Event) -> None:
    sys.stdin.buffer.read()
    stopped.set()


if __name__ == "__main__":
    main()
