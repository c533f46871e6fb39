"""A redrive resumes an execution in the state that failed."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account, allow, poll
from local.tests.workflows import read_task, start

pytestmark = pytest.mark.usefixtures("no_faults_afterwards")
LATE = {"service": "s3", "operation": "GetObject", "times": 1, "latency_seconds": 2}


def reading(bucket: str) -> dict[str, Any]:
    """States; the second fails until the bucket has an object `late.txt`."""
    output = {"given": "{% $states.input.given %}", "kept": "{% $kept %}", "read": "{% $states.result.Body %}"}
    return {
        "First": {
            "Type": "Pass",
            "Assign": {"kept": "{% $states.input * 2 %}"},
            "Output": {"given": 3},
            "Next": "Read",
        },
        "Read": read_task(bucket, "late.txt") | {"Output": output},
    }


def history(account: Account, run: str) -> Any:
    return account.client("stepfunctions").get_execution_history(executionArn=run)["events"]


def redrive(account: Account, run: str) -> None:
    account.client("stepfunctions").redrive_execution(executionArn=run)


def test_a_redrive_resumes_with_the_input_and_the_variables_of_the_failed_state(account: Account) -> None:
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


def test_a_redrives_history_continues_and_enters_each_state_once(account: Account) -> None:
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


def test_a_redrive_of_a_stopped_execution_resumes_in_its_state(account: Account) -> None:
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


def test_a_redrive_of_a_timed_out_execution_has_the_full_timeout(account: Account) -> None:
    bucket = account.bucket(late="text")
    account.faults(LATE)
    run = start(account, reading(bucket), allow("s3:GetObject", "s3:ListBucket"), given=1, TimeoutSeconds=1)
    assert account.execution(run)["status"] == "TIMED_OUT"
    redrive(account, run)
    assert account.execution(run)["status"] == "SUCCEEDED"
    types = [event["type"] for event in history(account, run)]
    assert types.index("ExecutionTimedOut") + 1 == types.index("ExecutionRedriven")


def test_an_execution_that_has_not_failed_is_not_redriven(account: Account) -> None:
    run = start(account, {"Done": {"Type": "Succeed"}})
    account.execution(run)
    with pytest.raises(ClientError) as caught:
        redrive(account, run)
    assert caught.value.response["Error"]["Code"] == "ExecutionNotRedrivable"


def test_a_redrive_needs_its_own_permission(account: Account) -> None:
    run = start(account, {"Done": {"Type": "Fail"}})
    account.execution(run)
    other = account.client("stepfunctions", account.user(allow("states:StartExecution")))
    with pytest.raises(ClientError, match="states:RedriveExecution"):
        other.redrive_execution(executionArn=run)
