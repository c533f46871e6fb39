"""The addresses of a source's requests.

The query of the source's own address may have secrets: each request has it, and nothing that is kept has it.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, quote, unquote_plus, urlencode, urljoin, urlsplit, urlunsplit

import https_client
from errors import RedirectRefused, SourceMalformed

_LONGEST_HOST = 120
_NOT_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f]")


def with_parameters(url: str, parameters: Mapping[str, str]) -> str:
    """The address with these query parameters, instead of its own of the same names."""
    address = urlsplit(url)
    kept = [pair for name, pair in _pairs(address.query) if name not in parameters]
    added = [urlencode({name: value}, quote_via=quote) for name, value in parameters.items()]
    return urlunsplit(address._replace(query="&".join(kept + added), fragment=""))


def kept(own: str, base: str, link: str) -> str:
    """The path and the query of a link to the next page, without the parameters that it repeats of the `own` address.

    `base` is the address of the page. Raises RedirectRefused for a link to another host, or without TLS.
    """
    shown = https_client.shown(own)
    if _NOT_AN_ADDRESS.search(link):
        raise SourceMalformed(f"{shown}: the link to the next page has spaces or control characters")
    try:
        target = urlsplit(urljoin(base, link))
        same = https_client.origin(target) == https_client.origin(urlsplit(own))
    except ValueError as error:
        raise SourceMalformed(f"{shown}: the link to the next page is no address") from error
    if target.scheme != "https" or not same or target.username is not None:
        raise RedirectRefused(f"{shown}: the next page is at {_host(target)}; must be at {_host(urlsplit(own))}")
    repeated = _by_name(urlsplit(own).query)
    found = _by_name(target.query)
    query = "&".join(pair for name, pair in _pairs(target.query) if found[name] != repeated.get(name))
    return (target.path or "/") + (f"?{query}" if query else "")


def restored(own: str, link: str) -> str:
    """The address of the request for what `kept` has kept."""
    address = urlsplit(own)
    path, _, query = link.partition("?")
    of_link = _by_name(query)
    pairs = [pair for name, pair in _pairs(address.query) if name not in of_link] + [query] * bool(query)
    return urlunsplit(address._replace(path=path, query="&".join(pairs), fragment=""))


def _host(address: SplitResult) -> str:
    port = f":{address.port}" if address.port else ""
    return f"{address.scheme}://{address.hostname or ''}{port}"[:_LONGEST_HOST]


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    """The parameters as they are written, each after its name."""
    for pair in filter(None, query.split("&")):
        yield unquote_plus(pair.partition("=")[0]), pair


def _by_name(query: str) -> dict[str, list[str]]:
    """The values of each parameter; names and values decoded."""
    values: dict[str, list[str]] = {}
    for name, pair in _pairs(query):
        values.setdefault(name, []).append(unquote_plus(pair.partition("=")[2]))
    return values
