"""The servers between which an extraction moves bytes, all over https: a source of files, a paged API, and an S3.

Usage: python -m bench.servers source|pages|sink <certificate.pem>; prints its port, ends with its standard input.
"""

import json
import os
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

BLOCK = os.urandom(1024**2)
# of a file that comes slowly
PIECES = 100
# of a page of the slow API, and how long it takes
RECORDS = 200
PAGE_SECONDS = 0.005


class Source(BaseHTTPRequestHandler):
    """`/<bytes>` is a file of that size, whole or in ranges.

    `/<bytes>?whole` gives no ranges; `/<bytes>?<seconds>` gives none either, and takes so long.
    """

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        size = int(address.path[1:])
        start, end = 0, size - 1
        if asked := self.headers["Range"]:
            start, end = (int(number) for number in asked.removeprefix("bytes=").split("-"))
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(end - start + 1))
        if not address.query:
            self.send_header("Accept-Ranges", "bytes")
        self.send_header("ETag", '"one"')
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{end}/{size}")
        self.end_headers()
        left = end - start + 1
        slow = float(address.query) if address.query.isdecimal() else 0
        piece = max(1, left // PIECES) if slow else len(BLOCK)
        try:
            while left:
                left -= self.wfile.write(memoryview(BLOCK)[: min(left, piece)])
                if slow:
                    time.sleep(slow / PIECES)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class Pages(BaseHTTPRequestHandler):
    """A slow API: `/<pages>?page=<number>` is a page of RECORDS records."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        number, pages = int(address.query.removeprefix("page=")), int(address.path[1:])
        first = number * RECORDS
        items = [
            {"id": first + place, "name": f"record {first + place}", "value": place / 7} for place in range(RECORDS)
        ]
        body = json.dumps({"items": items if number <= pages else []}).encode()
        time.sleep(PAGE_SECONDS)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Sink(BaseHTTPRequestHandler):
    """An S3 that takes multipart uploads and keeps nothing."""

    protocol_version = "HTTP/1.1"
    # reads past the headers as little as it can: the body goes by
    rbufsize = 0

    def do_POST(self) -> None:
        self._take()
        done = "CompleteMultipartUploadResult" if "uploadId" in self.path else "InitiateMultipartUploadResult"
        self._answer(f"<{done}><UploadId>one</UploadId><ETag>one</ETag></{done}>".encode())

    def do_PUT(self) -> None:
        self._take()
        self._answer(b"")

    def _take(self) -> None:
        """Takes a body of the length that the headers tell, as every one of S3's has."""
        left, block = int(self.headers["Content-Length"] or 0), bytearray(1024**2)
        while left:
            left -= self.connection.recv_into(block, min(left, len(block)))

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_expect_100(self) -> bool:
        self.send_response_only(100)
        self.end_headers()
        return True

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    """Serves until standard input ends."""
    kind = {"source": Source, "pages": Pages, "sink": Sink}[sys.argv[1]]
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
