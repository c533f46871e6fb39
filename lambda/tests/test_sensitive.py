"""The copies of a sensitive source are tagged, and used again for a shorter time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import DATA, SOURCE, HttpsServer, extract

import s3_source


def _tags(s3: Any) -> dict[str, list[dict[str, str]]]:
    keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket=DATA)["Contents"]]
    return {key.rsplit("/", 1)[-1]: s3.get_object_tagging(Bucket=DATA, Key=key)["TagSet"] for key in keys}


@pytest.mark.parametrize("sensitive", [True, False])
@pytest.mark.parametrize("uri", [f"s3://{SOURCE}/in/people.csv", f"s3://{SOURCE}/in/"])
@pytest.mark.parametrize("limit", [s3_source.COPY_LIMIT, 1])
def test_the_copies_of_a_sensitive_source_are_tagged(
    s3: Any, monkeypatch: pytest.MonkeyPatch, uri: str, limit: int, sensitive: bool
) -> None:
    monkeypatch.setattr(s3_source, "COPY_LIMIT", limit)
    s3.put_object(Bucket=SOURCE, Key="in/people.csv", Body=b"id\n1\n", Tagging="owner=nobody")
    extract(uri, sensitive=sensitive)
    tags = [{"Key": "sensitive", "Value": "true"}] if sensitive else []
    assert _tags(s3) == {"people.csv": tags, "_source.json": []}


def test_what_comes_over_https_is_tagged_too(s3: Any, https: HttpsServer) -> None:
    extract(https.on("/people.csv", b"id\n1\n"), sensitive=True)
    assert _tags(s3)["people.csv"] == [{"Key": "sensitive", "Value": "true"}]


@pytest.mark.parametrize(("days", "sensitive", "copied"), [(1, True, False), (2, True, True), (2, False, False)])
def test_a_copy_of_a_sensitive_source_is_not_used_again_when_it_may_expire(
    s3: Any, days: int, sensitive: bool, copied: bool
) -> None:
    s3.put_object(Bucket=SOURCE, Key="people.csv", Body=b"id\n1\n")
    first = extract(f"s3://{SOURCE}/people.csv", sensitive=sensitive)
    age = timedelta(days=days, minutes=-1 if days == 1 else 1)
    first["copied_at"] = (datetime.now(UTC) - age).strftime("%Y-%m-%dT%H:%M:%SZ")
    second = extract(f"s3://{SOURCE}/people.csv", first, run="r2", sensitive=sensitive)
    assert not second["changed"]
    assert (second["uri"] != first["uri"]) == copied
