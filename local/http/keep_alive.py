"""Persistent HTTP connections, as AWS has them.

werkzeug closes each connection after one request, because it does not know whether the application has read the whole
request body. Here the rest of the body is read before the next request.
"""

import io
import traceback
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wsgi import get_input_stream

from local.http import peers

_CHUNK_BYTES = 1024**2


class KeepAliveRequestHandler(MotoRequestHandler):
    """Answers the requests of one connection in sequence, each response in one write."""

    # a client that delays its acknowledgements would otherwise get the next response late
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Serves the user who started the local AWS, and closes the connections of others."""
        if peers.is_mine(self.client_address[1], self.server.server_address[1]):
            super().handle()

    def run_wsgi(self) -> None:
        """Answers one request."""
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        environ = self.make_environ()
        request_body: Any = io.BufferedReader(get_input_stream(environ))
        environ["wsgi.input"] = request_body
        try:
            response = self._response(environ, self.server.app)
        except ConnectionError:
            raise
        except Exception:
            self.server.log("error", f"Error on request:\n{traceback.format_exc()}")
            response = self._response(environ, InternalServerError())
        self.wfile.write(response)
        try:
            while request_body.read(_CHUNK_BYTES):
                pass
        except HTTPException:  # the client has disconnected
            self.close_connection = True

    def _response(self, environ: dict[str, Any], application: Any) -> bytes:
        """Status, headers and body."""
        status, headers = "", []

        def start_response(status_line: str, response_headers: list[tuple[str, str]], _: Any = None) -> None:
            nonlocal status, headers
            status, headers = status_line, list(response_headers)

        parts = application(environ, start_response)
        with_body = environ["REQUEST_METHOD"] != "HEAD"
        body = b"".join(parts) if with_body else b""
        if hasattr(parts, "close"):
            parts.close()
        if with_body and not any(name.lower() == "content-length" for name, _ in headers):
            headers.append(("Content-Length", str(len(body))))
        headers += [("Server", self.version_string()), ("Date", self.date_time_string())]
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "", ""]
        return "\r\n".join(lines).encode("latin-1") + body
