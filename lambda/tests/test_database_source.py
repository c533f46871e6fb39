"""Sources that are databases, which the job reads."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import DATA, DESTINATION, event

from errors import InvalidInput, SecretUnavailable
from handler import handler

URI = "jdbc:postgresql://db.example:5432/shop"
DATABASE = {"table": "public.customers", "fetchSize": 10, "timeoutSeconds": 60, "allowPlaintext": False}


@pytest.fixture(autouse=True)
def deployed(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_CREDENTIALS", json.dumps({"flights": {"type": "basic", "secret": "shop"}}))


def extract(uri: str = URI, published: Any = None, call: str = "c1", sensitive: bool = False, **more: Any) -> Any:
    asked = event(uri, published, sensitive=sensitive)
    asked["source"] |= {"database": DATABASE, **({"since": "updated_at"} if "since" in more else {})}
    return handler(asked | more, SimpleNamespace(aws_request_id=call))


def pointer(s3: Any) -> Any:
    return json.loads(s3.get_object(Bucket=DATA, Key="raw/run_id=r1/flights/_source.json")["Body"].read())


@pytest.mark.parametrize("uri", [URI, "jdbc:mysql://db.example/shop"])
def test_the_pointer_says_how_to_read_the_database(s3: Any, uri: str) -> None:
    answer = extract(uri)
    assert {name: value for name, value in answer.items() if name != "copied_at"} == {
        "name": "flights",
        "uri": DESTINATION,
        "bytes": 0,
        "etag": "r1",
        "changed": True,
    }
    expected = {**answer, "database": {"uri": uri, "secret": "shop", **DATABASE}, "sensitive": False}
    assert {"name": "flights", **pointer(s3)} == expected


@pytest.mark.parametrize("value", [None, "2024-03-01T10:00:00Z"])
def test_the_watermark_is_passed_with_its_column(s3: Any, value: str | None) -> None:
    extract(since=value, sensitive=True)
    assert pointer(s3)["database"]["since"] == {"column": "updated_at", "value": value}
    assert pointer(s3)["sensitive"] is True


def test_a_published_database_is_read_again(s3: Any) -> None:
    first = extract()
    s3.delete_object(Bucket=DATA, Key="raw/run_id=r1/flights/_source.json")
    again = extract(published=first | {"uri": f"s3://{DATA}/elsewhere/"})
    assert (again["uri"], again["changed"]) == (DESTINATION, True)


def test_a_second_invocation_adopts_the_pointer_of_the_first(s3: Any) -> None:
    first = extract(since="1")
    assert extract(call="c2", since="1") == first


def test_a_database_without_a_secret_is_refused(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_CREDENTIALS")
    with pytest.raises(SecretUnavailable, match="source flights: SOURCE_CREDENTIALS must have the secret"):
        extract()


@pytest.mark.parametrize(
    "uri",
    [
        "jdbc:oracle://h/d",
        "jdbc:postgresql://me:secret@h/d",
        "jdbc:postgresql://h/d?password=secret",
        "jdbc:mysql://h",
        "jdbc:mysql:///secret",
    ],
)
def test_an_address_with_a_password_or_of_another_database_is_refused_and_not_shown(uri: str) -> None:
    with pytest.raises(InvalidInput, match=r"source.uri: invalid value 'jdbc:") as raised:
        extract(uri)
    assert "secret" not in str(raised.value)
