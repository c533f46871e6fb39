"""Sources that an API gives in pages."""

import json
from typing import Any

import pytest
from conftest import COPIES, DATA, HttpsServer, nothing_is_left
from paged_api import CURSOR, PATH, Api, FakeClock, by_cursor, extract_all, files, invoke, lines

import pages
from errors import RedirectRefused, SourceMalformed, SourceRefused, SourceTruncated

pytestmark = pytest.mark.usefixtures("s3", "own_clock")
A, B, C = {"id": 1}, {"id": 2}, {"id": 3}
ALL = b'{"id": 1}\n{"id": 2}\n{"id": 3}\n'
LINK_HEADER = {"type": "linkHeader"}
NEXT_LINK = {"type": "nextLink", "records": "data", "next": "links.next"}
PAGE = {"type": "page", "parameter": "page"}
OFFSET = {"type": "offset", "parameter": "from", "records": "data"}


def linked(https: HttpsServer, links: list[str | None], **bodies: Any) -> Api:
    """Pages by the parameter `p`, each with a link to the next one in its body, and in its header."""
    records = [[A], [B], [C]]

    def page(asked: dict[str, str]) -> Any:
        at = int(asked.get("p", 0))
        link = links[at]
        header = {"Link": f'</first>; rel="first", <{link}>; rel="next"'} if link else {}
        return {"data": records[at], "links": {"next": link}, **bodies}, header

    return Api(https, page)


def test_records_of_all_pages_are_one_file_of_json_lines(s3: Any, https: HttpsServer) -> None:
    api = Api(https, by_cursor([[A, B], [C]]))
    answer = invoke(api.url, CURSOR)
    assert answer["uri"] == COPIES
    assert (answer["pages"], answer["records"], answer["bytes"], answer["changed"]) == (2, 3, len(ALL), True)
    assert files(s3, COPIES) == {"pages-00001.jsonl": ALL}
    assert api.asked == [{}, {"cursor": "c1"}]
    assert https.requests[0].headers["Accept"] == "application/json"
    pointer = json.loads(s3.get_object(Bucket=DATA, Key="raw/run_id=r1/flights/_source.json")["Body"].read())
    assert {"name": "flights", **pointer} == answer


def test_digits_and_separators_of_lines_stay_as_they_are(s3: Any, https: HttpsServer) -> None:
    record = '{"a": 1.10, "b": 1e400, "c": 0.1234567890123456789012, "d": "x\u2028y"}'
    Api(https, lambda _: f"[{record}]")
    assert lines(s3, invoke(https.url(PATH), {**PAGE, "size": 2})) == f"{record}\n".encode()


@pytest.mark.parametrize("links", [["/v1/orders?p=1", "{host}/v1/orders?p=2", None], ["?p=1", "orders?p=2", None]])
@pytest.mark.parametrize("paging", [LINK_HEADER | {"records": "data"}, NEXT_LINK])
def test_links_are_followed_until_there_is_none(
    s3: Any, https: HttpsServer, paging: dict[str, Any], links: list[str | None]
) -> None:
    api = linked(https, [link and link.replace("{host}", https.url("")) for link in links])
    assert lines(s3, invoke(api.url, paging)) == ALL
    assert api.asked == [{}, {"p": "1"}, {"p": "2"}]


def test_links_may_be_in_several_headers(s3: Any, https: HttpsServer) -> None:
    def answer(request: Any) -> None:
        body = b'[{"id": 1}]' if "?" not in request.path else b'[{"id": 2}]'
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.send_header("Link", '</v1/orders?x>; rel="self"; title="a, b"')
        request.send_header("Link", '</v1/orders?p=1>; rel="next"' if "?" not in request.path else "</a>; rel=last")
        request.end_headers()
        request.wfile.write(body)
        request.close_connection = True

    https.answers[PATH] = answer
    assert lines(s3, invoke(https.url(PATH), LINK_HEADER)) == b'{"id": 1}\n{"id": 2}\n'


@pytest.mark.parametrize(
    "link",
    ["https://other.example/x?p=1", "http://localhost/v1/orders?p=1", "//other.example/x", "https://me:x@{host}/"],
)
@pytest.mark.parametrize("paging", [LINK_HEADER | {"records": "data"}, NEXT_LINK])
def test_a_link_to_another_host_or_without_tls_is_refused(
    s3: Any, https: HttpsServer, paging: dict[str, Any], link: str
) -> None:
    api = linked(https, [link.replace("{host}", https.url("").removeprefix("https://"))])
    with pytest.raises(RedirectRefused, match=r"the next page is at .*; must be at https://localhost"):
        invoke(api.url, paging)
    assert len(https.requests) == 1
    assert nothing_is_left(s3)


