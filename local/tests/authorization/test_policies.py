"""Policy documents are evaluated as by IAM."""

import json
from typing import Any

import pytest

from local.authorization.policies import Unsupported, decide

READ = "s3:GetObject"
OBJECT = "arn:aws:s3:::data/raw/a.csv"


def statement(effect: str = "Allow", **elements: Any) -> dict[str, Any]:
    whole = {"Effect": effect, "Action": [READ], "Resource": ["arn:aws:s3:::data/*"]} | elements
    return {name: value for name, value in whole.items() if value is not None}


def decision(*statements: dict[str, Any], action: str = READ, on: str = OBJECT, **context: str) -> str | None:
    named = {name.replace("_", ":"): value for name, value in context.items()}
    return decide([json.dumps({"Statement": list(statements)})], action, on, named)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], None),
        ([statement()], "Allow"),
        ([statement("Deny")], "Deny"),
        ([statement(), statement("Deny")], "Deny"),
        ([statement("Deny"), statement()], "Deny"),
        ([statement(), statement("Deny", Resource="arn:aws:s3:::other/*")], "Allow"),
    ],
)
def test_a_denial_overrides_and_the_default_is_no_permission(statements: list[Any], expected: str | None) -> None:
    assert decision(*statements) == expected


@pytest.mark.parametrize(
    ("element", "value", "matches"),
    [
        ("Action", "s3:GetObject", True),
        ("Action", "S3:getobject", True),
        ("Action", "s3:*", True),
        ("Action", "s3:Get*", True),
        ("Action", "s3:GetObjec?", True),
        ("Action", "s3:GetObjectVersion", False),
        ("Action", "s3:PutObject", False),
        ("Action", ["s3:PutObject", "s3:GetObject"], True),
        ("Resource", OBJECT, True),
        ("Resource", "*", True),
        ("Resource", "arn:aws:s3:::data/raw/?.csv", True),
        ("Resource", "arn:aws:s3:::DATA/*", False),
        ("Resource", "arn:aws:s3:::data", False),
        ("Resource", "arn:aws:s3:::data/raw.a.csv", False),
        ("Resource", ["arn:aws:s3:::data", "arn:aws:s3:::data/*"], True),
    ],
)
def test_actions_match_in_any_case_and_resources_match_exactly(element: str, value: Any, matches: bool) -> None:
    assert decision(statement(**{element: value})) == ("Allow" if matches else None)


@pytest.mark.parametrize(
    ("elements", "matches"),
    [
        ({"Action": None, "NotAction": "s3:PutObject"}, True),
        ({"Action": None, "NotAction": "s3:Get*"}, False),
        ({"Resource": None, "NotResource": "arn:aws:s3:::other/*"}, True),
        ({"Resource": None, "NotResource": "arn:aws:s3:::data/*"}, False),
    ],
)
def test_a_statement_does_not_apply_to_excluded_elements(elements: dict[str, Any], matches: bool) -> None:
    assert decision(statement(**elements)) == ("Allow" if matches else None)


@pytest.mark.parametrize(
    ("operator", "expected", "actual", "holds"),
    [
        ("StringEquals", "a", "a", True),
        ("StringEquals", "a", "A", False),
        ("StringEquals", ["b", "a"], "a", True),
        ("StringEquals", "a*", "ab", False),
        ("StringEquals", "a", None, False),
        ("StringNotEquals", "a", "b", True),
        ("StringNotEquals", ["a", "b"], "b", False),
        ("StringNotEquals", "a", None, True),
        ("StringEqualsIgnoreCase", "a", "A", True),
        ("StringNotEqualsIgnoreCase", "a", "A", False),
        ("StringLike", "a*", "ab", True),
        ("StringLike", "a*", "b", False),
        ("StringNotLike", "a*", "ab", False),
        ("ArnLike", "arn:aws:states:*", "arn:aws:states:x", True),
        ("ArnEquals", "arn:aws:states:*", "arn:aws:sns:x", False),
        ("ArnNotLike", "arn:aws:states:*", "arn:aws:sns:x", True),
        ("ArnNotEquals", "arn:aws:states:*", "arn:aws:states:x", False),
        ("Bool", "true", "TRUE", True),
        ("Bool", False, "false", True),
        ("Bool", "true", None, False),
        ("BoolIfExists", "true", None, True),
        ("BoolIfExists", "true", "false", False),
        ("Null", "true", None, True),
        ("Null", "true", "a", False),
        ("Null", "false", "a", True),
        ("NumericLessThan", "10", "9.5", True),
        ("NumericGreaterThanEquals", 10, "9.5", False),
        ("NumericEquals", "10", "10.0", True),
    ],
)
def test_conditions_compare_the_request_with_the_policy(
    operator: str, expected: Any, actual: str | None, holds: bool
) -> None:
    context = {} if actual is None else {"aws_key": actual}
    condition = {operator: {"AWS:Key": expected}}
    assert decision(statement(Condition=condition), **context) == ("Allow" if holds else None)


def test_all_conditions_must_be_met() -> None:
    both = {"StringEquals": {"aws:a": "1", "aws:b": "2"}}
    assert decision(statement(Condition=both), aws_a="1", aws_b="2") == "Allow"
    assert decision(statement(Condition=both), aws_a="1", aws_b="3") is None


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ({"Principal": "*"}, "Allow"),
        ({"Principal": {"AWS": "*"}}, "Allow"),
        ({"Principal": {"AWS": ["arn:me", "arn:other"]}}, "Allow"),
        ({"Principal": {"AWS": "arn:other"}}, None),
        ({"Principal": {"Service": "glue.amazonaws.com"}}, None),
        ({"NotPrincipal": {"AWS": "arn:me"}}, None),
        ({"NotPrincipal": {"AWS": "arn:other"}}, "Allow"),
    ],
)
def test_a_resource_policy_applies_to_its_principals(element: dict[str, Any], expected: str | None) -> None:
    document = json.dumps({"Statement": statement(**element)})
    assert decide([document], READ, OBJECT, {}, {"arn:me", "123456789012"}) == expected


@pytest.mark.parametrize(
    ("unknown", "message"),
    [
        ({"Condition": {"DateLessThan": {"aws:CurrentTime": "2030-01-01"}}}, "condition operator 'DateLessThan'"),
        ({"Resource": "arn:aws:s3:::data/${aws:username}/*"}, "aws:username.*policy variables"),
    ],
)
def test_an_unsupported_element_is_an_error(unknown: dict[str, Any], message: str) -> None:
    with pytest.raises(Unsupported, match=message):
        decision(statement(**unknown))
