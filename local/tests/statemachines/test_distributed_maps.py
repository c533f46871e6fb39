"""Distributed Maps read their items from S3 with the state machine's role, as recorded on AWS."""

from typing import Any

import pytest

from local.tests.account import Account, allow
from local.tests.fault_documents import error, fault
from local.tests.workflows import run

READ = allow("s3:GetObject", "s3:ListBucket")
PASS = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}
FIRST_ROW = {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}
CSV = "a,b\n1,x\n2,y\n"


def _map(action: str, arguments: dict[str, Any], config: dict[str, Any] | None = None) -> dict[str, Any]:
    reader = {"Resource": f"arn:aws:states:::s3:{action}", "Arguments": arguments}
    if config:
        reader["ReaderConfig"] = config
    return {"M": {"Type": "Map", "ItemReader": reader, "ItemProcessor": PASS, "End": True}}


@pytest.mark.parametrize(
    ("text", "config", "items"),
    [
        (CSV, FIRST_ROW, [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}]),
        (CSV, FIRST_ROW | {"MaxItems": 1}, [{"a": "1", "b": "x"}]),
        (CSV, FIRST_ROW | {"MaxItems": "{% $states.input.most %}"}, [{"a": "1", "b": "x"}]),
        (
            "1,x\n2\n",
            {"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["n", "t"]},
            [{"n": "1", "t": "x"}, {"n": "2", "t": ""}],
        ),
        ('[1, {"a": null}]', {"InputType": "JSON"}, [1, {"a": None}]),
    ],
)
def test_a_map_reads_the_items_of_an_object(
    account: Account, text: str, config: dict[str, Any], items: list[Any]
) -> None:
    """Recorded 2023-08."""
    states = _map("getObject", {"Bucket": account.bucket(items=text), "Key": "items.txt"}, config)
    assert run(account, states, READ, given={"most": 1}) == items


def test_a_map_reads_the_objects_of_a_bucket(account: Account) -> None:
    """Recorded 2023-08."""
    bucket = account.bucket(a="x", b="yy")
    items = run(account, _map("listObjectsV2", {"Bucket": bucket}), READ)
    assert [(item["Key"], item["Size"]) for item in items] == [("a.txt", 1), ("b.txt", 2)]


def test_a_map_reads_with_the_role_of_its_state_machine(account: Account) -> None:
    states = _map("getObject", {"Bucket": account.bucket(items="[1]"), "Key": "items.txt"}, {"InputType": "JSON"})
    assert run(account, states)[0] == "States.ItemReaderFailed"


@pytest.mark.usefixtures("no_faults_afterwards")
def test_a_fault_selects_the_item_reader_by_its_state(account: Account) -> None:
    account.faults(fault("s3", "GetObject", state="M", **error("SlowDown", 503)))
    states = _map("getObject", {"Bucket": account.bucket(items="[1]"), "Key": "items.txt"}, {"InputType": "JSON"})
    assert run(account, states, READ)[0] == "States.ItemReaderFailed"


@pytest.mark.parametrize(
    ("tolerated", "succeeds"),
    [
        ({}, False),
        ({"ToleratedFailureCount": 1}, False),
        ({"ToleratedFailureCount": 2}, True),
        ({"ToleratedFailurePercentage": 50.0}, True),
        ({"ToleratedFailurePercentage": 49.9}, False),
        ({"ToleratedFailureCount": 1, "ToleratedFailurePercentage": 50.0}, False),
    ],
)
def test_a_map_fails_if_more_items_fail_than_it_tolerates(
    account: Account, tolerated: dict[str, Any], succeeds: bool
) -> None:
    """Error and cause recorded 2025-11-13."""
    choice = {"Type": "Choice", "Choices": [{"Condition": "{% $states.input > 2 %}", "Next": "F"}], "Default": "S"}
    states = {"C": choice, "F": {"Type": "Fail", "Error": "E"}, "S": {"Type": "Succeed"}}
    processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "C", "States": states}
    items = {"Type": "Map", "Items": [1, 2, 3, 4], "ItemProcessor": processor, "Output": "ran", "End": True}
    exceeded = ("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded")
    assert run(account, {"M": items | tolerated}) == ("ran" if succeeds else exceeded)


def test_a_map_reads_all_pages_of_a_listing(account: Account) -> None:
    bucket = account.bucket(a="", b="", c="")
    items = run(account, _map("listObjectsV2", {"Bucket": bucket, "MaxKeys": 2}), READ)
    assert [item["Key"] for item in items] == ["a.txt", "b.txt", "c.txt"]


def test_a_bucket_without_objects_has_no_items(account: Account) -> None:
    assert run(account, _map("listObjectsV2", {"Bucket": account.bucket()}), READ) == []
