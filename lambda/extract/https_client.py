"""A GET over https that goes to public addresses only, and after a redirect too."""

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from errors import (
    AddressRefused,
    InvalidInput,
    RedirectRefused,
    SourceForbidden,
    SourceMalformed,
    SourceNotFound,
    SourceRefused,
    SourceTruncated,
    SourceUnavailable,
)

TIMEOUT_SECONDS = 30
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
MOST_REDIRECTS = 5
# Python 3.11.2 has no class of its own for this error
_UNEXPECTED_EOF = "UNEXPECTED_EOF_WHILE_READING"
_LONGEST_ANSWER = 64 * 1024
_MARKUP = re.compile(r"[^A-Za-z0-9 .,:;'-]")
_LONGEST_REASON = 80
_REDIRECTS = {301, 302, 303, 307, 308}
_BY_STATUS = {401: SourceForbidden, 403: SourceForbidden, 404: SourceNotFound, 410: SourceNotFound}
_TRANSIENT = {408, 425, 429}
_THROTTLED = {429, 503}
# quotes characters such as spaces, but not text that is already quoted
_URL_SAFE = "/?:@!$&'()*+,;=~%-._[]"


@dataclass(frozen=True)
class Location:
    """Where an answer came from, after all redirects: an address and the checked IP addresses of its host.

    `credentials` are the headers that this host may get.
    """

    url: str
    ips: list[str]
    credentials: Mapping[str, str] = field(default_factory=dict)

    def connection(self) -> http.client.HTTPSConnection:
        """A connection, not yet open, to that very place."""
        return _PinnedConnection(urlsplit(self.url), self.ips)


@contextmanager
def get(
    url: str,
    allowed_hosts: frozenset[str],
    known: str | None = None,
    credentials: Mapping[str, str] | None = None,
    accept: str = "*/*",
) -> Iterator[tuple[http.client.HTTPResponse, Location]]:
    """The answer with its body unread; `allowed_hosts` may have private addresses. Errors: see errors.py.

    A redirect to one of these is allowed only from another of these: an outside host cannot redirect to an inside one.
    `known` is an etag: the answer's status is 304, and its body empty, if the server has that version still.
    `credentials` are headers for the address's own host: a redirect to another one does not carry them. `accept` is the
    media type to ask for.
    """
    conditions = {"If-None-Match": f'"{known}"'} if known else {}
    accepted = {http.client.OK, http.client.NOT_MODIFIED} if known else {http.client.OK}
    own = origin(_checked(url))
    for _ in range(MOST_REDIRECTS + 1):
        address = _checked(url)
        carried = credentials if credentials and origin(address) == own else {}
        location = Location(url, _resolve(address, allowed_hosts), carried)
        if address.hostname not in allowed_hosts:
            allowed_hosts = frozenset()
        connection = location.connection()
        try:
            response = request(connection, url, {"Accept": accept, **carried, **conditions})
            if response.status not in _REDIRECTS:
                check(response, url, accepted)
                yield response, location
                return
            url = _redirect(url, response)
        finally:
            connection.close()
    raise RedirectRefused(f"{shown(url)}: more than {MOST_REDIRECTS} redirects")


def post(url: str, allowed_hosts: frozenset[str], form: str, headers: Mapping[str, str]) -> bytes:
    """The body of the answer to a form, which must be 200 and no redirect. Errors: see errors.py."""
    address = _checked(url)
    connection = Location(url, _resolve(address, allowed_hosts)).connection()
    typed = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        response = request(connection, url, {**typed, **headers}, form.encode())
        if response.status in _REDIRECTS:
            raise RedirectRefused(f"{shown(url)}: a redirect, which would pass the credentials on")
        check(response, url, {http.client.OK})
        with talking(shown(url)):
            body = response.read(_LONGEST_ANSWER + 1)
    finally:
        connection.close()
    if len(body) > _LONGEST_ANSWER:
        raise SourceMalformed(f"{shown(url)}: the answer has more than {_LONGEST_ANSWER} bytes")
    return body


def origin(address: SplitResult) -> tuple[str, int]:
    """The host and the port, to which credentials belong; ValueError for a port that is none."""
    return address.hostname or "", address.port or http.client.HTTPS_PORT


