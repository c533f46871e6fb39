"""How far the extraction of a source with pages is: what an invocation hands on to the next one."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from errors import InvalidInput
from fields import NULLABLE_INTEGER, NULLABLE_TEXT, Types, checked

_CALL = re.compile(r"[A-Za-z0-9-]{1,80}")
_DIGEST = re.compile(r"([0-9a-f]{64})?")
_TYPES: Types = {
    "started_at": str,
    "invocations": int,
    "calls": list,
    "next": (str, *NULLABLE_INTEGER),
    "done": bool,
    "pages": int,
    "records": int,
    "bytes": int,
    "digest": str,
    "last_page": str,
    "total": NULLABLE_INTEGER,
    "mark": str,
    "power": int,
    "steps": int,
    "not_before": NULLABLE_TEXT,
}


@dataclass
class Progress:
    """What is read: each of the invocations `calls` has written one file, of all `pages` the last one is not read yet
    unless all is `done`.

    `next` is the next request: a cursor, the path and query of a link, a page's number or an offset; None is the first
    one. `digest` is of all pages, `last_page` of the records of the one before. `total` is what the server says. The
    server may be asked again at `not_before`.
    """

    started_at: datetime
    invocations: int = 0
    calls: list[str] = field(default_factory=list)
    next: str | int | None = None
    done: bool = False
    pages: int = 0
    records: int = 0
    bytes: int = 0
    digest: str = ""
    last_page: str = ""
    total: int | None = None
    mark: str = ""
    power: int = 1
    steps: int = 0
    not_before: datetime | None = None

    def count(self, lines: bytearray, records: int) -> None:
        """Adds a page. The digest is that of the pages one by one, so it does not depend on who has read them."""
        self.last_page = hashlib.sha256(lines).hexdigest()
        self.digest = hashlib.sha256(f"{self.digest}{self.last_page}".encode()).hexdigest()
        self.pages += 1
        self.records += records
        self.bytes += len(lines)

    def is_repeated(self, request: str) -> bool:
        """Whether the requests go round in a circle, which each of them must be asked in turn.

        Brent's algorithm: one request is remembered, and replaced after twice as many steps each time, so that a circle
        of any length is found before its third round.
        """
        digest = hashlib.sha256(request.encode()).hexdigest()
        if digest == self.mark:
            return True
        self.steps += 1
        if self.steps == self.power:
            self.mark, self.power, self.steps = digest, 2 * self.power, 0
        return False

    def continuation(self) -> dict[str, Any]:
        """As the workflow passes it to the next invocation: a JSON object of a few kilobytes."""
        times = {"started_at": self.started_at.isoformat()}
        times["not_before"] = self.not_before.isoformat() if self.not_before else None  # type: ignore[assignment]
        return {**vars(self), **times}

    @staticmethod
    def parse(continuation: Mapping[str, Any]) -> "Progress":
        """From what `continuation` has written; raises InvalidInput."""
        fields = checked(continuation, "continuation", _TYPES)
        for call in fields["calls"]:
            if not isinstance(call, str) or not _CALL.fullmatch(call):
                raise InvalidInput(f"continuation.calls: invalid value {call!r}; must be {_CALL.pattern}")
        for name in ("digest", "last_page", "mark"):
            if not _DIGEST.fullmatch(fields[name]):
                raise InvalidInput(f"continuation.{name}: invalid value {fields[name]!r}; must be {_DIGEST.pattern}")
        times = {name: _time(fields[name], name) for name in ("started_at", "not_before") if fields[name] is not None}
        return Progress(**{**fields, "calls": list(fields["calls"]), **times})


def _time(text: str, name: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise InvalidInput(f"continuation.{name}: invalid value {text!r}; must be ISO 8601 with an offset")
    return time
