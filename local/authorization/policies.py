"""Evaluation of policy documents: allow or deny an action on a resource.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

Context = Mapping[str, str]


class Unsupported(ValueError):
    """A policy uses an element that the evaluation does not support."""


def decide(
    documents: Iterable[str],
    action: str,
    resource: str,
    context: Context,
    principals: Collection[str] | None = None,
) -> str | None:
    """'Deny' if any document denies, else 'Allow' if any allows, else None.

    `principals` are the principals that match the caller in a resource-based policy; None for an identity-based policy.
    """
    effects = {
        statement["Effect"]
        for document in documents
        for statement in _statements(document)
        if _matches(statement, "Action", action, ignore_case=True)
        and _matches(statement, "Resource", resource)
        and (principals is None or _matches_principal(statement, principals))
        and _conditions_met(statement, context)
    }
    return "Deny" if "Deny" in effects else "Allow" if effects else None


@lru_cache(maxsize=1024)
def _statements(document: str) -> list[dict[str, Any]]:
    return _as_list(json.loads(document)["Statement"])


def _as_list(value: Any) -> list[Any]:
    """IAM accepts a list of one item without brackets."""
    return value if isinstance(value, list) else [value]


def _matches(statement: Mapping[str, Any], element: str, value: str, ignore_case: bool = False) -> bool:
    if f"Not{element}" in statement:
        return not _matches_any(statement[f"Not{element}"], value, ignore_case)
    # a trust policy has no resource: it applies to its role
    return element not in statement or _matches_any(statement[element], value, ignore_case)


def _matches_principal(statement: Mapping[str, Any], principals: Collection[str]) -> bool:
    if "NotPrincipal" in statement:
        return not _is_one_of(statement["NotPrincipal"], principals)
    return _is_one_of(statement["Principal"], principals)


def _is_one_of(element: Any, principals: Collection[str]) -> bool:
    kinds = element.values() if isinstance(element, dict) else [element]
    return any(name == "*" or name in principals for names in kinds for name in _as_list(names))


def _matches_any(patterns: Any, value: str, ignore_case: bool) -> bool:
    return any(_glob(pattern, ignore_case).fullmatch(value) for pattern in _as_list(patterns))


@lru_cache(maxsize=4096)
def _glob(pattern: str, ignore_case: bool = False) -> re.Pattern[str]:
    if "${" in pattern:
        raise Unsupported(f"{pattern}: the local AWS does not support policy variables")
    parts = re.split(r"([*?])", pattern)
    text = "".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in parts)
    return re.compile(text, re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def _conditions_met(statement: Mapping[str, Any], context: Context) -> bool:
    """Whether all conditions of a statement are met."""
    return all(
        _condition(operator, key, _as_list(values), context)
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    )


def _condition(operator: str, key: str, expected: list[Any], context: Context) -> bool:
    actual = {name.lower(): value for name, value in context.items()}.get(key.lower())
    if operator == "Null":
        return (actual is None) == (str(expected[0]).lower() == "true")
    if operator.startswith("ForAnyValue:"):  # no key has more than one value here
        return actual is not None and _condition(operator.removeprefix("ForAnyValue:"), key, expected, context)
    if operator.endswith("IfExists"):
        return actual is None or _condition(operator.removesuffix("IfExists"), key, expected, context)
    if operator not in _OPERATORS:
        known = ", ".join(sorted(_OPERATORS))
        raise Unsupported(f"invalid condition operator '{operator}'; must be one of {known}")
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


def _numbers(compare: Callable[[float, float], bool]) -> Callable[[str, str], bool]:
    return lambda actual, expected: compare(float(actual), float(expected))


# whether the comparison is negated, and the comparison; a missing key is equal to no value
_OPERATORS: dict[str, tuple[bool, Callable[[str, str], bool]]] = {
    "StringEquals": (False, _equal),
    "StringNotEquals": (True, _equal),
    "StringEqualsIgnoreCase": (False, _equal_ignoring_case),
    "StringNotEqualsIgnoreCase": (True, _equal_ignoring_case),
    "StringLike": (False, _like),
    "StringNotLike": (True, _like),
    "ArnEquals": (False, _like),
    "ArnNotEquals": (True, _like),
    "ArnLike": (False, _like),
    "ArnNotLike": (True, _like),
    "Bool": (False, _equal_ignoring_case),
    "NumericEquals": (False, _numbers(float.__eq__)),
    "NumericLessThan": (False, _numbers(float.__lt__)),
    "NumericLessThanEquals": (False, _numbers(float.__le__)),
    "NumericGreaterThan": (False, _numbers(float.__gt__)),
    "NumericGreaterThanEquals": (False, _numbers(float.__ge__)),
}
