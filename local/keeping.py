"""HTTP on connections that are kept for the next request, as AWS keeps them.

werkzeug closes each, since it does not know whether the application has read all of a request's body: here what it has
not read is read before the next request is.
"""

import io
import traceback
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wsgi import get_input_stream

from local import peers

_PIECE = 1024**2


class KeepingRequestHandler(MotoRequestHandler):
    """Answers the requests of one connection, one after the other, each answer in one piece."""

    # or a client that holds back its acknowledgements would get the next answer late
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answers the user who started the local AWS, and hangs up on others."""
        if peers.is_mine(self.client_address[1], self.server.server_address[1]):
            super().handle()

    def run_wsgi(self) -> None:
        """Answers one request."""
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        environ = self.make_environ()
        asked: Any = io.BufferedReader(get_input_stream(environ))
        environ["wsgi.input"] = asked
        try:
            answer = self._answer(environ, self.server.app)
        except ConnectionError:
            raise
        except Exception:
            self.server.log("error", f"Error on request:\n{traceback.format_exc()}")
            answer = self._answer(environ, InternalServerError())
        self.wfile.write(answer)
        try:
            while asked.read(_PIECE):
                pass
        except HTTPException:  # the client has gone
            self.close_connection = True

    def _answer(self, environ: dict[str, Any], application: Any) -> bytes:
        """Status, headers and body."""
        status, headers = "", []

        def start_response(said: str, told: list[tuple[str, str]], _: Any = None) -> None:
            nonlocal status, headers
            status, headers = said, list(told)

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
