"""Extraction over https."""

import contextlib
import functools
import hashlib
import io
import socket
import threading
import tracemalloc
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar

import pytest
from botocore.exceptions import ClientError
from conftest import COPIES, DATA, HttpsServer, event, extract, nothing_is_left

import https_body
import https_source
import uploads
from errors import SourceRefused, SourceTruncated
from event import Deployed, Event, S3Uri


def stored(s3: Any, name: str) -> bytes:
    return bytes(s3.get_object(Bucket=DATA, Key=f"raw/run_id=r1/flights/call=c1/{name}")["Body"].read())


def test_a_body_is_stored_under_the_name_in_its_address(s3: Any, https: HttpsServer) -> None:
    answer = extract(https.on("/data/flights.csv.gz", b"a,b\n", ETag='"v1"') + "?token=secret")
    assert answer["uri"] == f"{COPIES}flights.csv.gz"
    assert (answer["bytes"], answer["etag"]) == (4, "v1")
    assert stored(s3, "flights.csv.gz") == b"a,b\n"


@pytest.mark.parametrize("etag", ['W/"weak"', "", '""'])
def test_without_a_strong_etag_the_contents_hash_is_the_version(s3: Any, https: HttpsServer, etag: str) -> None:
    answer = extract(https.on("/a.csv", b"body", ETag=etag))
    assert answer["etag"] == hashlib.sha256(b"body").hexdigest()


def test_an_empty_body_is_stored(s3: Any, https: HttpsServer) -> None:
    assert extract(https.on("/empty.csv"))["bytes"] == 0
    assert stored(s3, "empty.csv") == b""


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://h/a/b.csv", "b.csv"),
        ("https://h/", "data"),
        ("https://h", "data"),
        ("https://h/..", "data"),
        ("https://h/a%2F..%2Fb c.csv", "a_.._b_c.csv"),
        ("https://h/%00%0a", "data"),
    ],
)
def test_a_file_name_holds_nothing_that_could_be_a_path(url: str, name: str) -> None:
    assert https_source.file_name(url) == name


class Sink:
    """An S3 that keeps nothing."""

    def __getattr__(self, name: str) -> Callable[..., dict[str, str]]:
        return lambda **_: {"UploadId": "u", "ETag": "e"}


def test_a_large_body_takes_no_more_memory_than_its_parts(s3: Any, https: HttpsServer) -> None:
    megabytes = 64

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(megabytes * 1024**2))
        request.end_headers()
        for _ in range(megabytes):
            request.wfile.write(bytes(1024**2))

    https.answers["/large"] = answer
    tracemalloc.start()
    extraction = https_source.extract(
        Sink(), Event.parse(event(https.url("/large")), "c1", Deployed({}, {})), frozenset({"localhost"})
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert extraction.bytes == megabytes * 1024**2
    # those on their way to S3, the one that is read, and what the server of the test holds
    assert peak < (uploads.CONCURRENT_PARTS + 2) * https_source.PART_SIZE


def test_a_part_is_read_while_the_one_before_is_stored(https: HttpsServer) -> None:
    all_sent = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(2 * https_source.PART_SIZE))
        request.end_headers()
        request.wfile.write(bytes(2 * https_source.PART_SIZE))
        all_sent.set()

    class Waiting(Sink):
        def upload_part(self, **_: Any) -> dict[str, str]:
            assert all_sent.wait(10)
            return {"ETag": "e"}

    https.answers["/large"] = answer
    request = Event.parse(event(https.url("/large")), "c1", Deployed({}, {}))
    assert https_source.extract(Waiting(), request, frozenset({"localhost"})).bytes == 2 * https_source.PART_SIZE


