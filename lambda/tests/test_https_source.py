"""Extraction over https."""

import hashlib
import socket
import threading
import tracemalloc
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar

import pytest
from botocore.exceptions import ClientError
from conftest import DATA, DESTINATION, HttpsServer, event

import https_client
import https_source
import uploads
from errors import (
    AddressRefused,
    InvalidInput,
    RedirectRefused,
    SourceForbidden,
    SourceNotFound,
    SourceRefused,
    SourceTruncated,
    SourceUnavailable,
)
from event import Event, S3Uri
from handler import handler


def extract(uri: str) -> dict[str, Any]:
    return handler(event(uri), None)


def stored(s3: Any, name: str) -> bytes:
    return bytes(s3.get_object(Bucket=DATA, Key=f"raw/run_id=r1/flights/{name}")["Body"].read())


def nothing_is_left(s3: Any) -> bool:
    return "Contents" not in s3.list_objects_v2(Bucket=DATA) and "Uploads" not in s3.list_multipart_uploads(Bucket=DATA)


def test_a_body_is_stored_under_the_name_in_its_address(s3: Any, https: HttpsServer) -> None:
    answer = extract(https.on("/data/flights.csv.gz", b"a,b\n", ETag='"v1"') + "?token=secret")
    assert answer["uri"] == f"{DESTINATION}flights.csv.gz"
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
    extraction = https_source.extract(Sink(), Event.parse(event(https.url("/large"))), frozenset({"localhost"}))
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
    request = Event.parse(event(https.url("/large")))
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
        https_source._store(Refusing(), https_source._parts(Endless(), "endless", None), S3Uri("b", "k"))  # type: ignore[arg-type]
    assert len(read) <= uploads.CONCURRENT_PARTS + 2


def test_a_body_of_several_parts_is_one_object(s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https_source, "PART_SIZE", 5 * 1024**2)
    body = bytes(range(256)) * 4 * 1024 * 12
    assert extract(https.on("/large.bin", body))["bytes"] == len(body)
    assert stored(s3, "large.bin") == body


def test_a_body_shorter_than_its_length_is_truncated_and_nothing_is_left(s3: Any, https: HttpsServer) -> None:
    with pytest.raises(SourceTruncated, match="got 4 of 10 bytes"):
        extract(https.on("/short.csv", b"1234", Content_Length="10"))
    assert nothing_is_left(s3)


def test_a_chunk_that_breaks_off_is_truncated(s3: Any, https: HttpsServer) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"a\r\n1234")
        request.close_connection = True

    https.answers["/chunked"] = answer
    with pytest.raises(SourceTruncated, match="within a chunk"):
        extract(https.url("/chunked"))
    assert nothing_is_left(s3)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, SourceNotFound),
        (410, SourceNotFound),
        (401, SourceForbidden),
        (403, SourceForbidden),
        (400, SourceRefused),
        (206, SourceRefused),
        (429, SourceUnavailable),
        (500, SourceUnavailable),
        (503, SourceUnavailable),
    ],
)
def test_each_status_has_its_error(s3: Any, https: HttpsServer, status: int, expected: type[Exception]) -> None:
    with pytest.raises(expected, match=f"HTTP {status}"):
        extract(https.on("/a.csv", status=status))
    assert nothing_is_left(s3)


def test_a_redirect_is_followed_on_https(s3: Any, https: HttpsServer) -> None:
    https.on("/new.csv", b"1")
    assert extract(https.on("/old.csv", status=302, Location="/new.csv"))["bytes"] == 1


def test_a_redirect_to_http_is_refused(s3: Any, https: HttpsServer) -> None:
    with pytest.raises(RedirectRefused, match="allowed is https only"):
        extract(https.on("/a.csv", status=301, Location="http://localhost/a.csv"))


def test_redirects_without_end_are_refused(s3: Any, https: HttpsServer) -> None:
    with pytest.raises(RedirectRefused, match="more than 5 redirects"):
        extract(https.on("/a.csv", status=302, Location="/a.csv"))
    assert len(https.requests) == 6


def test_a_redirect_to_a_private_address_is_refused(s3: Any, https: HttpsServer) -> None:
    with pytest.raises(AddressRefused, match=r"169\.254\.169\.254"):
        extract(https.on("/a.csv", status=302, Location="https://169.254.169.254/latest/meta-data"))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:7f00:1::]",
    ],
)
def test_a_private_address_is_refused(s3: Any, host: str) -> None:
    with pytest.raises(AddressRefused, match="ALLOWED_HOSTS"):
        extract(f"https://{host}/a.csv")


def test_a_public_address_is_not_refused() -> None:
    assert https_client._is_public("8.8.8.8")
    assert https_client._is_public("2606:4700::1111")


def test_the_address_that_was_checked_is_the_one_that_is_used(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.0.9", 443))], [], []])
    connected = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: next(answers))
    monkeypatch.setattr(https_client, "_is_public", lambda ip: True)

    def connect(address: tuple[str, int], *_: Any) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(SourceUnavailable), https_client.get("https://rebound.example/a.csv", frozenset()):
        pass
    assert connected == ["192.0.0.9"]


@pytest.mark.parametrize("url", ["https://me:secret@localhost/a", "https:///a", "https://localhost:x/a"])
def test_an_address_that_is_none_of_ours_is_refused(s3: Any, url: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        extract(url)
    assert "secret" not in str(raised.value)


def test_a_server_that_nobody_vouches_for_is_refused(
    s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    with pytest.raises((SourceRefused, SourceUnavailable)):
        extract(https.on("/a.csv", b"1"))


def test_a_secret_in_the_query_is_neither_logged_nor_told(
    s3: Any, https: HttpsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = extract(https.on("/a.csv", b"1") + "?token=secret")
    with pytest.raises(SourceNotFound) as raised:
        extract(https.on("/gone.csv", status=404) + "?token=secret")
    assert "secret" not in f"{answer}{raised.value}{capsys.readouterr()}"
