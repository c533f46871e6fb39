"""The input of an event's target: the event, a part of it, a constant text, or a filled template.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

import json
import re
from typing import Any

from jsonpath_ng.parser import JsonPathParser

_PLACEHOLDER = re.compile(r"<([\w.-]+)>")


def transformed(target: dict[str, Any], event: dict[str, Any]) -> str:
    """The text to deliver."""
    if "Input" in target:
        return str(target["Input"])
    if path := target.get("InputPath"):
        return json.dumps(_at(path, event))
    if transformer := target.get("InputTransformer"):
        values = {name: _at(path, event) for name, path in transformer.get("InputPathsMap", {}).items()}
        return _filled(transformer["InputTemplate"], values)
    return json.dumps(event)


def _at(path: str, event: dict[str, Any]) -> Any:
    found = JsonPathParser().parse(re.sub(r"\.([\w]+-[\w-]+)", r".'\1'", path)).find(event)
    return found[0].value if found else None


def _filled(template: str, values: dict[str, Any]) -> str:
    """Fills a placeholder in quotes with the escaped characters of a text, and any other placeholder with JSON."""

    def fill(placeholder: re.Match[str]) -> str:
        value = values.get(placeholder[1])
        quoted = len(re.findall(r'(?<!\\)"', template[: placeholder.start()])) % 2 == 1
        if not quoted:
            return json.dumps(value)
        return json.dumps(value if isinstance(value, str) else json.dumps(value) if value is not None else "")[1:-1]

    return _PLACEHOLDER.sub(fill, template)
