"""The Link header of RFC 8288."""

import pytest

from link_header import next_of


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None),
        ('</a>; rel="next"', "/a"),
        ("</a>;rel=next", "/a"),
        ('</a> ; REL = "prev NEXT"', "/a"),
        ('</p>; rel="prev", </a?x=1,2;3>; rel="next"', "/a?x=1,2;3"),
        ('</a>; title="x, </b>; rel=\\"next\\""; rel="last"', None),
        ('</a>; title="a \\" , b"; rel="next"; media', "/a"),
        ('</a>; rel="last"; rel="next"', None),
        (', ,</p>; rel="prev", ,</a>; rel="next",', "/a"),
        ("</a>; title*=UTF-8''n%c3%a4chste; rel=\"next\";", "/a"),
        ('<>; rel="next"', ""),
        ('</a>; rel="next", </a>; rel="next"', "/a"),
        ('</a>; rel="nextpage"', None),
    ],
)
def test_the_next_link_is_found(header: str, expected: str | None) -> None:
    assert next_of(header) == expected


@pytest.mark.parametrize(
    "header",
    [
        '</a>; rel="next", </b>; rel="next"',
        '</a>; rel="next"; anchor="/other"',
        "/a; rel=next",
        '</a; rel="next"',
        '</a>; rel="next',
        '</a> </b>; rel="next"',
    ],
)
def test_another_form_is_refused(header: str) -> None:
    with pytest.raises(ValueError):
        next_of(header)
