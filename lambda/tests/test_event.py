"""Events that are refused before anything is done."""

from typing import Any

import pytest

from errors import InvalidInput
from event import Deployed, Event

GOOD: dict[str, Any] = {
    "source": {"name": "flights", "uri": "s3://bucket/key"},
    "run_id": "run-1",
    "destination": "s3://data/raw/run_id=run-1/flights/",
    "published": None,
    "incremental": False,
}


def test_a_good_event_is_read() -> None:
    event = Event.parse(GOOD, "c1", Deployed({}, {}))
    assert (event.name, event.uri, event.run_id) == ("flights", "s3://bucket/key", "run-1")
    assert str(event.destination) == GOOD["destination"]
    assert str(event.copies) == GOOD["destination"] + "call=c1/"


def test_the_query_of_an_address_comes_beside_the_event() -> None:
    source = {"name": "flights", "uri": "https://host/a.csv"}
    event = Event.parse(GOOD | {"source": source}, "c1", Deployed({"flights": "token=secret", "other": "x=1"}, {}))
    assert event.uri == "https://host/a.csv?token=secret"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"source": {"name": "../x", "uri": "s3://b/k"}}, "source.name"),
        ({"source": {"name": "a" * 64, "uri": "s3://b/k"}}, "source.name"),
        ({"source": {"name": "flights"}}, "source"),
        ({"source": {"name": "flights", "uri": 5}}, "source.uri"),
        ({"source": {"name": "flights", "uri": "s3://b/k", "x": 1}}, "source"),
        ({"source": {"name": "flights", "uri": "s3://b/k", "sensitive": "yes"}}, "source.sensitive"),
        ({"source": {"name": "flights", "uri": "ftp://b/k"}}, "source.uri"),
        ({"source": {"name": "flights", "uri": "https://h/a\r\nb"}}, "source.uri"),
        ({"run_id": "a/b"}, "run_id"),
        ({"run_id": ""}, "run_id"),
        ({"run_id": 7}, "run_id"),
        ({"destination": "s3://data/raw"}, "destination"),
        ({"destination": "file:///raw/"}, "s3://bucket"),
        ({"published": []}, "published"),
        ({"incremental": "yes"}, "incremental"),
        ({"more": 1}, "the event"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        Event.parse(GOOD | change, "c1", Deployed({}, {}))


@pytest.mark.parametrize("event", [None, [], "x", {}])
def test_what_is_no_event_at_all_is_refused(event: Any) -> None:
    with pytest.raises(InvalidInput, match="the event"):
        Event.parse(event, "c1", Deployed({}, {}))


def test_an_address_is_not_told_in_full() -> None:
    with pytest.raises(InvalidInput) as raised:
        Event.parse(
            GOOD | {"source": {"name": "flights", "uri": "http://me:secret@host/a?token=secret"}},
            "c1",
            Deployed({}, {}),
        )
    assert "secret" not in str(raised.value)


BOUNDS = {"maxPages": 10, "maxMegabytes": 20, "maxMinutes": 30}
CURSOR = {"type": "cursor", "records": "a.b", "next": "c", "parameter": "p", **BOUNDS}


def https(paging: Any = None, **source: Any) -> dict[str, Any]:
    more = source if paging is None else {"paging": paging, **source}
    return {"source": {"name": "flights", "uri": "https://host/a", **more}}


def test_the_settings_of_pages_are_read() -> None:
    more = {"total": "t", "sizeParameter": "s", "size": 5}
    event = Event.parse(GOOD | https(CURSOR | more, since="from") | {"since": "2"}, "c1", Deployed({}, {}))
    paging = event.paging
    assert paging is not None
    assert (paging.records, paging.next, paging.total, paging.size) == (("a", "b"), ("c",), ("t",), 5)
    assert (paging.max_pages, paging.max_megabytes, paging.max_minutes) == (10, 20, 30)
    assert event.since is not None
    assert event.since.parameters == {"from": "2"}


def test_a_watermark_without_a_place_for_it_is_ignored() -> None:
    assert Event.parse(GOOD | {"since": "2"}, "c1", Deployed({}, {})).since is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (https({}), "source.paging: invalid value"),
        (https(CURSOR | {"more": 1}), "source.paging: invalid value"),
        (https({"type": "page", "parameter": "p"}), "source.paging: invalid value"),
        (https(BOUNDS | {"type": "pages"}), "source.paging.type: invalid value 'pages'; must be one of linkHeader,"),
        (https(BOUNDS | {"type": "page"}), "source.paging.parameter: must be set for page"),
        (https(BOUNDS | {"type": "offset"}), "source.paging.parameter: must be set for offset"),
        (https(BOUNDS | {"type": "nextLink", "records": "a"}), "source.paging.next: must be set for nextLink"),
        (https(BOUNDS | {"type": "linkHeader", "next": "a"}), "source.paging.next: invalid value 'a'; must be unset"),
        (https(CURSOR | {"first": 1}), "source.paging.first: invalid value 1; must be unset for cursor"),
        (https(BOUNDS | {"type": "linkHeader", "parameter": "a"}), "source.paging.parameter: invalid value 'a'"),
        (https(CURSOR | {"sizeParameter": "s"}), "source.paging.size: must be set with sizeParameter"),
        (https(CURSOR | {"size": 0}), "source.paging.size: invalid value 0; must be at least 1"),
        (https(CURSOR | {"maxPages": 0}), "source.paging.maxPages: invalid value 0; must be at least 1"),
        (https(CURSOR | {"maxPages": True}), "source.paging.maxPages: invalid value True; must be a int"),
        (https(CURSOR | {"size": "5"}), "source.paging.size: invalid value '5'; must be a int"),
        (https(CURSOR | {"parameter": ""}), "source.paging.parameter: invalid value ''"),
        (https(CURSOR | {"records": "a..b"}), r"source.paging.records: invalid value 'a\.\.b'; must be keys"),
        (https(CURSOR | {"next": "a.b.c"}), r"source.paging: invalid value 'a.b.c'; must not be within a\.b"),
        (https(CURSOR | {"next": "a"}), r"source.paging: invalid value 'a.b'; must not be within a$"),
        (https(CURSOR | {"total": "c"}), "source.paging: invalid value 'c'; must not be within c"),
        (https({name: CURSOR[name] for name in CURSOR if name != "records"}), "must not be within the whole body"),
        (https([]), "source.paging: invalid value"),
        (https(since=""), "source.since: invalid value ''"),
        (https(since=5), "source.since: invalid value 5"),
        (https(database={}), "source.database: must be set for jdbc: and for no other address"),
        ({"source": {"name": "f", "uri": "jdbc:mysql://h/d"}}, "source.database: must be set"),
        ({"source": {"name": "f", "uri": "s3://b/k", "paging": CURSOR}}, "source.paging: must be absent"),
        ({"source": {"name": "f", "uri": "s3://b/k", "since": "x"}}, "source.since: must be absent"),
        ({"since": 5}, "the event.since: invalid value 5; must be a str or null"),
        ({"continuation": {}}, "continuation: must be absent for a source without paging"),
        (https(CURSOR) | {"continuation": []}, "the event.continuation: invalid value"),
    ],
)
def test_what_is_wrong_with_pages_and_databases_is_named(change: dict[str, Any], expected: str) -> None:
    with pytest.raises(InvalidInput, match=expected):
        Event.parse(GOOD | change, "c1", Deployed({}, {}))
