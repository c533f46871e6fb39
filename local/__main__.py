"""Runs the local AWS until it is told to stop.

Prints one line of JSON when it is ready, with where it answers and the administrator's credentials; the same stands in
`endpoint.json` in the state folder.
"""

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path

from local import java, provider, server
from local.endpoint import AwsEndpoint

# all that a state folder ever holds
_OWN = {"endpoint.json", "functions", "jobs", "log", "pulumi", "reports", "settings.yaml"}


def main() -> None:
    """Parses the arguments, serves, and waits for the end."""
    parser = argparse.ArgumentParser(prog="local", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="folder for logs and whatever else this leaves")
    parser.add_argument("--spark-jars", type=Path, required=True, help="folder with the jars of Spark's S3 file system")
    parser.add_argument("--exit-with-stdin", action="store_true", help="end when standard input does")
    arguments = parser.parse_args()

    try:
        java.variables()
    except java.JavaError as error:
        sys.exit(str(error))
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    if arguments.exit_with_stdin:
        threading.Thread(target=_wait_for_stdin, args=(ended,), daemon=True).start()

    _make_private(arguments.state)
    endpoint = server.start(arguments.state.resolve(), arguments.spark_jars)
    resources = provider.serve(endpoint)
    _announce(endpoint, resources.port, arguments.state)
    ended.wait()
    # the children see the end of their pipes; threads that wait for them need not be waited for
    os._exit(0)


def _make_private(state: Path) -> None:
    """Logs and state are the user's alone; a folder that holds anything else is left as it is."""
    os.umask(0o077)
    state.mkdir(parents=True, exist_ok=True)
    if {entry.name for entry in state.iterdir()} <= _OWN:
        state.chmod(0o700)
    for name in ("functions", "jobs", "log"):
        (state / name).mkdir(exist_ok=True)
        (state / name).chmod(0o700)


def _announce(endpoint: AwsEndpoint, provider_port: int, state: Path) -> None:
    facts = {
        "aws": endpoint.url,
        "provider": provider_port,
        "region": endpoint.region,
        "account": endpoint.account,
        "access_key_id": endpoint.access_key_id,
        "secret_access_key": endpoint.secret_access_key,
        "pid": os.getpid(),
    }
    line = json.dumps(facts)
    file = state / "endpoint.json"
    file.write_text(line + "\n", encoding="utf-8")
    print(line, flush=True)


def _wait_for_stdin(ended: threading.Event) -> None:
    sys.stdin.buffer.read()
    ended.set()


if __name__ == "__main__":
    main()
