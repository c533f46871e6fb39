"""Extraction over https in ranges, from a server that gives them."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from conftest import DATA, HttpsServer, extract, nothing_is_left

import https_source
import uploads
from errors import SourceChanged, SourceTruncated, SourceUnavailable

BODY = bytes(range(256)) * 4 * 1024 * 17
PART = 5 * 1024**2
RANGES = -(-len(BODY) // PART)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https_source, "PART_SIZE", PART)
    monkeypatch.setattr(https_source, "RANGES_FROM", 2 * PART)


Change = Callable[[int, dict[str, str]], tuple[int, int]]


def serve(https: HttpsServer, change: Change | None = None, etag: str = '"v1"') -> str:
    """A server of ranges; `change` may give the n-th range other headers, another status, fewer bytes."""
    count = iter(range(1, 1000))

    def answer(request: BaseHTTPRequestHandler) -> None:
        headers = {"ETag": etag, "Accept-Ranges": "bytes"}
        asked = request.headers["Range"]
        if not asked:
            send(request, 200, headers, BODY, len(BODY))
            return
        assert request.headers["If-Match"] == request.headers["If-Range"] == etag
        start, end = (int(number) for number in asked.removeprefix("bytes=").split("-"))
        headers["Content-Range"] = f"bytes {start}-{end}/{len(BODY)}"
        part = BODY[start : end + 1]
        status, sent = change(next(count), headers) if change else (206, len(part))
        send(request, status, headers, part, min(sent, len(part)))

    https.answers["/large.bin"] = answer
    return https.url("/large.bin")


def send(request: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes, sent: int) -> None:
    request.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        request.send_header(name, value)
    request.end_headers()
    try:
        request.wfile.write(body[:sent])
    except OSError:
        # the first answer, of which no more than the headers are wanted
        request.close_connection = True
    request.close_connection |= sent < len(body)


def test_a_long_body_comes_in_ranges_and_is_one_object(s3: Any, https: HttpsServer) -> None:
    answer = extract(serve(https))
    assert (answer["bytes"], answer["etag"]) == (len(BODY), "v1")
    assert s3.get_object(Bucket=DATA, Key="raw/run_id=r1/flights/call=c1/large.bin")["Body"].read() == BODY
    assert sum("Range" in request.headers for request in https.requests) == RANGES


def test_ranges_come_at_the_same_time_over_few_connections(s3: Any, https: HttpsServer) -> None:
    together = threading.Barrier(2, timeout=10)
    ports = set()

    def change(number: int, _: dict[str, str]) -> tuple[int, int]:
        if number <= 2:
            together.wait()
        return 206, PART

    url = serve(https, change)
    extract(url)
    ports = {request.client_address for request in https.requests if "Range" in request.headers}
    assert 2 <= len(ports) <= uploads.CONCURRENT_PARTS


@pytest.mark.parametrize("etag", ['W/"weak"', ""])
def test_without_a_strong_etag_the_body_comes_in_one(s3: Any, https: HttpsServer, etag: str) -> None:
    assert extract(serve(https, etag=etag))["bytes"] == len(BODY)
    assert not any("Range" in request.headers for request in https.requests)


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (412, {}, SourceChanged),
        (416, {}, SourceChanged),
        (200, {}, SourceChanged),
        (206, {"ETag": '"v2"'}, SourceChanged),
        (206, {"Content-Range": f"bytes 0-{PART - 1}/7"}, SourceChanged),
        (503, {}, SourceUnavailable),
    ],
)
def test_a_file_that_was_replaced_while_it_was_read_is_an_error_and_nothing_is_left(
    s3: Any, https: HttpsServer, status: int, headers: dict[str, str], expected: type[Exception]
) -> None:
    def change(number: int, sent: dict[str, str]) -> tuple[int, int]:
        if number < 3:
            return 206, PART
        sent.update(headers)
        return status, PART

    with pytest.raises(expected):
        extract(serve(https, change))
    assert nothing_is_left(s3)


def test_a_range_that_breaks_off_is_truncated_and_nothing_is_left(s3: Any, https: HttpsServer) -> None:
    with pytest.raises(SourceTruncated, match=r"ended early|got 4 of"):
        extract(serve(https, lambda number, _: (206, 4 if number == 2 else PART)))
    assert nothing_is_left(s3)


def test_a_range_that_comes_in_chunks_is_read_to_its_end(s3: Any, https: HttpsServer) -> None:
    serve(https)
    whole = https.answers["/large.bin"]

    def answer(request: BaseHTTPRequestHandler) -> None:
        if not request.headers["Range"]:
            whole(request)
            return
        start, end = (int(number) for number in request.headers["Range"].removeprefix("bytes=").split("-"))
        request.send_response(206)
        headers = {"Content-Range": f"bytes {start}-{end}/{len(BODY)}", "Transfer-Encoding": "chunked"}
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        for piece in (BODY[start : start + 1000], BODY[start + 1000 : end + 1]):
            request.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        request.wfile.write(b"0\r\n\r\n")

    https.answers["/large.bin"] = answer
    assert extract(https.url("/large.bin"))["bytes"] == len(BODY)
    assert s3.get_object(Bucket=DATA, Key="raw/run_id=r1/flights/call=c1/large.bin")["Body"].read() == BODY
    connections = {request.client_address for request in https.requests if "Range" in request.headers}
    assert len(connections) <= uploads.CONCURRENT_PARTS, "each connection is reused"
