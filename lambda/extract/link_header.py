"""The Link header of https://www.rfc-editor.org/rfc/rfc8288."""

import re
from collections.abc import Iterator

_SPACE = r"[ \t]*"
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105
_TARGET = re.compile(rf"{_SPACE}<([^>]*)>")
_PARAMETER = re.compile(rf'{_SPACE};{_SPACE}({_TOKEN})(?:{_SPACE}={_SPACE}("(?:[^"\\]|\\.)*"|[^";,\s]+))?')
_EMPTY_PARAMETER = re.compile(rf"{_SPACE};(?={_SPACE}(?:[;,]|$))")
_END = re.compile(rf"{_SPACE}(?:,|$)")
_EMPTY = re.compile(r"[ \t,]*")


def next_of(header: str) -> str | None:
    """The target of the link with the relation type next, perhaps relative; None if there is no such link.

    Raises ValueError for another form, for several next pages, and for one that is not of this page (`anchor`).
    """
    targets = {target for target, parameters in _links(header) if "next" in parameters.get("rel", "").lower().split()}
    if len(targets) > 1:
        raise ValueError("it has several next pages")
    return targets.pop() if targets else None


def _links(header: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each target with its parameters; of a repeated one, the first counts."""
    at = _end(_EMPTY.match(header))
    while at < len(header):
        target = _TARGET.match(header, at)
        if not target:
            raise ValueError("it is not of RFC 8288")
        at, parameters = _parameters(header, target.end())
        if "anchor" in parameters:
            raise ValueError("a link has an anchor, and so is not of this page")
        yield target[1].strip(), parameters
        end = _END.match(header, at)
        if not end:
            raise ValueError("it is not of RFC 8288")
        at = _end(_EMPTY.match(header, end.end()))


def _parameters(header: str, at: int) -> tuple[int, dict[str, str]]:
    found: dict[str, str] = {}
    while True:
        parameter = _EMPTY_PARAMETER.match(header, at) or _PARAMETER.match(header, at)
        if not parameter:
            return at, found
        at = parameter.end()
        if parameter.re is _PARAMETER:
            value = parameter[2] or ""
            if value.startswith('"'):
                value = re.sub(r"\\(.)", r"\1", value[1:-1])
            found.setdefault(parameter[1].lower(), value)


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0
