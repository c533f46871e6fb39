"""Differences between properties by their meaning."""

from typing import Any

import pytest

from local.provider.diff import changed, differences, drifted, same, written_as
from local.provider.values import UNKNOWN

from .assets import text_asset

POLICY = '{"Version": "2012-10-17", "Statement": []}'
INDENTED = '{\n  "Statement": [],\n  "Version": "2012-10-17"\n}'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        ([], None),
        ("5", 5),
        (True, "true"),
        (POLICY, INDENTED),
        ({"a": 1, "b": None}, {"a": 1}),
        ([{"a": "1"}], [{"a": 1}]),
        (text_asset("x"), {**text_asset("x"), "path": "elsewhere"}),
    ],
)
def test_equivalent_values_are_the_same(one: Any, other: Any) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, False),
        (None, 0),
        ("a", "b"),
        ([1, 2], [2, 1]),
        ({"a": 1}, {"a": 1, "b": 2}),
        (UNKNOWN, UNKNOWN),
        (text_asset("x"), text_asset("y")),
        (POLICY, POLICY.replace("[]", "[{}]")),
        ("{not json", "{ not json"),
    ],
)
def test_other_values_differ(one: Any, other: Any) -> None:
    assert not same(one, other)


def test_the_engines_own_keys_make_no_difference() -> None:
    assert changed({"name": "a", "__defaults": []}, {"name": "a", "__defaults": ["name"]}) == frozenset()


def test_differences_have_the_deepest_path() -> None:
    old = {"columns": [{"name": "a", "type": "int"}], "location": "s3://b/old/", "gone": 1}
    new = {"columns": [{"name": "a", "type": "long"}, {"name": "b"}], "location": "s3://b/new/", "new": 1}

    assert dict(differences(old, new, "table")) == {
        "table.columns[0].type": "update",
        "table.columns[1]": "add",
        "table.gone": "delete",
        "table.location": "update",
        "table.new": "add",
    }


def test_a_key_that_is_no_identifier_is_quoted_in_a_path() -> None:
    assert dict(differences({"--recipe": "a"}, {"--recipe": "b"}, "arguments")) == {'arguments["--recipe"]': "update"}


def test_live_values_get_the_programs_spelling() -> None:
    inputs = {"policy": INDENTED, "count": "5", "nested": {"a": 1}}
    live = {"policy": POLICY, "count": 5, "nested": {"a": 1, "default": True}}

    assert written_as(inputs, live) == {"policy": INDENTED, "count": "5", "nested": {"a": 1, "default": True}}


def test_defaults_of_aws_are_not_drift() -> None:
    live = {"memory": 128, "network": {"ids": ["a"], "vpc": "v"}}

    assert drifted({"network": {"ids": ["a"]}}, live, live) == {"network": {"ids": ["a"]}}


def test_a_changed_default_is_drift() -> None:
    before = {"memory": 128, "network": {"ids": ["a"], "vpc": "v"}}
    live = {"memory": 256, "network": {"ids": ["a"], "vpc": "w"}}

    assert drifted({"network": {"ids": ["a"]}}, before, live) == {"memory": 256, "network": {"ids": ["a"], "vpc": "w"}}


def test_an_input_that_is_missing_on_aws_is_drift() -> None:
    assert drifted({"days": 14, "kept": "x"}, {"days": 14}, {}) == {"kept": "x"}


def test_drift_of_one_list_item_changes_no_other() -> None:
    inputs = [{"id": "a", "days": 1}, {"id": "b", "days": 2}]
    before = [{"id": "a", "days": 1, "size": 0}, {"id": "b", "days": 2, "size": 0}]
    live = [{"id": "a", "days": 1, "size": 0}, {"id": "b", "days": 9, "size": 0}]

    assert drifted(inputs, before, live) == [{"id": "a", "days": 1}, {"id": "b", "days": 9}]
