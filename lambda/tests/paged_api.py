"""An API that gives records in pages, and extractions from it with a clock of the test."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from conftest import DATA, HttpsServer, event

from handler import handler

BOUNDS = {"maxPages": 1000, "maxMegabytes": 10, "maxMinutes": 60}
PATH = "/v1/orders"
START = datetime(2026, 3, 1, 10, tzinfo=UTC)


class FakeClock:
    """A clock that only moves when someone waits, or the test says so; `left` are the seconds of the invocation."""

    def __init__(self, now: datetime = START, left: float = 900) -> None:
        self.time = now
        self.left = left
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self.time

    def remaining(self) -> float:
        return self.left

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0, "time.sleep refuses it"
        self.waits.append(seconds)
        self.spend(seconds)

    def spend(self, seconds: float) -> None:
        """Lets time pass."""
        self.time += timedelta(seconds=seconds)
        self.left -= seconds


class Api:
    """Answers each request with what `page` gives for its query's parameters: a body, and perhaps headers."""

    def __init__(self, https: HttpsServer, page: Callable[[dict[str, str]], Any], path: str = PATH) -> None:
        self.https = https
        self.asked: list[dict[str, str]] = []
        self.page = page
        self.url = https.url(path)
        https.answers[path] = self._answer

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        query = parse_qs(urlsplit(request.path).query, keep_blank_values=True)
        asked = {name: ",".join(values) for name, values in query.items()}
        self.asked.append(asked)
        reply(request, self.page(asked))


def reply(request: BaseHTTPRequestHandler, answer: Any) -> None:
    """Sends a body (text, bytes, or a value as JSON), or a tuple of it with headers and perhaps a status."""
    body, headers, status = (*answer, 200)[:3] if isinstance(answer, tuple) else (answer, {}, 200)
    sent = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    request.send_response(status)
    for name, value in ({"Content-Length": str(len(sent))} | headers).items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(sent)
    request.close_connection = True


def by_cursor(pages: list[list[Any]], **more: Any) -> Callable[[dict[str, str]], Any]:
    """Pages in `data`, with the cursor of the next one in `next`."""

    def page(asked: dict[str, str]) -> Any:
        at = int(asked.get("cursor", "c0")[1:])
        return {"data": pages[at], "next": f"c{at + 1}" if at + 1 < len(pages) else None, **more}

    return page


CURSOR = {"type": "cursor", "records": "data", "next": "next", "parameter": "cursor"}


def invoke(
    url: str,
    paging: dict[str, Any],
    clock: FakeClock | None = None,
    call: str = "c1",
    published: dict[str, Any] | None = None,
    since: str | None = None,
    sensitive: bool = False,
    continuation: dict[str, Any] | None = None,
    run: str = "r1",
) -> Any:
    """One invocation's answer; `since` is for the parameter updated_since."""
    asked = event(url, published, since is not None, run, sensitive)
    asked["source"] |= {"paging": {**BOUNDS, **paging}, "since": "updated_since"}
    asked |= {"since": since}
    if continuation is not None:
        # as the workflow passes it
        asked["continuation"] = json.loads(json.dumps(continuation))
    return handler(asked, SimpleNamespace(aws_request_id=call, clock=clock or FakeClock()))


def extract_all(url: str, paging: dict[str, Any], clock: FakeClock | None = None, **options: Any) -> tuple[Any, int]:
    """The last answer of as many invocations as it takes, and their number; each has the clock's `left` again."""
    clock = clock or FakeClock()
    left, number, answer = clock.left, 1, invoke(url, paging, clock, call="c1", **options)
    while "continuation" in answer:
        number, clock.left = number + 1, left
        answer = invoke(url, paging, clock, call=f"c{number}", continuation=answer["continuation"], **options)
    return answer, number


def files(s3: Any, uri: str) -> dict[str, bytes]:
    """The files below a prefix by their names."""
    prefix = uri.removeprefix(f"s3://{DATA}/")
    found = s3.list_objects_v2(Bucket=DATA, Prefix=prefix).get("Contents", [])
    return {
        entry["Key"].removeprefix(prefix): s3.get_object(Bucket=DATA, Key=entry["Key"])["Body"].read()
        for entry in found
    }


def lines(s3: Any, answer: dict[str, Any]) -> bytes:
    """All that an extraction has written, in its order."""
    return b"".join(body for _, body in sorted(files(s3, answer["uri"]).items()))
