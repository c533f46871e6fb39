"""AWS's messages for invalid JSON, which are those of the parser Jackson."""

import json
import re
from dataclasses import dataclass

_LITERALS = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
_WORD = re.compile(r"[\w$]+")


@dataclass(frozen=True)
class JsonError:
    """The error in a text and its position; line and column start at 1."""

    message: str
    line: int
    column: int


def find(text: str) -> JsonError | None:
    """The first error in a text; None if it is JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        word = _WORD.match(text, error.pos)
        if error.msg == "Expecting value" and word:
            message = f"Unrecognized token '{word[0]}': was expecting {_LITERALS}"
            return JsonError(message, error.lineno, error.colno + len(word[0]))
        if error.pos >= len(text):
            return JsonError("Unexpected end-of-input", error.lineno, error.colno)
        expected = "double-quote to start field name" if "property name" in error.msg else f"a valid value {_LITERALS}"
        found = text[error.pos]
        message = f"Unexpected character ('{found}' (code {ord(found)})): was expecting {expected}"
        return JsonError(message, error.lineno, error.colno)
    return None
