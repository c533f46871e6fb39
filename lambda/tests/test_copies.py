"""Unchanged sources, and known objects of an incremental source, are not copied again."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import DATA, SOURCE, HttpsServer
from conftest import extract as extract_in

from errors import InvalidInput, SourceNotFound

PREFIX = f"s3://{SOURCE}/in/"


def put(s3: Any, **objects: str) -> None:
    for name, body in objects.items():
        s3.put_object(Bucket=SOURCE, Key=f"in/{name}.csv", Body=body)


def extract(uri: str, published: Any = None, incremental: bool = False, run: str = "r2") -> dict[str, Any]:
    answer: dict[str, Any] = extract_in(uri, published, incremental, run)
    return answer


def pointer(s3: Any, run: str) -> dict[str, Any]:
    found = s3.get_object(Bucket=DATA, Key=f"raw/run_id={run}/flights/_source.json")["Body"].read()
    answer: dict[str, Any] = json.loads(found)
    return answer


def copied(s3: Any, run: str, call: str = "c1") -> dict[str, str]:
    """What an invocation's folder holds, by names in it."""
    prefix = f"raw/run_id={run}/flights/call={call}/"
    found = s3.list_objects_v2(Bucket=DATA, Prefix=prefix).get("Contents", [])
    keys = [entry["Key"] for entry in found]
    return {key[len(prefix) :]: s3.get_object(Bucket=DATA, Key=key)["Body"].read().decode() for key in keys}


def aged(answer: dict[str, Any], days: int) -> dict[str, Any]:
    return answer | {"copied_at": (datetime.now(UTC) - timedelta(days=days)).isoformat()}


@pytest.mark.parametrize("uri", [PREFIX, f"{PREFIX}a.csv"])
def test_a_source_that_is_the_same_is_pointed_to(s3: Any, uri: str) -> None:
    put(s3, a="1")
    first = extract(uri, run="r1")
    again = extract(uri, first)
    assert again == first | {"changed": False}
    assert copied(s3, "r2") == {}
    assert pointer(s3, "r2")["uri"] == first["uri"]
    put(s3, a="2")
    assert extract(uri, first, run="r3")["changed"] is True
    assert copied(s3, "r3") == {"a.csv": "2"}


def test_of_two_invocations_for_one_run_the_second_adopts_what_the_first_has_copied(s3: Any) -> None:
    put(s3, a="1")
    first = extract_in(PREFIX, run="r1", call="lost")
    put(s3, a="2", b="1")
    assert extract_in(PREFIX, run="r1", call="again") == first
    assert copied(s3, "r1", "lost") == {"a.csv": "1"}, "not overwritten"
    assert pointer(s3, "r1")["uri"] == first["uri"]


def test_names_that_spark_would_take_for_patterns_are_encoded_and_stay_different(s3: Any) -> None:
    names = ["a b.csv", "a~20b.csv", "x[1].csv", "x{1}.csv", "x*.csv", "x?.csv", "x:1.csv", "d=ü 1/y.csv", "100%.csv"]
    for name in names:
        s3.put_object(Bucket=SOURCE, Key=f"in/{name}", Body=name.encode())
    extract(PREFIX)
    found = copied(s3, "r2")
    assert sorted(found.values()) == sorted(names)
    assert not set("".join(found)) & set(" []{}*?:%")


def test_a_copy_that_will_be_gone_soon_is_made_anew_and_is_no_change(s3: Any) -> None:
    put(s3, a="1")
    first = extract(PREFIX, run="r1")
    assert extract(PREFIX, aged(first, 28), run="r2")["uri"] == first["uri"]
    again = extract(PREFIX, aged(first, 29), run="r3")
    assert (again["uri"], again["changed"]) == (f"s3://{DATA}/raw/run_id=r3/flights/call=c1/", False)


def test_an_address_is_asked_whether_it_has_the_same_version(s3: Any, https: HttpsServer) -> None:
    url = https.on("/a.csv", b"1", ETag='"v1"')
    first = extract(url, run="r1")
    https.on("/a.csv", b"", status=304)
    again = extract(url, first)
    assert https.requests[-1].headers["If-None-Match"] == '"v1"'
    assert again == first | {"changed": False}
    assert pointer(s3, "r2")["uri"] == first["uri"]


def test_an_address_that_says_unchanged_without_being_asked_is_refused(s3: Any, https: HttpsServer) -> None:
    with pytest.raises(Exception, match="HTTP 304"):
        extract(https.on("/a.csv", b"", status=304))


def test_an_incremental_prefix_gives_only_what_is_new(s3: Any) -> None:
    put(s3, a="1", b="1")
    first = extract(PREFIX, incremental=True, run="r1")
    put(s3, b="2", c="1")
    second = extract(PREFIX, first, incremental=True, run="r2")
    assert {name: body for name, body in copied(s3, "r2").items() if name != "_objects.json"} == {
        "b.csv": "2",
        "c.csv": "1",
    }
    assert (second["changed"], second["bytes"]) == (True, 2)
    put(s3, d="1")
    extract(PREFIX, second, incremental=True, run="r3")
    assert sorted(copied(s3, "r3")) == ["_objects.json", "d.csv"]


def test_an_incremental_prefix_without_new_objects_is_unchanged_even_if_some_are_gone(s3: Any) -> None:
    put(s3, a="1", b="1")
    first = extract(PREFIX, incremental=True, run="r1")
    s3.delete_object(Bucket=SOURCE, Key="in/a.csv")
    assert extract(PREFIX, first, incremental=True)["changed"] is False
    s3.delete_object(Bucket=SOURCE, Key="in/b.csv")
    assert extract(PREFIX, first, incremental=True)["changed"] is False


def test_without_the_list_of_what_was_taken_all_is_taken_again(s3: Any) -> None:
    put(s3, a="1", b="1")
    first = extract(PREFIX, incremental=True, run="r1")
    s3.delete_object(Bucket=DATA, Key="raw/run_id=r1/flights/call=c1/_objects.json")
    again = extract(PREFIX, first, incremental=True)
    assert sorted(copied(s3, "r2")) == ["_objects.json", "a.csv", "b.csv"]
    assert again["changed"] is False


def test_an_incremental_prefix_that_never_had_an_object_is_not_found(s3: Any) -> None:
    with pytest.raises(SourceNotFound):
        extract(PREFIX, incremental=True)


def test_what_spark_takes_for_no_data_is_not_copied(s3: Any) -> None:
    for name in ("_SUCCESS", ".hidden.csv", "_temporary/0/a.csv", "_source.json", "day=1/_a.csv", "_p=1/a.csv"):
        s3.put_object(Bucket=SOURCE, Key=f"in/{name}", Body=b'{"uri": "s3://elsewhere/"}')
    extract(PREFIX)
    assert list(copied(s3, "r2")) == ["_p=1/a.csv"]


def test_a_single_object_whose_name_would_hide_it_gets_a_name_that_is_seen(s3: Any) -> None:
    s3.put_object(Bucket=SOURCE, Key="in/_a.csv", Body=b"1")
    assert extract(f"{PREFIX}_a.csv")["uri"].endswith("/flights/call=c1/a.csv")


@pytest.mark.parametrize(
    ("change", "named"),
    [({"copied_at": "yesterday"}, "copied_at"), ({"uri": "/etc/passwd"}, "/etc/passwd"), ({"more": 1}, "more")],
)
def test_what_is_wrong_with_the_earlier_copy_is_named(s3: Any, change: dict[str, Any], named: str) -> None:
    put(s3, a="1")
    with pytest.raises(InvalidInput, match=named):
        extract(PREFIX, extract(PREFIX, run="r1") | change)
