"""Addresses, servers and answers that an extraction over https does not accept, and what it says of them."""

import contextlib
import socket
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from conftest import HttpsServer, extract, nothing_is_left

import https_client
import https_source
from errors import (
    AddressRefused,
    InvalidInput,
    RedirectRefused,
    SourceForbidden,
    SourceMalformed,
    SourceNotFound,
    SourceRefused,
    SourceTruncated,
    SourceUnavailable,
)


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
    with pytest.raises(RedirectRefused, match="must stay on https"):
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


def test_what_lies_outside_cannot_redirect_to_a_host_that_is_allowed_although_it_is_private(
    s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    https.on("/inside.csv", b"1")
    away = https.on("/away.csv", status=302, Location=https.url("/inside.csv")).replace("localhost", "outside.example")
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: resolve("localhost", *a, **k))
    checks = iter([True])
    monkeypatch.setattr(https_client, "_is_public", lambda ip: next(checks, False))
    with pytest.raises(AddressRefused, match="localhost has the address"):
        extract(away)


def test_an_address_of_ipv6_is_reached_and_shown(s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert https_client.shown("https://[2606:4700::1111]:8443/a?b") == "https://[2606:4700::1111]/a"
    with pytest.raises(AddressRefused, match="::1 has the address ::1"):
        extract("https://[::1]/a.csv")
    monkeypatch.setenv("ALLOWED_HOSTS", "[::1]")
    with pytest.raises(SourceUnavailable, match=r"https://\[::1\]/a.csv"):
        extract("https://[::1]:1/a.csv")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 200 " + b"x" * 70_000 + b"\r\n\r\n", SourceMalformed),
        (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", SourceMalformed),
        (b"no HTTP\r\n\r\n", SourceMalformed),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 70_000, SourceMalformed),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", SourceTruncated),
        (b"HTTP/1.1 302 Found\r\nLocation: https://[::1/a\r\nContent-Length: 0\r\n\r\n", SourceMalformed),
        (
            b"HTTP/1.1 302 Found\r\nLocation: https://" + b"x" * 70 + b".example/\r\nContent-Length: 0\r\n\r\n",
            InvalidInput,
        ),
    ],
)
def test_whatever_a_server_answers_has_an_error_by_name(
    s3: Any, https: HttpsServer, answer: bytes, expected: type[Exception]
) -> None:
    def send(request: BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(OSError):
            request.wfile.write(answer)
        request.close_connection = True

    https.answers["/a.csv"] = send
    with pytest.raises(expected):
        extract(https.url("/a.csv"))
    assert nothing_is_left(s3)


def test_a_body_that_needs_more_memory_than_there_is_is_refused(
    s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(https_source, "_stored", refuse)
    with pytest.raises(SourceRefused, match="too large for extractMemoryMegabytes"):
        extract(https.on("/a.csv", b"1"))


def test_a_servers_words_are_short_and_no_markup(s3: Any, https: HttpsServer) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(400, "<!channel> [click](https://evil.example) *now* " + "x" * 500)
        request.send_header("Content-Length", "0")
        request.end_headers()

    https.answers["/a.csv"] = answer
    with pytest.raises(SourceRefused) as raised:
        extract(https.url("/a.csv"))
    words = str(raised.value).split("HTTP 400 ")[1]
    assert len(words) <= 80
    assert not set(words) & set("<>[]()*_`|~!&/")
