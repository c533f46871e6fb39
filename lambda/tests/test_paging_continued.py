"""Sources with pages that take several invocations, and servers that ask to wait."""

import json
import socket
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import COPIES, DATA, DESTINATION, HttpsServer, event
from paged_api import BOUNDS, CURSOR, PATH, START, Api, FakeClock, by_cursor, extract_all, files, invoke, lines

from clock import Clock, after
from errors import DestinationRefused, InvalidInput, SourceForbidden, SourceRefused, SourceUnavailable
from handler import handler

pytestmark = pytest.mark.usefixtures("s3", "own_clock")
PAGES = [[{"id": 10 * page + at} for at in range(2)] for page in range(6)]


def slow(https: HttpsServer, clock: FakeClock, pages: list[list[Any]], seconds: float) -> Api:
    """An API whose pages take that long."""
    page = by_cursor(pages)

    def answer(asked: dict[str, str]) -> Any:
        clock.spend(seconds)
        return page(asked)

    return Api(https, answer)


def unavailable(https: HttpsServer, pages: list[list[Any]], answers: dict[int, Any]) -> Api:
    """An API that answers some of its requests, by their numbers from 0, with something else."""
    page = by_cursor(pages)
    count = iter(range(1000))
    return Api(https, lambda asked: answers.pop(next(count), None) or page(asked))


def test_three_invocations_give_what_one_gives(s3: Any, https: HttpsServer) -> None:
    whole = invoke(slow(https, FakeClock(), PAGES[:5], 1).url, CURSOR, run="r0")
    clock = FakeClock(left=100)
    api = slow(https, clock, PAGES[:5], 30)
    answer, number = extract_all(api.url, CURSOR, clock)
    assert number == 3
    assert len(api.asked) == 5
    assert lines(s3, answer) == lines(s3, whole)
    names = ("etag", "bytes", "pages", "records", "changed")
    assert [answer[name] for name in names] == [whole[name] for name in names]
    assert answer["uri"] == f"{DESTINATION}call=c3/"
    assert list(files(s3, answer["uri"])) == [f"pages-0000{at}.jsonl" for at in (1, 2, 3)]
    # what the earlier ones have written stays
    assert list(files(s3, COPIES)) == ["pages-00001.jsonl"]


def test_a_continuation_has_this_form(s3: Any, https: HttpsServer, capsys: pytest.CaptureFixture[str]) -> None:
    clock = FakeClock(left=70)
    answer = invoke(slow(https, clock, PAGES, 30).url, CURSOR, clock)
    assert list(answer) == ["name", "continuation"]
    continuation = answer["continuation"]
    digests = {name: continuation.pop(name) for name in ("digest", "last_page", "mark")}
    assert {len(digest) for digest in digests.values()} == {64}
    assert continuation == {
        "started_at": "2026-03-01T10:00:00+00:00",
        "invocations": 1,
        "calls": ["c1"],
        "next": "c1",
        "done": False,
        "pages": 1,
        "records": 2,
        "bytes": 20,
        "total": None,
        "power": 2,
        "steps": 0,
        "not_before": None,
    }
    assert "_source.json" not in str(s3.list_objects_v2(Bucket=DATA))
    logged = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (logged["pages"], logged["records"], logged["run_id"]) == (1, 2, "r1")


@pytest.mark.parametrize("paging", ["page", "offset", "nextLink"])
def test_each_type_of_paging_continues(s3: Any, https: HttpsServer, paging: str) -> None:
    clock = FakeClock(left=70)
    records = [{"id": at} for at in range(4)]

    def page(asked: dict[str, str]) -> Any:
        clock.spend(30)
        at = int(asked.get("at", 0))
        at = at - 1 if paging == "page" else at
        return {"data": records[at : at + 1], "total": 4, "next": f"?at={at + 1}" if at < 3 else None}

    api = Api(https, page)
    settings = {"type": paging, "records": "data", "total": "total"}
    settings |= {"next": "next"} if paging == "nextLink" else {"parameter": "at"}
    # the last one only copies, as the one before has not the time left
    answer, number = extract_all(api.url, settings, clock)
    assert (number, answer["pages"], answer["records"], len(api.asked)) == (5, 4, 4, 4)
    assert lines(s3, answer) == b'{"id": 0}\n{"id": 1}\n{"id": 2}\n{"id": 3}\n'


