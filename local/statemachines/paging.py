"""Step Functions: pagination of lists."""

import base64
from typing import Any

from local.statemachines.validation import failure

_DEFAULT_MAX_RESULTS = 100


def page(name: str, found: list[Any], key: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The requested page, and the token of the next page, which encodes the key of its first item."""
    limit, token, first = parameters.get("maxResults") or _DEFAULT_MAX_RESULTS, parameters.get("nextToken"), 0
    if token is not None:
        at = next((number for number, each in enumerate(found) if _token(each[key]) == token), None)
        if at is None:
            raise failure("InvalidToken", "Invalid Token: 'Invalid token'")
        first = at
    rest = found[first + limit :]
    answer: dict[str, Any] = {name: found[first : first + limit]}
    return answer | ({"nextToken": _token(rest[0][key])} if rest else {})


def _token(key: Any) -> str:
    return base64.urlsafe_b64encode(str(key).encode()).decode()
