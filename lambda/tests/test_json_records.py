"""The records of a page keep the text that was sent."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from json_records import Records, scalar


def read(body: str | bytes, records: str = "", **others: str) -> Records:
    sent = body if isinstance(body, bytes) else body.encode()
    wanted = {name: tuple(path.split(".")) for name, path in others.items()}
    return Records(sent, tuple(records.split(".")) if records else (), wanted)


@pytest.mark.parametrize(
    "record",
    [
        '{"a": 1.10}',
        '{"a": 1e400, "b": -0.0, "c": 1E+2}',
        '{"a": 0.1234567890123456789012}',
        '{"a": %s}' % ("9" * 5000),
        '{"a": 1, "a": 2}',
        '{"b":1,"a":2}',
        '{"a": "\\u00e9\\n\\/ \\ud800"}',
        '{"a": "é \u2028 \u2029 \x85 \U0001f600"}',
        '{"a": "NaN", "": null}',
        '{"a": [1, [2.50, {"b": []}]]}',
        "null",
        '"text"',
    ],
)
def test_a_record_is_a_line_with_the_very_text_that_was_sent(record: str) -> None:
    found = read(f'{{"data": [{record} , {record}]}}', "data")
    assert found.lines == f"{record}\n{record}\n".encode()
    assert found.count == 2


def test_line_breaks_between_the_parts_of_a_record_become_spaces() -> None:
    assert read('[\n  {\r\n\t"a":\n1}\n,\n{"a":\r2}\n]\n').lines == b'{  \t"a": 1}\n{"a": 2}\n'


@pytest.mark.parametrize("body", ["[]", " [ ] ", "null", '{"data": null}', '{"data": [\n]}'])
def test_a_page_may_have_no_records(body: str) -> None:
    found = read(body, "data" if "data" in body else "")
    assert (found.count, found.lines) == (0, b"")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read(b'\xef\xbb\xbf[{"a": 1}]').lines == b'{"a": 1}\n'


def test_values_beside_the_records_are_found_wherever_they_are() -> None:
    body = (
        '{"x": {"next": 0}, "meta": {"total": 12, "y": []}, "data": {"items": [{"next": 1}]}, "links": {"next": "/a"}}'
    )
    found = read(body, "data.items", next="links.next", total="meta.total")
    assert found.values == {"next": '"/a"', "total": "12"}
    assert found.lines == b'{"next": 1}\n'
    assert read('{"links": null, "data": []}', "data", next="links.next").values == {}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"other": []}', "data.items: must be an array, but is missing"),
        ('{"data": null}', "data.items: must be an array, but is missing"),
        ('{"data": {}}', "data.items: must be an array, but is missing"),
        ('{"data": {"items": {}}}', "data.items: must be an array"),
        ('{"data": {"items": 0}}', "data.items: must be an array"),
        ('{"data": []}', "data: must be an object"),
        ("[]", "the body: must be an object"),
        ('{"data": {"items": [[1]]}}', "data.items: record 1 must be an object, but is an array"),
        ('{"data": {"items": [], "items": [1]}}', "data.items: must be there once"),
        ("", "invalid JSON at character 0"),
        ('{"data": {"items": []}} x', "invalid JSON at character 24"),
        ('{"data": {"items": []}}{}', "invalid JSON at character 23"),
        ('{"data": {"items": [{} {}]}}', "invalid JSON at character 23"),
        ('{"data": {"items": [{},]}}', "invalid JSON at character 23"),
        ('{"data": {"items": [{}', "invalid JSON at character 22"),
        ('{"data" {"items": []}}', "invalid JSON at character 8"),
        ('{"data": {"items": []},}', "invalid JSON at character 23"),
        ('{data: {"items": []}}', "invalid JSON at character 1"),
        ('{"data": {"items": [{"a": "line\nbreak"}]}}', "invalid JSON at character 31"),
        ('{"data": {"items": [{"a": NaN}]}}', "NaN is no JSON"),
        ('{"data": {"items": [{"a": -Infinity}]}}', "-Infinity is no JSON"),
        ('{"x": Infinity, "data": {"items": []}}', "Infinity is no JSON"),
        ('{"data": {"items": [{"a": ' + "[" * 200_000, "the JSON has too many levels"),
    ],
)
def test_what_is_no_page_is_refused_with_its_place(body: str, expected: str) -> None:
    with pytest.raises(ValueError) as raised:
        read(body, "data.items")
    assert str(raised.value) == expected


@pytest.mark.parametrize("body", [b"[\xff]", "[{}]".encode("utf-16"), "[{}]".encode("utf-16-le") + b"\xd8"])
def test_a_body_that_is_not_utf_8_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):
        read(body)


@pytest.mark.parametrize(("text", "value"), [('"a"', "a"), ("12.50", "12.50"), ("null", None), ('""', "")])
def test_a_cursor_is_a_text_or_a_number_as_it_was_sent(text: str, value: str | None) -> None:
    assert scalar(text) == value


@pytest.mark.parametrize("text", ["true", "[]", "{}"])
def test_a_cursor_is_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match="must be a text, a number or null"):
        scalar(text)


NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,4})?", fullmatch=True)
SCALARS = NUMBERS | st.sampled_from(["null", "true", "false"]) | st.text().map(json.dumps)
SCALARS |= st.text(st.characters(exclude_characters='"\\', exclude_categories=("Cc", "Cs"))).map('"{}"'.format)
SPACES = st.sampled_from(["", " ", "\n", "\r\n", "\t ", "  \n"])


def _objects(values: Any) -> Any:
    """Texts of objects, perhaps with repeated names, and white space where it may be."""
    fields = st.tuples(st.text().map(json.dumps), SPACES, SPACES, values, SPACES)
    return st.lists(fields.map(lambda f: f"{f[0]}{f[1]}:{f[2]}{f[3]}{f[4]}"), max_size=4).map(
        lambda found: "{" + ",".join(found) + "}"
    )


def _arrays(values: Any) -> Any:
    return st.lists(values, max_size=3).map(lambda found: "[" + ",".join(found) + "]")


VALUES = st.recursive(SCALARS, lambda values: _objects(values) | _arrays(values), max_leaves=10)


@settings(max_examples=200, deadline=None, database=None)
@given(st.lists(_objects(VALUES), max_size=5), SPACES, VALUES)
def test_random_records_come_through_exactly(records: list[str], space: str, other: str) -> None:
    body = f'{{"other":{other},"data":{space}[{space}{f"{space},{space}".join(records)}{space}]{space}}}'
    found = read(body, "data")
    assert found.count == len(records)
    expected = [record.replace("\r", " ").replace("\n", " ") for record in records]
    assert found.lines.decode().split("\n")[:-1] == expected
    for line, record in zip(expected, records, strict=True):
        assert _exact(line) == _exact(record)


def _exact(text: str) -> Any:
    """The value with the texts of its numbers and with its repeated names."""
    return json.loads(text, parse_int="int {}".format, parse_float="float {}".format, object_pairs_hook=tuple)
