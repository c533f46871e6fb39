"""A small API of weather stations, with a key, pages and a limit on requests, for a run on the local AWS.

GET /v1/readings?limit=50&after=CURSOR&updated_since=TIME with the header X-Api-Key gives {"data": {"items": [...]},
"meta": {"total": n, "next": cursor or null}}. One request in ten is refused with 429, to be retried a second
later. Each listing after the first finds five more readings.

Prints its address, its key and its certificate as JSON; ends with its standard input.
"""

import json
import secrets
import ssl
import sys
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from local.certificates import self_signed

STATIONS = ("Abisko", "Bergen", "Cuxhaven", "Davos")
KEY = secrets.token_urlsafe(24)
FIRST = datetime(2024, 3, 1, tzinfo=UTC)
READINGS = 240
MORE = 5


def reading(number: int) -> dict[str, Any]:
    """A reading that looks measured; some are invalid."""
    hours = timedelta(hours=number // len(STATIONS), minutes=number % len(STATIONS))
    at = (FIRST + hours).strftime("%Y-%m-%dT%H:%M:%SZ")
    temperature: float | str = round(4 + (number * 37 % 113 - 56) / 10, 1)
    if number % 60 == 17:
        temperature = "offline"
    return {"id": number, "station": {"name": STATIONS[number % 4]}, "temperature": temperature, "updated_at": at}


class Api(BaseHTTPRequestHandler):
    """Serves the readings."""

    protocol_version = "HTTP/1.1"
    available = READINGS
    listings = 0
    requests = 0

    def do_GET(self) -> None:
        """Answers a page, or says why not."""
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        Api.requests += 1
        if self.headers.get("X-Api-Key") != KEY:
            self.answer(401, {"error": "a valid X-Api-Key is missing"})
        elif address.path != "/v1/readings":
            self.answer(404, {"error": "there is /v1/readings"})
        elif Api.requests % 10 == 3:
            self.answer(429, {"error": "too many requests"}, {"Retry-After": "1"})
        else:
            self.answer(200, self.page(query))

    def page(self, query: dict[str, str]) -> dict[str, Any]:
        """The readings from the cursor on, in the order of their updates."""
        if "after" not in query:
            Api.available += MORE if Api.listings else 0
            Api.listings += 1
        wanted = [reading(number) for number in range(Api.available)]
        wanted = [each for each in wanted if each["updated_at"] >= query.get("updated_since", "")]
        start, limit = int(query.get("after", "0")), int(query.get("limit", "50"))
        following = start + limit if start + limit < len(wanted) else None
        return {"data": {"items": wanted[start : start + limit]}, "meta": {"total": len(wanted), "next": following}}

    def answer(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        """Sends JSON."""
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Prints nothing."""


def main() -> None:
    """Serves on a free port of loopback until standard input is closed."""
    with tempfile.TemporaryDirectory() as folder:
        certificate = self_signed(Path(folder))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"localhost:{server.server_port}"
        print(json.dumps({"address": address, "key": KEY, "certificate": str(certificate)}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
