"""Extraction from S3, and what the function answers."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import COPIES, DATA, SOURCE, extract

import s3_source
from errors import (
    InvalidInput,
    SourceChanged,
    SourceForbidden,
    SourceNotFound,
    SourceRefused,
    SourceUnavailable,
    of_source,
)


def keys(s3: Any) -> list[str]:
    return [entry["Key"] for entry in s3.list_objects_v2(Bucket=DATA).get("Contents", [])]


def test_an_object_is_copied_under_its_own_name(s3: Any) -> None:
    etag = s3.put_object(Bucket=SOURCE, Key="in/a b+ü%41.csv", Body=b"1,2")["ETag"].strip('"')
    answer = extract(f"s3://{SOURCE}/in/a b+ü%41.csv")
    assert answer == {
        "name": "flights",
        "uri": f"{COPIES}a~20b+ü~2541.csv",
        "bytes": 3,
        "etag": etag,
        "changed": True,
        "copied_at": answer["copied_at"],
    }
    assert datetime.now(UTC) - datetime.fromisoformat(answer["copied_at"]) < timedelta(minutes=1)
    assert s3.get_object(Bucket=DATA, Key="raw/run_id=r1/flights/call=c1/a~20b+ü~2541.csv")["Body"].read() == b"1,2"


def test_an_empty_object_is_an_object(s3: Any) -> None:
    s3.put_object(Bucket=SOURCE, Key="empty.csv", Body=b"")
    assert extract(f"s3://{SOURCE}/empty.csv")["bytes"] == 0
    assert keys(s3) == ["raw/run_id=r1/flights/_source.json", "raw/run_id=r1/flights/call=c1/empty.csv"]


def test_a_prefix_brings_all_objects_below_it_with_their_relative_keys(s3: Any) -> None:
    for key in ("in/2024/a.csv", "in/b.csv", "in/folder/", "other/c.csv"):
        s3.put_object(Bucket=SOURCE, Key=key, Body=b"" if key.endswith("/") else b"12")
    answer = extract(f"s3://{SOURCE}/in/")
    assert answer["uri"] == COPIES
    assert answer["bytes"] == 4
    assert keys(s3) == [
        "raw/run_id=r1/flights/_source.json",
        *(f"raw/run_id=r1/flights/call=c1/{key}" for key in ("2024/a.csv", "b.csv")),
    ]


def test_the_etag_of_a_prefix_changes_with_any_of_its_objects(s3: Any) -> None:
    s3.put_object(Bucket=SOURCE, Key="in/a.csv", Body=b"1")
    first, again = extract(f"s3://{SOURCE}/in/")["etag"], extract(f"s3://{SOURCE}/in/", run="r2")["etag"]
    s3.put_object(Bucket=SOURCE, Key="in/b.csv", Body=b"1")
    assert first == again
    assert extract(f"s3://{SOURCE}/in/", run="r3")["etag"] != first


@pytest.mark.parametrize("uri", [f"s3://{SOURCE}/none.csv", f"s3://{SOURCE}/none/", "s3://no-such-bucket/a.csv"])
def test_what_is_not_there_is_not_found(s3: Any, uri: str) -> None:
    with pytest.raises(SourceNotFound, match="s3://"):
        extract(uri)


def test_a_prefix_of_nothing_but_folders_is_not_found(s3: Any) -> None:
    s3.put_object(Bucket=SOURCE, Key="in/folder/", Body=b"")
    with pytest.raises(SourceNotFound, match="no object under"):
        extract(f"s3://{SOURCE}/in/")


@pytest.mark.parametrize("key", ["in/../../escape.csv", "in/a/../../b", "in//etc", "in/line\nbreak"])
def test_no_key_leaves_the_destination(s3: Any, key: str) -> None:
    s3.put_object(Bucket=SOURCE, Key=key, Body=b"1")
    with pytest.raises(InvalidInput, match="would leave"):
        extract(f"s3://{SOURCE}/in/")
    assert keys(s3) == []


def test_a_large_object_is_copied_in_parts(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3_source, "COPY_LIMIT", 6 * 1024**2)
    monkeypatch.setattr(s3_source, "PART_SIZE", 5 * 1024**2)
    body = bytes(range(256)) * 4 * 1024 * 11
    s3.put_object(Bucket=SOURCE, Key="large", Body=body)
    assert extract(f"s3://{SOURCE}/large")["bytes"] == len(body)
    assert s3.get_object(Bucket=DATA, Key="raw/run_id=r1/flights/call=c1/large")["Body"].read() == body


def test_a_copy_in_parts_that_fails_leaves_nothing(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3_source, "COPY_LIMIT", 0)
    s3.put_object(Bucket=SOURCE, Key="large", Body=b"12")
    from event import S3Uri

    with pytest.raises(Exception, match=r"PreconditionFailed|pre-conditions"):
        s3_source.copy_object(s3, S3Uri(SOURCE, "large"), S3Uri(DATA, "copy"), 2, '"another"', {})
    assert keys(s3) == []
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=DATA)


def test_a_source_replaced_while_it_is_read_is_an_error(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    s3.put_object(Bucket=SOURCE, Key="a.csv", Body=b"old")
    copy = s3_source.copy_object

    def replaced_first(client: Any, *arguments: Any) -> None:
        client.put_object(Bucket=SOURCE, Key="a.csv", Body=b"new")
        copy(client, *arguments)

    monkeypatch.setattr(s3_source, "copy_object", replaced_first)
    with pytest.raises(SourceChanged):
        extract(f"s3://{SOURCE}/a.csv")
    assert keys(s3) == []


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("AccessDenied", 403, SourceForbidden),
        ("SlowDown", 503, SourceUnavailable),
        ("InternalError", 500, SourceUnavailable),
        ("InvalidRequest", 400, SourceRefused),
    ],
)
def test_each_answer_of_s3_has_its_error(code: str, status: int, expected: type[Exception]) -> None:
    from botocore.exceptions import ClientError

    answer = {"Error": {"Code": code, "Message": "why"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    assert type(of_source("copy a", ClientError(answer, "CopyObject"))) is expected  # type: ignore[arg-type]


def test_a_source_is_changed_if_its_etag_is_not_the_published_one(s3: Any) -> None:
    s3.put_object(Bucket=SOURCE, Key="a.csv", Body=b"1")
    uri = f"s3://{SOURCE}/a.csv"
    published = extract(uri)
    assert published["changed"] is True
    assert extract(uri, published, run="r2")["changed"] is False
    assert extract(uri, published | {"etag": "other"}, run="r3")["changed"] is True


def test_the_log_says_whose_it_is_and_then_the_facts(s3: Any, capsys: pytest.CaptureFixture[str]) -> None:
    s3.put_object(Bucket=SOURCE, Key="a.csv", Body=b"123")
    extract(f"s3://{SOURCE}/a.csv")
    first, line = capsys.readouterr().out.splitlines()
    assert json.loads(first) == {"run_id": "r1", "source": "flights"}
    logged = json.loads(line)
    assert (logged["name"], logged["bytes"], logged["run_id"]) == ("flights", 3, "r1")
