"""The local AWS runs many concurrent executions."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from local.tests.account import Account, allow, poll, trusting
from local.tests.workflows import read_task, task

MANY = 200
CLIENTS = 8


def test_two_hundred_concurrent_executions_have_their_own_results(account: Account) -> None:
    bucket, s3, states = account.bucket(), account.client("s3"), account.client("stepfunctions")
    # all executions wait for an object that is written after all have started
    later = {"ErrorEquals": ["S3.NoSuchKeyException"], "IntervalSeconds": 10, "MaxAttempts": 20, "BackoffRate": 1}
    held = read_task(bucket, "all-have-begun") | {"Next": "Tell", "Retry": [later]}
    del held["End"]
    tell = task("aws-sdk:s3:putObject", {"Bucket": bucket, "Key": "{% $states.context.Execution.Name %}", "Body": "x"})
    definition = {
        "StartAt": "Hold",
        "States": {"Hold": held, "Tell": tell | {"Output": "{% $states.context.Execution.Input %}"}},
    }
    rights = allow("s3:GetObject", "s3:PutObject", "s3:ListBucket")
    machine = account.state_machine(definition, account.role(trusting("states.amazonaws.com"), rights))

    def start(number: int) -> str:
        started = states.start_execution(stateMachineArn=machine, name=f"run-{number}", input=json.dumps(number))
        return str(started["executionArn"])

    def count(status: str) -> int:
        return len(states.list_executions(stateMachineArn=machine, statusFilter=status, maxResults=1000)["executions"])

    with ThreadPoolExecutor(CLIENTS) as clients:
        runs = list(clients.map(start, range(MANY)))
    assert count("RUNNING") == MANY
    s3.put_object(Bucket=bucket, Key="all-have-begun", Body=b"")
    poll(lambda: count("RUNNING") == 0)
    assert [json.loads(account.execution(run)["output"]) for run in runs] == list(range(MANY))
    written = {entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket, Prefix="run-")["Contents"]}
    assert written == {f"run-{number}" for number in range(MANY)}


@pytest.mark.usefixtures("no_faults_afterwards")
def test_executions_of_one_definition_count_their_retries_separately(account: Account) -> None:
    states, retries = account.client("stepfunctions"), 3
    retry = {"ErrorEquals": ["States.ALL"], "MaxAttempts": retries}
    failing = read_task(account.bucket(), "nothing") | {"Retry": [retry]}
    rights = allow("s3:GetObject", "s3:ListBucket")
    definition = {"StartAt": "Read", "States": {"Read": failing}}
    machine = account.state_machine(definition, account.role(trusting("states.amazonaws.com"), rights))
    account.faults(retry_waits=0.01)
    runs = [states.start_execution(stateMachineArn=machine)["executionArn"] for _ in range(CLIENTS)]

    def tries(run: str) -> int:
        assert account.execution(run)["status"] == "FAILED"
        history = states.get_execution_history(executionArn=run)["events"]
        return [event["type"] for event in history].count("TaskScheduled")

    assert [tries(run) for run in runs] == [1 + retries] * CLIENTS