def test_the_checks_reach_over_invocations(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=70)
    for pages, expected in (([[{"id": 1}], [{"id": 1}]], "same records"), ([[{"id": 1}], [], []], "is empty")):
        with pytest.raises(Exception, match=expected):
            extract_all(slow(https, clock, pages, 30).url, CURSOR, clock)
        clock.left = 70
    api = slow(https, clock, [[{"id": 1}], [{"id": 2}]], 30)
    answer = api.page
    api.page = lambda asked: {**answer(asked), "total": 2 if "cursor" in asked else 3}
    with pytest.raises(Exception, match="changed from 3 to 2"):
        extract_all(api.url, CURSOR | {"total": "total"}, clock)


def test_a_last_page_without_records_adds_no_file(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=70)
    answer, number = extract_all(slow(https, clock, [[{"id": 1}], []], 30).url, CURSOR, clock)
    assert (number, answer["pages"], answer["records"]) == (3, 2, 1)
    assert files(s3, answer["uri"]) == {"pages-00001.jsonl": b'{"id": 1}\n'}


def test_files_are_copied_by_another_invocation_if_the_time_is_short(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=70)
    api = slow(https, clock, PAGES[:2], 30)
    first = invoke(api.url, CURSOR, clock)
    clock.left = 70
    second = invoke(api.url, CURSOR, clock, call="c2", continuation=first["continuation"])
    assert (second["continuation"]["done"], second["continuation"]["calls"]) == (True, ["c1", "c2"])
    third = invoke(api.url, CURSOR, clock, call="c3", continuation=second["continuation"])
    assert (third["pages"], len(api.asked)) == (2, 2)
    assert list(files(s3, third["uri"])) == ["pages-00001.jsonl", "pages-00002.jsonl"]


def test_the_same_records_in_several_invocations_are_the_published_copy(s3: Any, https: HttpsServer) -> None:
    published = invoke(slow(https, FakeClock(), PAGES[:5], 1).url, CURSOR, run="r0")
    clock = FakeClock(left=100)
    answer, number = extract_all(slow(https, clock, PAGES[:5], 30).url, CURSOR, clock, published=published)
    assert (number, answer) == (3, published | {"changed": False})
    assert "pages-00001.jsonl" not in files(s3, f"{DESTINATION}call=c3/"), "nothing is copied in vain"


def test_the_gathered_copies_of_a_sensitive_source_are_tagged(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=100)
    extract_all(slow(https, clock, PAGES[:5], 30).url, CURSOR, clock, sensitive=True)
    keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket=DATA)["Contents"] if "pages-" in entry["Key"]]
    assert len(keys) == 5
    for key in keys:
        assert s3.get_object_tagging(Bucket=DATA, Key=key)["TagSet"] == [{"Key": "sensitive", "Value": "true"}]


def test_a_file_of_an_earlier_invocation_that_is_gone_is_an_error(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=100)
    api = slow(https, clock, PAGES[:3], 30)
    continuation = invoke(api.url, CURSOR, clock)["continuation"]
    s3.delete_object(Bucket=DATA, Key="raw/run_id=r1/flights/call=c1/pages-00001.jsonl")
    clock.left = 900
    with pytest.raises(DestinationRefused):
        invoke(api.url, CURSOR, clock, call="c2", continuation=continuation)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("header", ["120", "Sun, 01 Mar 2026 10:02:00 GMT"])
def test_a_wait_that_fits_is_waited_for(s3: Any, https: HttpsServer, status: int, header: str) -> None:
    clock = FakeClock(left=200)
    api = unavailable(https, PAGES[:2], {1: ("", {"Retry-After": header}, status)})
    assert invoke(api.url, CURSOR, clock)["pages"] == 2
    assert clock.waits == [120]
    assert len(api.asked) == 3


