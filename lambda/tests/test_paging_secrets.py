"""What of a source with pages may be secret is in its requests only."""

import json
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from conftest import HttpsServer, event
from paged_api import CURSOR, PATH, Api, FakeClock, by_cursor, invoke

import addresses
from errors import SourceForbidden, SourceMalformed
from handler import handler

pytestmark = pytest.mark.usefixtures("s3", "own_clock")
SECRET = "s3cr3t value/+&%"
QUERY = "key=s3cr3t%20value%2F%2B%26%25&region=eu"
NEXT_LINK = {"type": "nextLink", "records": "data", "next": "next"}


@pytest.fixture(autouse=True)
def query(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_QUERIES", json.dumps({"flights": QUERY}))


def short(api: Api) -> FakeClock:
    """A clock with the time for one page."""
    clock = FakeClock(left=70)
    page = api.page

    def answer(asked: dict[str, str]) -> Any:
        clock.spend(30)
        return page(asked)

    api.page = answer
    return clock


@pytest.mark.parametrize("repeated", ["", "&key=s3cr3t+value/%2b%26%25&region=eu", "&key=s3cr3t+value/%2b%26%25"])
def test_the_secret_query_is_in_each_request_and_nowhere_else(
    s3: Any, https: HttpsServer, capsys: pytest.CaptureFixture[str], repeated: str
) -> None:
    api = Api(https, lambda asked: {"data": [asked], "next": None if "p" in asked else f"{PATH}?p=1{repeated}"})
    clock = short(api)
    first = invoke(api.url, NEXT_LINK, clock)
    assert first["continuation"]["next"] == f"{PATH}?p=1"
    clock.left = 70
    second = invoke(api.url, NEXT_LINK, clock, call="c2", continuation=first["continuation"])
    assert "continuation" in second, "only the copies are left"
    assert api.asked == [{"key": SECRET, "region": "eu"}, {"key": SECRET, "region": "eu", "p": "1"}]
    assert "s3cr3t" not in f"{first}{second}{capsys.readouterr()}"


def test_a_parameter_that_the_link_changes_is_the_links(s3: Any, https: HttpsServer) -> None:
    api = Api(https, lambda asked: {"data": [asked], "next": None if "p" in asked else "?p=1&region=us"})
    invoke(api.url, NEXT_LINK)
    assert api.asked[1] == {"key": SECRET, "region": "us", "p": "1"}


def test_the_query_is_kept_with_cursors_and_replaced_by_parameters_of_the_same_name(
    s3: Any, https: HttpsServer
) -> None:
    api = Api(https, by_cursor([[{"id": 1}], [{"id": 2}]]))
    invoke(api.url, CURSOR | {"sizeParameter": "region", "size": 5})
    assert api.asked == [{"key": SECRET, "region": "5"}, {"key": SECRET, "region": "5", "cursor": "c1"}]


@pytest.mark.parametrize("body", [{"data": 1}, {"data": [{"id": 1}], "next": "https://evil.example/?key=s3cr3t"}])
def test_an_error_does_not_show_the_secret(s3: Any, https: HttpsServer, body: Any) -> None:
    api = Api(https, lambda _: body)
    with pytest.raises(Exception, match=f"https://localhost{PATH}") as raised:
        invoke(api.url, NEXT_LINK)
    assert "s3cr3t" not in str(raised.value)


@pytest.fixture
def token(s3: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    client = boto3.client("secretsmanager")
    client.create_secret(Name="text", SecretString="t0k3n")
    monkeypatch.setenv("SOURCE_CREDENTIALS", json.dumps({"flights": {"type": "bearer", "secret": "text"}}))
    return client


def test_each_request_has_the_credentials_of_its_invocation(
    s3: Any, https: HttpsServer, token: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    api = Api(https, by_cursor([[{"id": at}] for at in range(3)]))
    clock = short(api)
    first = invoke(api.url, CURSOR, clock)
    token.put_secret_value(SecretId="text", SecretString="r0tat3d")
    clock.left = 900
    second = invoke(api.url, CURSOR, clock, call="c2", continuation=first["continuation"])
    sent = [request.headers["Authorization"] for request in https.requests]
    assert sent == ["Bearer t0k3n", "Bearer r0tat3d", "Bearer r0tat3d"]
    assert not {"t0k3n", "r0tat3d"} & set(f"{first}{second}{capsys.readouterr()}".replace('"', " ").split())
    assert "t0k3n" not in f"{first}{second}"


def test_a_page_that_redirects_to_another_host_does_not_pass_the_credentials_on(
    s3: Any, https: HttpsServer, token: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost,127.0.0.1")
    other = https.url("/other").replace("localhost", "127.0.0.1")
    pages = {"": {"data": [{"id": 1}], "next": "c1"}, "c1": ("", {"Location": other}, 302)}
    api = Api(https, lambda asked: pages[asked.get("cursor", "")])
    https.on("/other", b'{"data": [{"id": 2}]}')
    assert invoke(api.url, CURSOR)["records"] == 2
    sent = [request.headers.get("Authorization") for request in https.requests]
    assert sent == ["Bearer t0k3n", "Bearer t0k3n", None]


def test_a_relative_link_of_another_host_is_refused(
    s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost,127.0.0.1")
    other = https.url("/other").replace("localhost", "127.0.0.1")
    api = Api(https, lambda _: ("", {"Location": other}, 302))
    https.on("/other", b'{"data": [{"id": 1}], "next": "?p=1"}')
    with pytest.raises(Exception, match=r"the next page is at https://127\.0\.0\.1.*; must be at https://localhost"):
        invoke(api.url, NEXT_LINK)


def test_refused_credentials_name_the_secret(s3: Any, https: HttpsServer, token: Any) -> None:
    api = Api(https, lambda _: ("", {}, 401))
    with pytest.raises(SourceForbidden, match="with the secret text"):
        invoke(api.url, CURSOR)


def test_a_file_over_https_has_the_watermark_as_a_parameter(s3: Any, https: HttpsServer) -> None:
    asked = event(https.on("/a.csv", b"1"))
    asked["source"]["since"] = "from"
    handler(asked | {"since": "a b"}, SimpleNamespace(aws_request_id="c1", clock=None))
    assert https.requests[-1].path == f"/a.csv?{QUERY}&from=a%20b"


@pytest.mark.parametrize(
    ("own", "link", "kept", "asked"),
    [
        ("https://h/a?k=1", "?p=2", "/a?p=2", "https://h/a?k=1&p=2"),
        ("https://h/a?k=1&k=2", "?k=1&k=2&p=2", "/a?p=2", "https://h/a?k=1&k=2&p=2"),
        ("https://h/a?k=1&k=2", "?k=2&p=2", "/a?k=2&p=2", "https://h/a?k=2&p=2"),
        ("https://h/a?k=1", "https://h:443?k=1", "/", "https://h/?k=1"),
        ("https://h/a", "/b%2Fc?x=%20&y#z", "/b%2Fc?x=%20&y", "https://h/b%2Fc?x=%20&y"),
        ("https://h/a", "https://H//b", "//b", "https://h//b"),
        ("https://[::1]:8443/a?k=1", "/b", "/b", "https://[::1]:8443/b?k=1"),
    ],
)
def test_a_link_is_kept_without_the_own_parameters(own: str, link: str, kept: str, asked: str) -> None:
    assert addresses.kept(own, own, link) == kept
    assert addresses.restored(own, kept) == asked


@pytest.mark.parametrize("link", ["https://h:x/", "/a\nb"])
def test_what_is_no_link_is_malformed(link: str) -> None:
    with pytest.raises(SourceMalformed):
        addresses.kept("https://h/a?k=s3cr3t", "https://h/a", link)
