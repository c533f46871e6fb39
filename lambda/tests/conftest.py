"""An S3 in memory, and an https server with a certificate made for the test."""

import functools
import os
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "extract"))
# after the other function, whose handler is the one that tests import by name
sys.path.append(str(Path(__file__).parents[1] / "lineage"))

from handler import handler
from local.certificates import self_signed

SOURCE, DATA = "source-bucket", "data-bucket"
DESTINATION = f"s3://{DATA}/raw/run_id=r1/flights/"
COPIES = f"{DESTINATION}call=c1/"


def event(
    uri: str,
    published: dict[str, Any] | None = None,
    incremental: bool = False,
    run: str = "r1",
    sensitive: bool = False,
) -> Any:
    """What the workflow sends: with an earlier answer about the source, if `published`."""
    known = published and {name: value for name, value in published.items() if name != "changed"}
    source: dict[str, Any] = {"name": "flights", "uri": uri, **({"sensitive": True} if sensitive else {})}
    destination = DESTINATION.replace("r1", run)
    return {
        "source": source,
        "run_id": run,
        "destination": destination,
        "published": known,
        "incremental": incremental,
    }


def extract(
    uri: str,
    published: dict[str, Any] | None = None,
    incremental: bool = False,
    run: str = "r1",
    call: str = "c1",
    sensitive: bool = False,
) -> Any:
    """The function's answer to that event, in the invocation of that id."""
    return handler(event(uri, published, incremental, run, sensitive), SimpleNamespace(aws_request_id=call))


def nothing_is_left(s3: Any) -> bool:
    """Whether the data bucket holds neither objects nor uploads that were begun."""
    return "Contents" not in s3.list_objects_v2(Bucket=DATA) and "Uploads" not in s3.list_multipart_uploads(Bucket=DATA)


def require_match(params: dict[str, Any], **_: Any) -> None:
    """The condition of a copy, as S3 keeps it and moto does not."""
    found = boto3.client("s3").head_object(**params["CopySource"])["ETag"]
    if params["CopySourceIfMatch"] != found:
        error = {"Code": "PreconditionFailed", "Message": "At least one of the pre-conditions did not hold"}
        raise ClientError({"Error": error, "ResponseMetadata": {"HTTPStatusCode": 412}}, "CopyObject")  # type: ignore[arg-type]


def send_bytes(request: Any, **_: Any) -> None:
    """A part in the form that moto accepts when it replaces the connection; servers see no difference."""
    request.body = bytes(request.body or b"")


@functools.cache
def session() -> boto3.Session:
    """One for all tests: to make it takes longer than most of them."""
    made = boto3.Session()
    for operation in ("CopyObject", "UploadPartCopy"):
        made.events.register(f"provide-client-params.s3.{operation}", require_match)
    made.events.register("before-send.s3.UploadPart", send_bytes)
    return made


@functools.cache
def administrator() -> Any:
    """The client with which tests look and write."""
    return session().client("s3")


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """S3 with a source's bucket and the data bucket."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("RAW_RETENTION_DAYS", "30")
    monkeypatch.setenv("SENSITIVE_RAW_RETENTION_DAYS", "3")
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost")
    with mock_aws():
        boto3.DEFAULT_SESSION = session()
        client = administrator()
        for bucket in (SOURCE, DATA):
            client.create_bucket(Bucket=bucket)
        yield client


Answer = Callable[[BaseHTTPRequestHandler], None]


class HttpsServer:
    """Answers each path as the test says."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[BaseHTTPRequestHandler] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server.requests.append(self)
                server.answers[self.path.split("?")[0]](self)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, path: str) -> str:
        """The address of a path on this server."""
        return f"https://localhost:{self._http.server_port}{path}"

    def on(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Answers a path with a body; headers' underscores stand for dashes."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in ({"Content_Length": str(len(body))} | headers).items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(body)
            request.close_connection = True

        self.answers[path] = answer
        return self.url(path)

    def close(self) -> None:
        """Ends the server."""
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for localhost, with its key, in one file."""
    return self_signed(tmp_path_factory.mktemp("tls"), "outside.example")


@pytest.fixture
def https(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HttpsServer]:
    """A server whose certificate the function trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = HttpsServer(context)
    yield server
    server.close()
    assert "SSL_CERT_FILE" in os.environ


@pytest.fixture
def own_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The function takes the clock that the test gives with the context."""
    monkeypatch.setattr("handler.Clock", lambda context: context.clock)