def test_an_upload_that_is_refused_ends_the_reading(https: HttpsServer) -> None:
    read = []

    class Refusing(Sink):
        def upload_part(self, **_: Any) -> dict[str, str]:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "UploadPart")

    class Endless:
        headers: ClassVar[dict[str, str]] = {}

        def readinto(self, part: bytearray) -> int:
            read.append(len(part))
            return 1

    with pytest.raises(ClientError):
        parts = https_body.parts(Endless(), "endless", https_source.PART_SIZE)  # type: ignore[arg-type]
        uploads.store(Refusing(), parts, S3Uri("b", "k"), {})
    assert len(read) <= uploads.CONCURRENT_PARTS + 2


def test_a_body_of_several_parts_is_one_object(s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https_source, "PART_SIZE", 5 * 1024**2)
    body = bytes(range(256)) * 4 * 1024 * 12
    assert extract(https.on("/large.bin", body))["bytes"] == len(body)
    assert stored(s3, "large.bin") == body


def test_a_body_shorter_than_its_length_is_truncated_and_nothing_is_left(s3: Any, https: HttpsServer) -> None:
    with pytest.raises(SourceTruncated, match=r"ended early|got 4 of 10 bytes"):
        extract(https.on("/short.csv", b"1234", Content_Length="10"))
    assert nothing_is_left(s3)


def test_a_body_without_a_length_is_stored_if_tls_says_that_it_has_ended(s3: Any, https: HttpsServer) -> None:
    https.answers["/closed.csv"] = functools.partial(send_until_close, notify=True)
    assert extract(https.url("/closed.csv"))["bytes"] == 4
    assert stored(s3, "closed.csv") == b"1234"


def test_a_body_without_a_length_that_only_breaks_off_is_truncated(s3: Any, https: HttpsServer) -> None:
    https.answers["/cut.csv"] = functools.partial(send_until_close, notify=False)
    with pytest.raises(SourceTruncated, match="without TLS's close-notify"):
        extract(https.url("/cut.csv"))
    assert nothing_is_left(s3)


def send_until_close(request: BaseHTTPRequestHandler, notify: bool) -> None:
    """A body whose end is that of the connection, with or without the word of TLS."""
    request.send_response(200)
    request.end_headers()
    request.wfile.write(b"1234")
    if notify:
        with contextlib.suppress(OSError):
            request.connection.unwrap()  # type: ignore[attr-defined]
    else:
        socket.socket(fileno=request.connection.detach()).close()
        request.wfile = io.BytesIO()
    request.close_connection = True


@pytest.mark.parametrize(("path", "encoding"), [("/a.csv", "gzip"), ("/a.csv", "br"), ("/a.csv.gz", "deflate")])
def test_an_encoding_that_nobody_asked_for_is_refused(s3: Any, https: HttpsServer, path: str, encoding: str) -> None:
    with pytest.raises(SourceRefused, match=f"invalid Content-Encoding '{encoding}'; must be identity"):
        extract(https.on(path, b"\x1f\x8b", Content_Encoding=encoding))
    assert nothing_is_left(s3)


@pytest.mark.parametrize(("path", "encoding"), [("/a.csv", "identity"), ("/a.csv.gz", "gzip")])
def test_a_file_that_is_stored_as_what_it_is_is_taken(s3: Any, https: HttpsServer, path: str, encoding: str) -> None:
    assert extract(https.on(path, b"\x1f\x8b", Content_Encoding=encoding))["bytes"] == 2


def test_a_version_that_is_too_long_for_the_workflow_is_replaced_by_the_contents_hash(
    s3: Any, https: HttpsServer
) -> None:
    answer = extract(https.on("/a.csv", b"body", ETag='"' + "e" * 300 + '"'))
    assert answer["etag"] == hashlib.sha256(b"body").hexdigest()


def test_a_chunk_that_breaks_off_is_truncated(s3: Any, https: HttpsServer) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"a\r\n1234")
        request.close_connection = True

    https.answers["/chunked"] = answer
    with pytest.raises(SourceTruncated, match=r"ended early|within a chunk"):
        extract(https.url("/chunked"))
    assert nothing_is_left(s3)
