"""The https endpoint of a lineage service, such as Marquez, that also receives the events.

The address is a secret: no error and no log contains it, and a redirect is not followed.
"""

import http.client
import ssl
from urllib.parse import urlsplit

from failures import EndpointUnavailable

_SECONDS = 10


def post(address: str, body: bytes) -> None:
    """Posts an event; raises EndpointUnavailable unless the endpoint has accepted it."""
    url = urlsplit(address)
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    try:
        connection = http.client.HTTPSConnection(
            url.hostname or "", url.port, timeout=_SECONDS, context=ssl.create_default_context()
        )
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise EndpointUnavailable(f"the lineage endpoint: {type(error).__name__}") from None
    if not 200 <= status < 300:
        raise EndpointUnavailable(f"the lineage endpoint answered with status {status}")
