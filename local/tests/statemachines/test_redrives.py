"""An execution that failed goes on from the state that failed, as AWS redrives it."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account, allow, poll
from local.tests.workflows import read_task, start

pytestmark = pytest.mark.usefixtures("no_faults_afterwards")
LATE = {"service": "s3", "operation": "GetObject", "times": 1, "latency_seconds": 2}


def reading(bucket: str) -> dict[str, Any]:
    """States of which the second fails while the bucket has no object `late.txt`."""
    told = {"given": "{% $states.input.given %}", "kept": "{% $kept %}", "read": "{% $states.result.Body %}"}
    return {
        "First": {
            "Type": "Pass",
            "Assign": {"kept": "{% $states.input * 2 %}"},
            "Output": {"given": 3},
            "Next": "Read",
        },
        "Read": read_task(bucket, "late.txt") | {"Output": told},
    }


def history(account: Account, run: str) -> Any:
    return account.client("stepfunctions").get_execution_history(executionArn=run)["events"]


def redrive(account: Account, run: str) -> None:
    account.client("stepfunctions").redrive_execution(executionArn=run)


def test_it_goes_on_with_the_input_and_the_variables_of_the_state_that_failed(account: Account) -> None:
    bucket = account.bucket()
    run = start(account, reading(bucket), allow("s3:GetObject", "s3:ListBucket"), given=21)
    failed = account.execution(run)
    assert (failed["status"], failed["redriveStatus"], failed["redriveCount"]) == ("FAILED", "REDRIVABLE", 0)
    account.client("s3").put_object(Bucket=bucket, Key="late.txt", Body="text")
    redrive(account, run)
    ended = account.execution(run)
    assert json.loads(ended["output"]) == {"given": 3, "kept": 42, "read": "text"}
    assert (ended["status"], ended["redriveStatus"], ended["redriveCount"]) == ("SUCCEEDED", "NOT_REDRIVABLE", 1)
    assert "error" not in ended
    assert ended["redriveDate"] >= ended["startDate"]
    types = [event["type"] for event in history(account, run)]
    assert types[types.index("ExecutionFailed") + 1 :] == [
        *("ExecutionRedriven", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited"),
        "ExecutionSucceeded",
    ]


def test_its_history_goes_on_and_tells_each_entering_once(account: Account) -> None:
    bucket = account.bucket()
    run = start(account, reading(bucket), allow("s3:GetObject", "s3:ListBucket"), given=1)
    for redrives in (0, 1, 2):
        account.execution(run)
        events = history(account, run)
        assert [event["id"] for event in events] == list(range(1, len(events) + 1))
        assert [event["type"] for event in events].count("ExecutionRedriven") == redrives
        assert [
            event["stateEnteredEventDetails"]["name"] for event in events if "stateEnteredEventDetails" in event
        ] == [
            "First",
            "Read",
        ]
        redrive(account, run)


def test_one_that_was_stopped_goes_on_where_it_was(account: Account) -> None:
    waiting = {"Wait": {"Type": "Wait", "Seconds": 60, "End": True}}
    run = start(account, waiting)
    poll(lambda: [event for event in history(account, run) if event["type"] == "WaitStateEntered"])
    states = account.client("stepfunctions")
    states.stop_execution(executionArn=run)
    assert account.execution(run)["status"] == "ABORTED"
    redrive(account, run)
    assert states.describe_execution(executionArn=run)["status"] == "RUNNING"
    states.stop_execution(executionArn=run)
    assert account.execution(run)["status"] == "ABORTED"


def test_one_that_was_out_of_time_has_all_of_it_again(account: Account) -> None:
    bucket = account.bucket(late="text")
    account.faults(LATE)
    run = start(account, reading(bucket), allow("s3:GetObject", "s3:ListBucket"), given=1, TimeoutSeconds=1)
    assert account.execution(run)["status"] == "TIMED_OUT"
    redrive(account, run)
    assert account.execution(run)["status"] == "SUCCEEDED"
    types = [event["type"] for event in history(account, run)]
    assert types.index("ExecutionTimedOut") + 1 == types.index("ExecutionRedriven")


def test_what_has_not_failed_is_not_redriven(account: Account) -> None:
    run = start(account, {"Done": {"Type": "Succeed"}})
    account.execution(run)
    with pytest.raises(ClientError) as caught:
        redrive(account, run)
    assert caught.value.response["Error"]["Code"] == "ExecutionNotRedrivable"


def test_redriving_is_a_permission_of_its_own(account: Account) -> None:
    run = start(account, {"Done": {"Type": "Fail"}})
    account.execution(run)
    other = account.client("stepfunctions", account.user(allow("states:StartExecution")))
    with pytest.raises(ClientError, match="states:RedriveExecution"):
        other.redrive_execution(executionArn=run)