def test_a_wait_that_does_not_fit_is_for_the_next_invocation(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=170)
    api = unavailable(https, PAGES[:2], {1: ("", {"Retry-After": "120"}, 429)})
    continuation = invoke(api.url, CURSOR, clock)["continuation"]
    assert (clock.waits, continuation["not_before"]) == ([], "2026-03-01T10:02:00+00:00")
    clock = FakeClock(START + timedelta(seconds=20), left=900)
    answer = invoke(api.url, CURSOR, clock, call="c2", continuation=continuation)
    assert (answer["pages"], clock.waits) == (2, [100])


def test_a_wait_that_no_invocation_has_the_time_for_is_shared(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=160)
    api = unavailable(https, PAGES[:2], {0: ("", {"Retry-After": "250"}, 429)})
    answer, number = extract_all(api.url, CURSOR, clock)
    assert (answer["pages"], number, clock.waits) == (2, 3, [100, 100, 50])
    assert list(files(s3, answer["uri"])) == ["pages-00001.jsonl"]


def test_a_wait_beyond_the_bound_is_refused_at_once(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock()
    api = unavailable(https, PAGES, {1: ("", {"Retry-After": "86400"}, 503)})
    with pytest.raises(SourceRefused, match=r"paging\.maxMinutes: invalid value 60;"):
        invoke(api.url, CURSOR, clock)
    assert clock.waits == []


def test_the_minutes_are_counted_from_the_first_invocation(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=70)
    api = slow(https, clock, PAGES, 40)
    with pytest.raises(SourceRefused, match=r"paging\.maxMinutes: invalid value 2;"):
        extract_all(api.url, CURSOR | {"maxMinutes": 2}, clock)
    assert len(api.asked) == 4


@pytest.mark.parametrize(
    "failure",
    [
        ("", {}, 503),
        ("", {}, 500),
        ("", {"Retry-After": "soon"}, 429),
        ("", {"Retry-After": "5"}, 500),
        ('{"da', {"Content-Length": "100"}),
        ("", {}, 401),
    ],
)
def test_a_transient_error_keeps_the_pages_before_it(s3: Any, https: HttpsServer, failure: Any) -> None:
    clock = FakeClock()
    api = unavailable(https, PAGES[:3], {2: failure})
    answer, number = extract_all(api.url, CURSOR, clock)
    assert (number, answer["pages"], len(api.asked), clock.waits) == (2, 3, 4, [])
    assert lines(s3, answer) == b"".join(json.dumps(record).encode() + b"\n" for page in PAGES[:3] for record in page)


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (("", {}, 503), "SourceUnavailable"),
        (('{"da', {"Content-Length": "100"}), "SourceTruncated"),
        (("", {}, 403), "SourceForbidden"),
    ],
)
def test_an_invocation_without_a_page_raises_its_error(s3: Any, https: HttpsServer, failure: Any, error: str) -> None:
    api = unavailable(https, PAGES, {0: failure})
    with pytest.raises(Exception, match=f"https://localhost{PATH}") as raised:
        invoke(api.url, CURSOR)
    assert type(raised.value).__name__ == error


def test_another_error_is_raised_whatever_was_read(s3: Any, https: HttpsServer) -> None:
    api = unavailable(https, PAGES, {1: ("", {}, 400)})
    with pytest.raises(SourceRefused, match="HTTP 400"):
        invoke(api.url, CURSOR)
    assert "Contents" not in s3.list_objects_v2(Bucket=DATA)


@pytest.mark.parametrize("begun", [0, 1])
def test_a_page_is_given_up_when_the_time_is_over(s3: Any, https: HttpsServer, begun: int) -> None:
    clock = FakeClock()
    page = by_cursor(PAGES)

    def answer(asked: dict[str, str]) -> Any:
        clock.spend(890 if len(api.asked) > begun else 0)
        return page(asked)

    api = Api(https, answer)
    if begun:
        assert invoke(api.url, CURSOR, clock)["continuation"]["pages"] == 1
    else:
        with pytest.raises(SourceUnavailable, match="page 1: the function's time is over"):
            invoke(api.url, CURSOR, clock)


def test_a_wait_may_have_passed_between_two_invocations(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=100)
    api = unavailable(https, PAGES[:2], {1: ("", {"Retry-After": "120"}, 429)})
    first = invoke(api.url, CURSOR, clock)
    clock.time += timedelta(minutes=10)
    clock.left = 900
    answer = invoke(api.url, CURSOR, clock, continuation=first["continuation"], call="c2")
    assert (answer["pages"], clock.waits) == (2, [0])