@pytest.mark.parametrize("cursor", [None, "", "absent"])
def test_a_cursor_that_is_null_absent_or_empty_is_the_end(s3: Any, https: HttpsServer, cursor: str | None) -> None:
    Api(https, lambda _: {"data": [A]} | ({} if cursor == "absent" else {"next": cursor}))
    assert invoke(https.url(PATH), CURSOR)["pages"] == 1


def test_a_cursor_may_be_a_number_and_have_any_characters(s3: Any, https: HttpsServer) -> None:
    following = {"": "12345678901234567890", "12345678901234567890": '"a&b=c +%/é"', "a&b=c +%/é": "null"}
    api = Api(https, lambda asked: f'{{"data": [{json.dumps(asked)}], "next": {following[asked.get("cursor", "")]}}}')
    assert invoke(api.url, CURSOR)["pages"] == 3
    assert [asked.get("cursor") for asked in api.asked] == [None, "12345678901234567890", "a&b=c +%/é"]


@pytest.mark.parametrize(("size", "asked"), [(None, ["1", "2", "3"]), (2, ["1", "2"]), (1, ["1", "2", "3"])])
def test_page_numbers_end_with_an_empty_page_or_one_that_is_not_full(
    s3: Any, https: HttpsServer, size: int | None, asked: list[str]
) -> None:
    api = Api(https, lambda query: {"1": [A, B], "2": [C]}.get(query["page"], []))
    answer = invoke(api.url, PAGE | ({"size": size} if size else {}))
    assert [query["page"] for query in api.asked] == asked
    assert lines(s3, answer) == ALL


def test_page_numbers_begin_with_the_first(s3: Any, https: HttpsServer) -> None:
    api = Api(https, lambda query: [[A], [B], []][int(query["page"])])
    assert invoke(api.url, PAGE | {"first": 0})["records"] == 2


@pytest.mark.parametrize("total", [None, 3])
def test_an_offset_grows_by_the_records_that_came(s3: Any, https: HttpsServer, total: int | None) -> None:
    records = [A, B, C]

    def page(asked: dict[str, str]) -> Any:
        at = int(asked["from"])
        return {"data": records[at : at + 2], "total": total}

    api = Api(https, page)
    assert lines(s3, invoke(api.url, OFFSET | ({"total": "total"} if total else {}))) == ALL
    assert [asked["from"] for asked in api.asked] == (["0", "2"] if total else ["0", "2", "3"])


@pytest.mark.parametrize(
    ("paging", "expected"),
    [
        (CURSOR, [{"cursor": "c1"}]),
        (PAGE | {"records": "data"}, [{"page": "2"}]),
        (OFFSET, [{"from": "1"}]),
        (NEXT_LINK, [{"p": "1"}]),
    ],
)
def test_the_watermark_and_the_size_are_parameters(
    s3: Any, https: HttpsServer, paging: dict[str, Any], expected: list[dict[str, str]]
) -> None:
    def page(asked: dict[str, str]) -> Any:
        is_first = asked.get("page", "1") == "1" and asked.get("from", "0") == "0" and not {"cursor", "p"} & set(asked)
        data = [A] if is_first else ([B] if {"cursor", "p"} & set(asked) else [])
        return {"data": data, "next": "c1" if is_first else None, "links": {"next": "?p=1" if is_first else None}}

    api = Api(https, page)
    more = {"sizeParameter": "limit", "size": 1}
    invoke(api.url, paging | more, since="2024-03-01T10:00:00Z")
    common = {"updated_since": "2024-03-01T10:00:00Z", "limit": "1"}
    assert {name: api.asked[0].get(name) for name in common} == common
    link = "p" in expected[0]
    assert api.asked[1:] == [asked if link else asked | common for asked in expected]


def test_without_a_watermark_there_is_no_parameter(s3: Any, https: HttpsServer) -> None:
    api = Api(https, by_cursor([[A]]))
    invoke(api.url, CURSOR)
    assert api.asked == [{}]


def test_a_source_of_no_records_is_one_empty_file(s3: Any, https: HttpsServer) -> None:
    Api(https, lambda _: [])
    answer = invoke(https.url(PATH), PAGE)
    assert (answer["pages"], answer["records"], answer["bytes"], answer["changed"]) == (1, 0, 0, True)
    assert files(s3, COPIES) == {"pages-00001.jsonl": b""}


def test_nothing_new_since_the_watermark_is_the_published_copy(s3: Any, https: HttpsServer) -> None:
    api = Api(https, by_cursor([[A], [B]]))
    first = invoke(api.url, CURSOR)
    api.page = by_cursor([[]])
    assert invoke(api.url, CURSOR, published=first, since="1", run="r2") == first | {"changed": False}
    assert invoke(api.url, CURSOR, since="1", run="r3")["records"] == 0


