"""A connection stays open for the next request."""

from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from local.tests.account import Account


@pytest.fixture
def connection(account: Account) -> Iterator[HTTPConnection]:
    """A connection that does not reconnect."""
    found = HTTPConnection(urlsplit(account.endpoint["aws"]).netloc)
    found.connect()
    found.auto_open = 0
    yield found
    found.close()


def signed(account: Account) -> dict[str, str]:
    """Headers with an access key; the local AWS does not verify signatures."""
    scope = f"{account.endpoint['access_key_id']}/20200101/us-east-1/s3/aws4_request"
    return {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"}


def call(connection: HTTPConnection, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> int:
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_a_connection_stays_open_after_a_response(account: Account, connection: HTTPConnection) -> None:
    path = f"/{account.bucket()}/a.txt"
    assert call(connection, "PUT", path, signed(account), b"text") == 200
    assert call(connection, "HEAD", path, signed(account)) == 200
    connection.request("GET", path, headers=signed(account))
    assert connection.getresponse().read() == b"text"
    assert call(connection, "DELETE", path, signed(account)) == 204
    assert call(connection, "GET", path, signed(account)) == 404


def test_a_connection_stays_open_after_an_unread_body(account: Account, connection: HTTPConnection) -> None:
    path = f"/{account.bucket()}/a.txt"
    assert call(connection, "PUT", path, {}, b"GET / HTTP/1.1\r\n\r\n" * 100_000) == 403
    assert call(connection, "GET", path, signed(account)) == 404


def test_a_connection_stays_open_after_a_chunked_body(account: Account, connection: HTTPConnection) -> None:
    path = f"/{account.bucket()}/a.txt"
    connection.request("PUT", path, iter([b"a", b"b"]), {}, encode_chunked=True)
    assert connection.getresponse().read()
    assert call(connection, "GET", path, signed(account)) == 404


def test_a_connection_is_closed_on_request(account: Account, connection: HTTPConnection) -> None:
    assert call(connection, "GET", "/", {**signed(account), "Connection": "close"}) == 200
    assert connection.sock.recv(1) == b""
