"""One page of a source: its request, its records, and what it says of the next one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPResponse

import addresses
import https_body
import https_client
import json_records
import link_header
from errors import SourceMalformed, SourceUnavailable
from event import Event
from json_records import Records
from paging import CURSOR, LINK_HEADER, NEXT_LINK, OFFSET, PAGE, Paging

Next = str | int | None
# a page is held in memory
LARGEST_PAGE = 32 * 1024**2
_LONGEST_NEXT = 4096
# an integer that JSON's readers agree on
_MOST_DIGITS = 15
_CHUNK = 256 * 1024
_NEXT, _TOTAL = "next", "total"


@dataclass(frozen=True)
class Page:
    """Its records as JSON Lines, their number, the request of the next page (None after the last one), and the number
    of all records, if the server says it."""

    lines: bytearray
    records: int
    next: Next
    total: int | None


@dataclass(frozen=True)
class Pages:
    """The pages of a source. `headers` are those of its credentials."""

    request: Event
    paging: Paging
    allowed_hosts: frozenset[str]
    headers: Mapping[str, str]
    is_out_of_time: Callable[[], bool]

    def read(self, at: Next, where: str) -> Page:
        """The page of that request, None for the first; errors name the place `where`."""
        with https_client.get(self._address(at), self.allowed_hosts, None, self.headers, "application/json") as (
            response,
            location,
        ):
            https_body.require_identity(response, where)
            body = self._body(response, where)
            link = ", ".join(response.headers.get_all("Link", []))
        wanted = {_NEXT: self.paging.next, _TOTAL: self.paging.total}
        try:
            found = Records(body, self.paging.records, {name: path for name, path in wanted.items() if path})
        except ValueError as error:
            what = "the body is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
            raise SourceMalformed(f"{where}: {what}") from None
        count = found.count or 0
        following = (
            self._counted(at, count) if self.paging.is_counted else self._given(found, link, location.url, where)
        )
        return Page(found.lines, count, following, self._total(found, where))

    def _address(self, at: Next) -> str:
        paging, own = self.paging, self.request.uri
        if paging.has_links and isinstance(at, str):
            return addresses.restored(own, at)
        parameters = dict(self.request.since.parameters) if self.request.since else {}
        if paging.size_parameter:
            parameters[paging.size_parameter] = str(paging.size)
        if paging.is_counted:
            parameters[paging.parameter] = str(self._number(at))
        elif at is not None:
            parameters[paging.parameter] = str(at)
        return addresses.with_parameters(own, parameters)

    def _number(self, at: Next) -> int:
        """Of a page, or of the first record of one."""
        first = self.paging.first if self.paging.type == PAGE else 0
        return at if isinstance(at, int) else first

    def _counted(self, at: Next, count: int) -> int | None:
        if not count or (self.paging.size and count < self.paging.size):
            return None
        return self._number(at) + (count if self.paging.type == OFFSET else 1)

    def _given(self, found: Records, link: str, base: str, where: str) -> str | None:
        try:
            target = link_header.next_of(link) if self.paging.type == LINK_HEADER else self._value(found)
        except ValueError as error:
            name = "the header Link" if self.paging.type == LINK_HEADER else ".".join(self.paging.next or ())
            raise SourceMalformed(f"{where}: {name}: {error}") from None
        if not target:
            return None
        if len(target) > _LONGEST_NEXT:
            raise SourceMalformed(f"{where}: the next link or cursor must have at most {_LONGEST_NEXT} characters")
        return target if self.paging.type == CURSOR else addresses.kept(self.request.uri, base, target)

    def _value(self, found: Records) -> str | None:
        text = found.values.get(_NEXT, "null")
        if self.paging.type == NEXT_LINK and not text.startswith(('"', "null")):
            raise ValueError("must be a text or null")
        return json_records.scalar(text)

    def _total(self, found: Records, where: str) -> int | None:
        if not self.paging.total:
            return None
        text = found.values.get(_TOTAL, "")
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            raise SourceMalformed(f"{where}: {'.'.join(self.paging.total)}: must be the number of all records")
        return int(text)

    def _body(self, response: HTTPResponse, where: str) -> bytearray:
        body = bytearray()
        for part in https_body.parts(response, where, _CHUNK):
            body += part
            if len(body) > LARGEST_PAGE:
                raise SourceMalformed(f"{where}: the page must have at most {LARGEST_PAGE} bytes")
            if self.is_out_of_time():
                raise SourceUnavailable(f"{where}: the function's time is over before the page was read")
        return body