def test_the_same_records_are_the_published_copy_while_that_is_there(s3: Any, https: HttpsServer) -> None:
    api = Api(https, by_cursor([[A], [B]]))
    first = invoke(api.url, CURSOR)
    assert invoke(api.url, CURSOR, published=first, run="r2") == first | {"changed": False}
    old = first | {"copied_at": "2020-01-01T00:00:00Z"}
    again = invoke(api.url, CURSOR, published=old, run="r3")
    assert (again["changed"], again["uri"] == first["uri"]) == (False, False)
    api.page = by_cursor([[A], [C]])
    changed = invoke(api.url, CURSOR, published=first, run="r4")
    assert (changed["changed"], changed["pages"], changed["records"]) == (True, 2, 2)


def test_the_copies_of_a_sensitive_source_are_tagged(s3: Any, https: HttpsServer) -> None:
    api = Api(https, by_cursor([[A]]))
    invoke(api.url, CURSOR, sensitive=True)
    key = "raw/run_id=r1/flights/call=c1/pages-00001.jsonl"
    assert s3.get_object_tagging(Bucket=DATA, Key=key)["TagSet"] == [{"Key": "sensitive", "Value": "true"}]


def test_a_large_source_goes_to_s3_in_parts(s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paged_source.PART_SIZE", 5 * 1024**2)
    bulk = [[{"id": at, "x": "x" * 3 * 1024**2}] for at in range(4)]
    api = Api(https, by_cursor(bulk))
    answer = invoke(api.url, CURSOR | {"maxMegabytes": 13})
    assert lines(s3, answer) == b"".join(json.dumps(page[0]).encode() + b"\n" for page in bulk)
    etag = s3.head_object(Bucket=DATA, Key="raw/run_id=r1/flights/call=c1/pages-00001.jsonl")["ETag"]
    assert etag.endswith('-3"')


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("no JSON", "page 1: invalid JSON at character 0"),
        (b'{"data": ["\xff"]}', "page 1: the body is not UTF-8"),
        ({"items": []}, "page 1: data: must be an array, but is missing"),
        ({"data": {"id": 1}}, "page 1: data: must be an array"),
        ({"data": [A], "next": True}, "page 1: next: must be a text, a number or null"),
        ({"data": [A], "next": {}}, "page 1: next: must be a text, a number or null"),
        ({"data": [A], "next": "c" * 4097}, "page 1: the next link or cursor must have at most 4096 characters"),
    ],
)
def test_a_malformed_page_is_named_with_its_place(s3: Any, https: HttpsServer, body: Any, expected: str) -> None:
    Api(https, lambda _: body)
    with pytest.raises(SourceMalformed) as raised:
        invoke(https.url(PATH), CURSOR)
    assert str(raised.value) == f"https://localhost{PATH}, {expected}"
    assert nothing_is_left(s3)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (5, "links.next: must be a text or null"),
        ("/a b", "spaces or control"),
        ("https://[/", "no address"),
        ("/" + "a" * 4096, "at most 4096 characters"),
    ],
)
def test_a_link_that_is_no_address_is_malformed(s3: Any, https: HttpsServer, link: Any, expected: str) -> None:
    Api(https, lambda _: {"data": [A], "links": {"next": link}})
    with pytest.raises(SourceMalformed, match=expected):
        invoke(https.url(PATH), NEXT_LINK)


def test_a_link_header_that_is_none_is_malformed(s3: Any, https: HttpsServer) -> None:
    Api(https, lambda _: ([A], {"Link": "/next; rel=next"}))
    with pytest.raises(SourceMalformed, match="page 1: the header Link: it is not of RFC 8288"):
        invoke(https.url(PATH), LINK_HEADER)


@pytest.mark.parametrize("before", [0, 1, 5])
@pytest.mark.parametrize("length", [1, 2, 3, 7])
@pytest.mark.parametrize("left", [900, 75])
def test_cursors_that_go_round_in_a_circle_are_found(
    s3: Any, https: HttpsServer, before: int, length: int, left: int
) -> None:
    clock = FakeClock(left=left)

    def page(asked: dict[str, str]) -> Any:
        clock.spend(1)
        at = int(asked.get("cursor", 0)) + 1
        return {"data": [{"at": clock.time.isoformat()}], "next": at if at <= before + length else before + 1}

    api = Api(https, page)
    with pytest.raises(SourceMalformed, match="the link or the cursor of a page that was read before"):
        extract_all(api.url, CURSOR, clock)
    assert len(api.asked) <= 3 * (before + length) + 2