def shown(url: str) -> str:
    """The address as it may stand in a log: without its query, which may hold a secret."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an invalid address"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{parts.path}"


@contextmanager
def talking(what: str) -> Iterator[None]:
    """Gives each error of a conversation with a server a name of errors.py."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise SourceRefused(f"{what}: {error}") from error
    except http.client.IncompleteRead as error:
        raise SourceTruncated(f"{what}: the body ended within a chunk") from error
    except (OSError, http.client.RemoteDisconnected, http.client.CannotSendRequest) as error:
        if isinstance(error, ssl.SSLEOFError) or getattr(error, "reason", "") == _UNEXPECTED_EOF:
            raise SourceTruncated(f"{what}: the connection ended early, without TLS's close-notify") from error
        raise SourceUnavailable(f"{what}: {type(error).__name__}: {error}") from error
    except (http.client.HTTPException, ValueError) as error:
        raise SourceMalformed(f"{what}: {type(error).__name__}") from error


class _PinnedConnection(http.client.HTTPSConnection):
    """Connects to the very address that was checked: a name that resolves to another one later gains nothing."""

    def __init__(self, address: SplitResult, ips: list[str]) -> None:
        self._ips = ips
        self._context = ssl.create_default_context()
        # some builds of Python set it; with it an end without close-notify would be taken for the end of the body
        self._context.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
        super().__init__(address.hostname or "", address.port, timeout=TIMEOUT_SECONDS, context=self._context)

    def connect(self) -> None:
        plain = self._connect_to_any()
        # an end without close-notify may have been made by anybody on the way, and is an error
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host, suppress_ragged_eofs=False)

    def _connect_to_any(self) -> socket.socket:
        """A host may have addresses, of IPv6 say, to which there is no way from here."""
        for ip in self._ips[:-1]:
            with contextlib.suppress(OSError):
                return socket.create_connection((ip, self.port), self.timeout)
        return socket.create_connection((self._ips[-1], self.port), self.timeout)


def _checked(url: str) -> SplitResult:
    try:
        address = urlsplit(url)
        _ = address.port
    except ValueError as error:
        raise InvalidInput(f"not an address: {error}") from error
    if address.scheme != "https" or not address.hostname or address.username or address.password:
        raise InvalidInput(f"invalid value {shown(url)}; must be https://host/path without user and password")
    return address


def _resolve(address: SplitResult, allowed_hosts: frozenset[str]) -> list[str]:
    host = address.hostname or ""
    try:
        found = socket.getaddrinfo(host, address.port or 443, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise InvalidInput(f"invalid host {host[:80]!r}; must be a name or an address") from error
    except OSError as error:
        raise SourceUnavailable(f"{host}: cannot be resolved: {error}") from error
    ips = [str(entry[4][0]) for entry in found]
    if host not in allowed_hosts:
        for ip in ips:
            if not _is_public(ip):
                raise AddressRefused(f"{host} has the address {ip}; must be public, or a host of ALLOWED_HOSTS")
    return ips


def _is_public(ip: str) -> bool:
    address = ipaddress.ip_address(ip.split("%")[0])
    return all(a.is_global and not a.is_multicast for a in [address, *_embedded(address)])


def _embedded(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 one leads to: mapped, compatible, by 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    translated = [last] if address in _NAT64 or int(address) >> 32 == 0 else []
    return [a for a in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ()), *translated) if a]


def request(
    connection: http.client.HTTPSConnection, url: str, headers: Mapping[str, str], form: bytes | None = None
) -> http.client.HTTPResponse:
    """The answer to a GET, or to the POST of a form, with these headers beside the usual ones."""
    address = urlsplit(url)
    path = quote(address.path or "/", _URL_SAFE) + (f"?{quote(address.query, _URL_SAFE)}" if address.query else "")
    usual = {"Accept-Encoding": "identity", "User-Agent": "data-preparation"}
    with talking(shown(url)):
        connection.request("GET" if form is None else "POST", path, form, {**usual, **headers})
        return connection.getresponse()


def check(response: http.client.HTTPResponse, url: str, accepted: set[int]) -> None:
    """Raises the error that stands for any other status."""
    status = response.status
    if status not in accepted:
        transient = status >= http.client.INTERNAL_SERVER_ERROR or status in _TRANSIENT
        text = f"{shown(url)}: HTTP {status} {_plain(response.reason)}"
        if transient:
            raise SourceUnavailable(text, response.headers.get("Retry-After", "") if status in _THROTTLED else "")
        raise _BY_STATUS.get(status, SourceRefused)(text)


def _plain(reason: str) -> str:
    """A server's words as they may stand in a mail or a chat: short, and nothing that any of these takes for markup."""
    return _MARKUP.sub("?", reason)[:_LONGEST_REASON]


def _redirect(url: str, response: http.client.HTTPResponse) -> str:
    with talking(shown(url)):
        target = urljoin(url, response.headers.get("Location", ""))
    if urlsplit(target).scheme != "https":
        raise RedirectRefused(f"{shown(url)}: redirects to {shown(target)}, must stay on https")
    return target