def test_a_short_function_reads_more_than_a_page(s3: Any, https: HttpsServer) -> None:
    answer, number = extract_all(Api(https, by_cursor(PAGES)).url, CURSOR, FakeClock(left=10))
    assert (number, answer["pages"]) == (1, len(PAGES))


def test_a_hundred_invocations_are_the_most(s3: Any, https: HttpsServer) -> None:
    clock = FakeClock(left=70)
    api = slow(https, clock, PAGES, 30)
    continuation = invoke(api.url, CURSOR, clock)["continuation"]
    clock.left = 70
    last = continuation | {"invocations": 99}
    assert invoke(api.url, CURSOR, clock, call="c2", continuation=last)["continuation"]["invocations"] == 100
    with pytest.raises(SourceRefused, match="more than 100 invocations"):
        invoke(api.url, CURSOR, clock, call="c3", continuation=continuation | {"invocations": 100})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"more": 1}, "continuation: invalid value"),
        ({"calls": ["../x"]}, r"continuation\.calls: invalid value '\.\./x'"),
        ({"calls": [1]}, r"continuation\.calls"),
        ({"digest": "x"}, r"continuation\.digest: invalid value 'x'"),
        ({"pages": True}, r"continuation\.pages: invalid value True; must be a int"),
        ({"next": 1.5}, r"continuation\.next: invalid value 1\.5; must be a str or int or null"),
        ({"started_at": "2026-03-01"}, r"continuation\.started_at: invalid value '2026-03-01'; must be ISO 8601"),
        ({"not_before": "soon"}, r"continuation\.not_before: invalid value 'soon'"),
    ],
)
def test_another_continuation_is_refused(s3: Any, https: HttpsServer, change: dict[str, Any], expected: str) -> None:
    clock = FakeClock(left=70)
    api = slow(https, clock, PAGES, 30)
    continuation = invoke(api.url, CURSOR, clock)["continuation"]
    with pytest.raises(InvalidInput, match=expected):
        invoke(api.url, CURSOR, continuation=continuation | change)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 1),
        ("7", 7),
        (" 7 ", 7),
        ("9" * 400, 365 * 86400),
        ("Sun, 01 Mar 2026 10:00:30 GMT", 30),
        ("Sun, 01 Mar 2026 10:00:30 -0000", 30),
        ("Sun, 01 Mar 2026 09:00:00 GMT", 1),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    found = after(header, START)
    assert (found and (found - START).total_seconds()) == seconds


def test_the_clock_is_that_of_lambda() -> None:
    clock = Clock(SimpleNamespace(get_remaining_time_in_millis=lambda: 1500))
    assert clock.remaining() == 1.5
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert clock.now().tzinfo is UTC


def test_a_server_that_cannot_be_reached_keeps_the_pages_before(
    s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Api(https, by_cursor(PAGES))
    connect = socket.create_connection
    connections: list[Any] = []

    def refuse(*arguments: Any, **options: Any) -> Any:
        connections.append(arguments)
        if len(connections) > 2:
            raise ConnectionRefusedError
        return connect(*arguments, **options)

    monkeypatch.setattr(socket, "create_connection", refuse)
    assert invoke(api.url, CURSOR)["continuation"]["pages"] == 2


def test_the_lambda_context_is_enough(s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handler.Clock", Clock)
    api = Api(https, by_cursor(PAGES))
    asked = event(api.url)
    asked["source"]["paging"] = BOUNDS | CURSOR
    context = SimpleNamespace(aws_request_id="c1", get_remaining_time_in_millis=lambda: 900_000)
    assert handler(asked, context)["pages"] == 6


def test_refused_credentials_are_raised_after_the_invocation_that_could_read(s3: Any, https: HttpsServer) -> None:
    api = unavailable(https, PAGES, {1: ("", {}, 401), 2: ("", {}, 401)})
    with pytest.raises(SourceForbidden):
        extract_all(api.url, CURSOR)
    assert len(api.asked) == 3