def test_a_link_that_is_repeated_is_found(s3: Any, https: HttpsServer) -> None:
    count = iter(range(100))
    Api(https, lambda _: {"data": [{"id": next(count)}], "links": {"next": "?p=1&q"}})
    with pytest.raises(SourceMalformed, match="page 2: it has the link"):
        invoke(https.url(PATH), NEXT_LINK)


@pytest.mark.parametrize("paging", [PAGE | {"records": "data"}, OFFSET])
def test_a_server_that_ignores_the_parameter_is_found(s3: Any, https: HttpsServer, paging: dict[str, Any]) -> None:
    Api(https, lambda _: {"data": [A, B]})
    with pytest.raises(SourceMalformed, match="page 2: it has the same records as the page before"):
        invoke(https.url(PATH), paging)
    assert nothing_is_left(s3)


def test_an_empty_page_before_the_last_one_is_an_error(s3: Any, https: HttpsServer) -> None:
    api = Api(https, by_cursor([[A], [], [B]]))
    with pytest.raises(SourceTruncated, match="page 2: it is empty, but is not the last page"):
        invoke(api.url, CURSOR)
    assert nothing_is_left(s3)


@pytest.mark.parametrize(
    ("totals", "error", "expected"),
    [
        ([3, 4], "SourceChanged", "page 2: the number of all records changed from 3 to 4"),
        ([4, 4], "SourceTruncated", "page 2: it is the last page, but only 3 of 4 records were read"),
        ([2, 2], "SourceMalformed", "page 2: the source has 2 records, but 3 were read"),
        (["3", 3], "SourceMalformed", "page 1: total: must be the number of all records"),
        ([3.0, 3], "SourceMalformed", "page 1: total: must be"),
        ([-1, 3], "SourceMalformed", "page 1: total: must be"),
        ([3, None], "SourceMalformed", "page 2: total: must be"),
        ([True, 3], "SourceMalformed", "page 1: total: must be"),
    ],
)
def test_the_total_must_be_right(s3: Any, https: HttpsServer, totals: list[Any], error: str, expected: str) -> None:
    pages_ = {"": ([A, B], "c1"), "c1": ([C], None)}

    def page(asked: dict[str, str]) -> Any:
        data, following = pages_[asked.get("cursor", "")]
        return {"data": data, "next": following, "total": totals[0 if following else 1]}

    Api(https, page)
    with pytest.raises(Exception, match=expected) as raised:
        invoke(https.url(PATH), CURSOR | {"total": "total"})
    assert type(raised.value).__name__ == error
    assert nothing_is_left(s3)


def test_a_total_that_an_empty_or_short_page_does_not_reach_is_an_error(s3: Any, https: HttpsServer) -> None:
    Api(https, lambda asked: {"data": [A] if asked["page"] == "1" else [], "total": 5})
    for more in ({}, {"size": 2}):
        with pytest.raises(SourceTruncated, match="only 1 of 5 records were read"):
            invoke(https.url(PATH), PAGE | {"records": "data", "total": "total"} | more)


@pytest.mark.parametrize(
    ("bound", "value", "expected"),
    [
        ("maxPages", 3, r"paging\.maxPages: invalid value 3;"),
        ("maxMegabytes", 1, r"paging\.maxMegabytes: invalid value 1;"),
    ],
)
def test_a_source_beyond_its_bounds_is_refused(
    s3: Any, https: HttpsServer, bound: str, value: int, expected: str
) -> None:
    api = Api(https, by_cursor([[{"id": at, "x": "x" * 270_000}] for at in range(4)]))
    with pytest.raises(SourceRefused, match=expected):
        invoke(api.url, CURSOR | {bound: value})
    assert nothing_is_left(s3)
    assert invoke(api.url, CURSOR | {bound: value + 1})["pages"] == 4


def test_a_page_that_is_too_large_is_refused(s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LARGEST_PAGE", 100)
    Api(https, lambda _: {"data": [{"x": "x" * 100}]})
    with pytest.raises(SourceMalformed, match="page 1: the page must have at most 100 bytes"):
        invoke(https.url(PATH), CURSOR)


def test_an_encoding_that_was_not_requested_is_refused(s3: Any, https: HttpsServer) -> None:
    Api(https, lambda _: (b"\x1f\x8b", {"Content-Encoding": "gzip"}), "/orders.gz")
    with pytest.raises(SourceRefused, match="page 1: invalid Content-Encoding 'gzip'; must be identity"):
        invoke(https.url("/orders.gz"), CURSOR)


def test_memory_that_does_not_suffice_is_named(s3: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr("pages.Records", refuse)
    api = Api(https, by_cursor([[A]]))
    with pytest.raises(SourceRefused, match="a page is too large for extractMemoryMegabytes"):
        invoke(api.url, CURSOR)
