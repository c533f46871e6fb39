"""The two servers between which an extraction moves bytes, a process of their own: an https source and an S3 sink.

Usage: python -m bench.servers <certificate.pem>; prints both ports, ends with its standard input.
"""

import os
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

BLOCK = os.urandom(1024**2)


class Source(BaseHTTPRequestHandler):
    """`/<bytes>` is a file of that size, whole or in ranges; `/<bytes>?whole` gives no ranges."""

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
        try:
            while left:
                left -= self.wfile.write(memoryview(BLOCK)[: min(left, len(BLOCK))])
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class Sink(BaseHTTPRequestHandler):
    """An S3 that takes multipart uploads and keeps nothing."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self._take()
        done = "CompleteMultipartUploadResult" if "uploadId" in self.path else "InitiateMultipartUploadResult"
        self._answer(f"<{done}><UploadId>one</UploadId><ETag>one</ETag></{done}>".encode())

    def do_PUT(self) -> None:
        self._take()
        self._answer(b"")

    def _take(self) -> None:
        if self.headers["Transfer-Encoding"] == "chunked":
            while size := int(self.rfile.readline(), 16):
                self.rfile.read(size + 2)
            self.rfile.readline()
        else:
            left = int(self.headers["Content-Length"] or 0)
            while left:
                left -= len(self.rfile.read(min(left, 1024**2)))

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
    source, sink = (ThreadingHTTPServer(("127.0.0.1", 0), kind) for kind in (Source, Sink))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])
    source.socket = context.wrap_socket(source.socket, server_side=True, do_handshake_on_connect=False)
    for server in (source, sink):
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(source.server_port, sink.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
