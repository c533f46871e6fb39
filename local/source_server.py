"""A program that serves the sources of a stack while the local AWS runs, such as an API or a database.

The program prints one line of JSON when it is ready, an object of texts, which the settings of the stack refer to as
{server.NAME}. It ends when its standard input is closed, so also when the local AWS is killed. It may import the
modules of this project. `certificate`, if it prints one, is the file with the certificate that its clients must trust.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]


def start(program: Path, log: Path) -> dict[str, str]:
    """Starts a Python program and returns what it prints; exits with its log's place if it does not get ready."""
    with log.open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603 - the user's own program, named in the settings
            [sys.executable, str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=os.environ | {"PYTHONPATH": str(_ROOT)},
        )
    line = process.stdout.readline() if process.stdout else b""
    if not line:
        last = log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]
        sys.exit(f"{program} did not start: {last} ({log})")
    properties: dict[str, str] = json.loads(line)
    if "certificate" in properties:
        # functions inherit it
        os.environ["SSL_CERT_FILE"] = properties["certificate"]
    return properties
