"""Ranges of one version of a file on an https server, read over several connections at a time."""

import http.client
import threading
from types import TracebackType

import https_client
from errors import SourceChanged, SourceTruncated
from https_client import Location

_REPLACED = {http.client.OK, http.client.PRECONDITION_FAILED, http.client.REQUESTED_RANGE_NOT_SATISFIABLE}


class Ranges:
    """A file of `length` bytes whose strong etag is `etag`; each thread that reads has a connection of its own."""

    def __init__(self, location: Location, etag: str, length: int) -> None:
        self.length = length
        self._location = location
        self._etag = f'"{etag}"'
        self._own = threading.local()
        self._connections: list[http.client.HTTPSConnection] = []

    def __enter__(self) -> "Ranges":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for connection in self._connections:
            connection.close()

    def read(self, start: int, end: int) -> bytearray:
        """The bytes from `start` to before `end`; SourceChanged if the server has another version by now."""
        url = self._location.url
        shown = f"{https_client.shown(url)}, bytes {start}-{end - 1}"
        # a server that does not know If-Match knows If-Range, and the other way round
        conditions = {"Range": f"bytes={start}-{end - 1}", "If-Match": self._etag, "If-Range": self._etag}
        response = https_client.request(self._connection(), url, {**self._location.credentials, **conditions})
        if response.status in _REPLACED:
            raise SourceChanged(f"{shown}: HTTP {response.status}, the file was replaced while it was read")
        https_client.check(response, url, {http.client.PARTIAL_CONTENT})
        got, etag = response.headers.get("Content-Range"), response.headers.get("ETag", self._etag)
        if got != f"bytes {start}-{end - 1}/{self.length}" or etag != self._etag:
            raise SourceChanged(f"{shown}: got {got} of {etag}, expected {self.length} bytes of {self._etag}")
        part = bytearray(end - start)
        with https_client.talking(shown):
            read = response.readinto(part)
            # of a chunked answer the end is a chunk of its own, without which the connection has no next answer
            more = response.read(1)
        if read != end - start:
            raise SourceTruncated(f"{shown}: got {read} of {end - start} bytes")
        if more:
            raise SourceChanged(f"{shown}: the answer has more bytes than that")
        return part

    def _connection(self) -> http.client.HTTPSConnection:
        if not hasattr(self._own, "connection"):
            self._own.connection = self._location.connection()
            self._connections.append(self._own.connection)
        connection: http.client.HTTPSConnection = self._own.connection
        return connection
