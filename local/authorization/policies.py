"""Policy documents: whether they allow or deny an action on a resource.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

Context = Mapping[str, str]


class UnknownOperator(ValueError):
    """A condition operator that this evaluation does not know: better no answer than a wrong one."""


def decide(documents: Iterable[str], action: str, resource: str, context: Context) -> str | None:
    """'Deny' if any document denies, else 'Allow' if any allows, else None."""
    effects = {
        statement["Effect"]
        for document in documents
        for statement in statements(document)
        if _concerns(statement, action, resource) and holds(statement, context)
    }
    return "Deny" if "Deny" in effects else "Allow" if effects else None


def statements(document: str) -> list[dict[str, Any]]:
    """The statements of a document, parsed once."""
    return _parsed(document)


@lru_cache(maxsize=1024)
def _parsed(document: str) -> list[dict[str, Any]]:
    return as_list(json.loads(document)["Statement"])


def holds(statement: Mapping[str, Any], context: Context) -> bool:
    """Whether all of a statement's conditions hold; a key that the context does not have matches nothing."""
    return all(
        _condition(operator, key, as_list(values), context)
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    )


def as_list(value: Any) -> list[Any]:
    """IAM lets a list of one be written without brackets."""
    return value if isinstance(value, list) else [value]


def _concerns(statement: Mapping[str, Any], action: str, resource: str) -> bool:
    return _names(statement, "Action", action, ignore_case=True) and _names(statement, "Resource", resource)


def _names(statement: Mapping[str, Any], element: str, value: str, ignore_case: bool = False) -> bool:
    if f"Not{element}" in statement:
        return not _matches_any(statement[f"Not{element}"], value, ignore_case)
    return _matches_any(statement[element], value, ignore_case)


def _matches_any(patterns: Any, value: str, ignore_case: bool) -> bool:
    return any(_glob(pattern, ignore_case).fullmatch(value) for pattern in as_list(patterns))


@lru_cache(maxsize=4096)
def _glob(pattern: str, ignore_case: bool = False) -> re.Pattern[str]:
    text = "".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in _parts(pattern))
    return re.compile(text, re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def _parts(pattern: str) -> Iterator[str]:
    return iter(re.split(r"([*?])", pattern))


def _condition(operator: str, key: str, expected: list[Any], context: Context) -> bool:
    actual = {name.lower(): value for name, value in context.items()}.get(key.lower())
    if operator == "Null":
        return (actual is None) == (str(expected[0]).lower() == "true")
    if operator.endswith("IfExists"):
        return actual is None or _condition(operator.removesuffix("IfExists"), key, expected, context)
    if operator not in _OPERATORS:
        raise UnknownOperator(f"condition operator {operator} is not known here, only {', '.join(_OPERATORS)}")
    negated, compare = _OPERATORS[operator]
    if actual is None:
        return negated
    return any(compare(actual, str(value)) for value in expected) != negated


def _equal(actual: str, expected: str) -> bool:
    return actual == expected


def _equal_ignoring_case(actual: str, expected: str) -> bool:
    return actual.lower() == expected.lower()


def _like(actual: str, expected: str) -> bool:
    return _glob(expected).fullmatch(actual) is not None


_OPERATORS: dict[str, tuple[bool, Callable[[str, str], bool]]] = {
    "StringEquals": (False, _equal),
    "StringNotEquals": (True, _equal),
    "StringEqualsIgnoreCase": (False, _equal_ignoring_case),
    "StringLike": (False, _like),
    "StringNotLike": (True, _like),
    "ArnEquals": (False, _like),
    "ArnLike": (False, _like),
    "Bool": (False, _equal_ignoring_case),
}
