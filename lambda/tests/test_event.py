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
