"""The function's extraction over https beside a bare `curl` to a file, from the same loopback server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import preview, sources
from bench.pairs import Pair, measure, seconds
from local import certificates

ROOT = Path(__file__).parents[1]
WORK = ROOT / "target" / "bench"
SIZE = 512 * 1024**2
MEMORY_SIZE = 5 * 1024**3
MEMORY_LIMIT_MIB = 128
PAGES = 5_000

# one event, in a process of its own; prints how long the handler took and the most memory that the process ever held
FUNCTION = """
import json, resource, sys, time
from types import SimpleNamespace
sys.path.insert(0, "lambda/extract")
from handler import handler
started = time.monotonic()
handler(json.loads(sys.argv[1]), SimpleNamespace(aws_request_id="one", get_remaining_time_in_millis=lambda: 900_000))
taken = time.monotonic() - started
print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def run() -> tuple[list[Pair], str]:
    """The pairs, and a sentence on memory."""
    with _servers() as (source, api, environment):

        def extract(address: str, **settings: object) -> tuple[float, float]:
            found = {"name": "large", "uri": address, **settings}
            event = {"source": found, "run_id": "r", "destination": "s3://data-bucket/raw/"}
            event |= {"published": None, "incremental": False}
            command = [sys.executable, "-c", FUNCTION, json.dumps(event)]
            printed = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
            taken, megabytes = json.loads(printed.stdout.splitlines()[-1])
            return taken, megabytes

        curl = ["curl", "--silent", "--fail", "--cacert", environment["SSL_CERT_FILE"]]
        curl += ["--output", str(WORK / "curl.bin"), f"{source}/{SIZE}"]
        pairs = [
            measure(
                f"extraction of {SIZE >> 20} MiB over https{way} to `curl`",
                "at most 1.11",
                lambda ratio: ratio <= 1 / 0.9,
                lambda query=query: extract(f"{source}/{SIZE}{query}")[0],
                lambda: seconds(curl, ROOT, environment),
            )
            for way, query in ((", in ranges", ""), (", in one", "?whole"))
        ]
        paging = {"type": "page", "parameter": "page", "records": "items"}
        paging |= {"maxPages": 2 * PAGES, "maxMegabytes": 1024, "maxMinutes": 60}
        held: list[float] = []

        def extract_pages() -> float:
            taken, megabytes = extract(f"{api}/{PAGES}", paging=paging)
            held.append(megabytes)
            return taken

        requests = ["curl", "--silent", "--fail", "--cacert", environment["SSL_CERT_FILE"]]
        requests += ["--output", str(WORK / "curl.bin"), f"{api}/{PAGES}?page=[1-{PAGES + 1}]"]
        pairs.append(
            measure(
                f"extraction of {PAGES:,} pages of a slow API, to the same requests by `curl`",
                "at most 2",
                lambda ratio: ratio <= 2,
                extract_pages,
                lambda: seconds(requests, ROOT, environment),
                runs=3,
            )
        )
        with preview.local_aws() as aws:
            pairs.append(sources.run(source, aws, environment))
        most = max(extract(f"{source}/{MEMORY_SIZE}{query}")[1] for query in ("", "?whole"))
        verdict = "met" if most < MEMORY_LIMIT_MIB else "not met"
        memory = (
            f"The most memory that the function's process held while it extracted {MEMORY_SIZE >> 30} GiB:"
            f" {most:.0f} MiB, interpreter and AWS SDK included (goal: less than {MEMORY_LIMIT_MIB} MiB, {verdict});"
            f" while it extracted the pages: {max(held):.0f} MiB."
        )
        print(memory, flush=True)
        return pairs, memory


@contextmanager
def _servers() -> Iterator[tuple[str, str, dict[str, str]]]:
    WORK.mkdir(parents=True, exist_ok=True)
    certificate = certificates.self_signed(WORK)
    with (
        _server("source", certificate) as source,
        _server("pages", certificate) as api,
        _server("sink", certificate) as sink,
    ):
        environment = os.environ | {
            "ALLOWED_HOSTS": "localhost",
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_CA_BUNDLE": str(certificate),
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": sink,
            "AWS_SECRET_ACCESS_KEY": "bench",
            "RAW_RETENTION_DAYS": "30",
            "SSL_CERT_FILE": str(certificate),
        }
        try:
            yield source, api, environment
        finally:
            (WORK / "curl.bin").unlink(missing_ok=True)


@contextmanager
def _server(kind: str, certificate: Path) -> Iterator[str]:
    """The address of a server of that kind, which lives as long."""
    command = [sys.executable, "-m", "bench.servers", kind, str(certificate)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        assert server.stdout and server.stdin  # noqa: S101
        try:
            yield f"https://localhost:{server.stdout.readline().strip()}"
        finally:
            server.stdin.close()
