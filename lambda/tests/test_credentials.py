"""Sources on https that need credentials from a secret."""

import base64
import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import boto3
import pytest
from conftest import HttpsServer, extract

from errors import (
    AddressRefused,
    RedirectRefused,
    SecretUnavailable,
    SourceForbidden,
    SourceMalformed,
)

SECRET = "s3cr3t-value"


@pytest.fixture(autouse=True)
def secrets(s3: Any) -> Any:
    """Secrets Manager with a text and a JSON object."""
    client = boto3.client("secretsmanager")
    client.create_secret(Name="text", SecretString=SECRET)
    fields = {"username": "me", "password": SECRET, "client_id": "id", "client_secret": SECRET, "token": SECRET}
    client.create_secret(Name="fields", SecretString=json.dumps(fields))
    return client


def use(monkeypatch: pytest.MonkeyPatch, **credentials: str) -> None:
    monkeypatch.setenv("SOURCE_CREDENTIALS", json.dumps({"flights": credentials}))


def header(https: HttpsServer, name: str, request: int = -1) -> str | None:
    return https.requests[request].headers.get(name)


def test_a_bearer_token_is_the_secret(https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, type="bearer", secret="text")
    extract(https.on("/a.csv", b"1"))
    assert header(https, "Authorization") == f"Bearer {SECRET}"


def test_a_bearer_token_is_a_field_of_the_secret(https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, type="bearer", secret="fields", key="token")
    extract(https.on("/a.csv", b"1"))
    assert header(https, "Authorization") == f"Bearer {SECRET}"


def test_a_header_has_the_name_that_is_asked_for(https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, type="header", header="X-Api-Key", secret="text")
    extract(https.on("/a.csv", b"1"))
    assert header(https, "X-Api-Key") == SECRET
    assert header(https, "Authorization") is None


def test_a_user_and_a_password_are_fields_of_the_secret(https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, type="basic", secret="fields")
    extract(https.on("/a.csv", b"1"))
    expected = base64.b64encode(f"me:{SECRET}".encode()).decode()
    assert header(https, "Authorization") == f"Basic {expected}"


def test_a_client_gets_a_token_first(https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = []

    def token(request: BaseHTTPRequestHandler) -> None:
        forms.append(request.rfile.read(int(request.headers["Content-Length"])).decode())
        body = json.dumps({"access_token": "t0k3n"}).encode()
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
        request.close_connection = True

    https.answers["/token"] = token
    use(
        monkeypatch,
        type="oauth2ClientCredentials",
        secret="fields",
        tokenUri=https.url("/token"),
        scope="read all",
    )
    extract(https.on("/a.csv", b"1"))
    assert forms == ["grant_type=client_credentials&scope=read+all"]
    assert header(https, "Authorization", -2) == "Basic " + base64.b64encode(f"id:{SECRET}".encode()).decode()
    assert header(https, "Authorization") == "Bearer t0k3n"


def test_a_token_address_that_redirects_gets_nothing_more(https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, type="oauth2ClientCredentials", secret="fields", tokenUri=https.url("/token"))
    https.on("/token", status=307, Location="/other")
    with pytest.raises(RedirectRefused):
        extract(https.on("/a.csv", b"1"))


def test_a_token_address_is_checked_like_a_source(https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, type="oauth2ClientCredentials", secret="fields", tokenUri="https://169.254.169.254/token")
    with pytest.raises(AddressRefused):
        extract(https.on("/a.csv", b"1"))


@pytest.mark.parametrize("body", [b"no json", b"[]", b'{"token": "x"}'])
def test_an_answer_without_a_token_is_an_error(
    https: HttpsServer, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    use(monkeypatch, type="oauth2ClientCredentials", secret="fields", tokenUri=https.on("/token", body))
    with pytest.raises(SourceMalformed, match="access_token"):
        extract(https.on("/a.csv", b"1"))


def test_a_redirect_to_the_same_host_carries_the_credentials(
    https: HttpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, type="bearer", secret="text")
    https.on("/a.csv", status=302, Location="/b.csv")
    https.on("/b.csv", b"1")
    extract(https.url("/a.csv"))
    assert header(https, "Authorization") == f"Bearer {SECRET}"


def test_a_redirect_to_another_host_does_not_carry_the_credentials(
    https: HttpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, type="bearer", secret="text")
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost,127.0.0.1")
    other = https.url("/b.csv").replace("localhost", "127.0.0.1")
    https.on("/a.csv", status=302, Location=other)
    https.on("/b.csv", b"1")
    extract(https.url("/a.csv"))
    assert header(https, "Authorization", -2) == f"Bearer {SECRET}"
    assert header(https, "Authorization") is None


def test_a_rotated_secret_works_at_once(https: HttpsServer, monkeypatch: pytest.MonkeyPatch, secrets: Any) -> None:
    use(monkeypatch, type="bearer", secret="text")
    address = https.on("/a.csv", b"1")
    extract(address)
    secrets.put_secret_value(SecretId="text", SecretString="another")
    extract(address, run="r2")
    assert header(https, "Authorization") == "Bearer another"


@pytest.mark.parametrize(
    ("secret", "key", "expected"),
    [
        ("missing", "", "secret missing: ResourceNotFoundException"),
        ("text", "token", "secret text: it must be a JSON object with the field token"),
        ("fields", "none", "secret fields: it must be a JSON object with the field none"),
        ("lines", "", "secret lines: its value is no text that a header can have"),
        ("binary", "", "secret binary: it has no text, but binary data"),
    ],
)
def test_a_secret_that_cannot_be_used_is_named_without_its_value(
    https: HttpsServer, monkeypatch: pytest.MonkeyPatch, secrets: Any, secret: str, key: str, expected: str
) -> None:
    secrets.create_secret(Name="lines", SecretString=f"{SECRET}\r\nHost: evil")
    secrets.create_secret(Name="binary", SecretBinary=SECRET.encode())
    use(monkeypatch, type="bearer", secret=secret, key=key)
    with pytest.raises(SecretUnavailable) as raised:
        extract(https.on("/a.csv", b"1"))
    assert str(raised.value) == expected
    assert not https.requests


@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_name_the_secret(
    https: HttpsServer, monkeypatch: pytest.MonkeyPatch, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, type="bearer", secret="text")
    with pytest.raises(SourceForbidden, match="with the secret text") as raised:
        extract(https.on("/a.csv", status=status))
    assert SECRET not in str(raised.value) + capsys.readouterr().out


def test_each_range_of_a_large_body_has_the_credentials(https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("https_source.RANGES_FROM", 10)
    monkeypatch.setattr("https_source.PART_SIZE", 6 * 1024**2)
    use(monkeypatch, type="bearer", secret="text")
    body = bytes(10 * 1024**2)

    def answer(request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        start, end = map(int, wanted.removeprefix("bytes=").split("-")) if wanted else (0, len(body) - 1)
        request.send_response(206 if wanted else 200)
        request.send_header("ETag", '"1"')
        request.send_header("Accept-Ranges", "bytes")
        request.send_header("Content-Range", f"bytes {start}-{end}/{len(body)}")
        request.send_header("Content-Length", str(end - start + 1))
        request.end_headers()
        if wanted:
            request.wfile.write(body[start : end + 1])
        request.close_connection = True

    https.answers["/large"] = answer
    assert extract(https.url("/large"))["bytes"] == len(body)
    assert len(https.requests) == 3
    assert {request.headers.get("Authorization") for request in https.requests} == {f"Bearer {SECRET}"}
