"""Execution logs in CloudWatch Logs, as recorded on AWS (2024-06-01 and 2024-06-10)."""

import json
from typing import Any

import pytest

from local.tests.account import Account, allow, poll
from local.tests.statemachines.machine import PASS, STATES, Machine, refusal

FAIL = {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "SomeFailure", "Cause": "c"}}}
VALIDATION = "log_stream_created_by_aws_to_validate_log_delivery_subscriptions"


def log_group(account: Account) -> str:
    name = account.name("/states")
    account.client("logs").create_log_group(logGroupName=name)
    return name


def to(account: Account, *groups: str, level: str = "ALL", **more: Any) -> dict[str, Any]:
    """The logging configuration."""
    arns = [account.arn("logs", f"{group}:*") for group in groups]
    destinations = [{"cloudWatchLogsLogGroup": {"logGroupArn": arn}} for arn in arns]
    return {"loggingConfiguration": {"level": level, "destinations": destinations, **more}}


def streams(account: Account, group: str) -> list[str]:
    found = account.client("logs").describe_log_streams(logGroupName=group)["logStreams"]
    return [stream["logStreamName"] for stream in found]


def logged(account: Account, group: str) -> list[dict[str, Any]]:
    logs, found = account.client("logs"), streams(account, group)[1:]
    events = [
        logs.get_log_events(logGroupName=group, logStreamName=name, startFromHead=True)["events"] for name in found
    ]
    return [json.loads(event["message"]) for each in events for event in each]


def test_an_execution_is_logged_without_its_data(account: Account) -> None:
    group = log_group(account)
    machine = Machine(account, **to(account, group))
    arn = machine.run()["executionArn"]
    events = poll(lambda: len(logged(account, group)) == 4 and logged(account, group))
    assert {event["execution_arn"] for event in events} == {arn}
    assert {event["redrive_count"] for event in events} == {"0"}
    assert all(event["event_timestamp"].isdecimal() for event in events)
    assert [(event["id"], event["previous_event_id"], event["type"], event["details"]) for event in events] == [
        ("1", "0", "ExecutionStarted", {"roleArn": machine.role}),
        ("2", "0", "PassStateEntered", {"name": "S"}),
        ("3", "2", "PassStateExited", {"name": "S"}),
        ("4", "3", "ExecutionSucceeded", {}),
    ]
    validation, stream = streams(account, group)
    assert validation == VALIDATION
    assert stream.startswith(f"states/{machine.name}/")


def test_an_execution_is_logged_with_its_data(account: Account) -> None:
    group = log_group(account)
    machine = Machine(account, **to(account, group, includeExecutionData=True))
    machine.run(input='{"a":1}')
    events = poll(lambda: len(logged(account, group)) == 4 and logged(account, group))
    entered = {"name": "S", "input": '{"a":1}', "inputDetails": {"truncated": False}}
    assert events[1]["details"] == entered
    assert events[3]["details"] == {"output": '{"a":1}', "outputDetails": {"truncated": False}}


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("ALL", ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"]),
        ("ERROR", ["FailStateEntered", "ExecutionFailed"]),
        ("FATAL", ["ExecutionFailed"]),
    ],
)
def test_a_log_level_includes_its_events(account: Account, level: str, expected: list[str]) -> None:
    group = log_group(account)
    Machine(account, FAIL, **to(account, group, level=level)).run()
    assert [event["type"] for event in poll(lambda: logged(account, group))] == expected


def test_nothing_is_logged_unless_a_level_is_set(account: Account) -> None:
    group = log_group(account)
    machine = Machine(account, FAIL, **to(account, group, level="OFF"))
    machine.run()
    assert streams(account, group) == []
    machine.states.update_state_machine(stateMachineArn=machine.arn, **to(account, group, level="FATAL"))
    machine.run()
    assert len(poll(lambda: logged(account, group))) == 1


def test_the_executions_of_a_state_machine_share_a_log_stream(account: Account) -> None:
    group = log_group(account)
    machine = Machine(account, **to(account, group))
    for _ in range(3):
        machine.run()
    assert len(poll(lambda: len(logged(account, group)) == 12 and logged(account, group))) == 12
    assert len(streams(account, group)) == 2


def test_an_execution_succeeds_although_its_log_group_was_deleted(account: Account) -> None:
    group = log_group(account)
    machine = Machine(account, **to(account, group))
    account.client("logs").delete_log_group(logGroupName=group)
    assert machine.run()["status"] == "SUCCEEDED"


def test_a_log_has_exactly_one_destination_which_exists(account: Account) -> None:
    group, states, role = log_group(account), account.client("stepfunctions"), account.role(STATES, allow("*"))
    wanted = {"name": account.name("machine"), "definition": json.dumps(PASS), "roleArn": role}
    one = "Invalid Logging Configuration: Must specify exactly one Log Destination."
    for groups in ((), (group, group)):
        refused = refusal(states.create_state_machine, **wanted, **to(account, *groups))
        assert refused == ("InvalidLoggingConfiguration", one)
    refused = refusal(states.create_state_machine, **wanted, **to(account, group + "x"))
    assert refused == ("InvalidLoggingConfiguration", "Invalid Logging Configuration: Log Destination not found.")
    machine = Machine(account)
    refused = refusal(machine.states.update_state_machine, stateMachineArn=machine.arn, **to(account, group, group))
    assert refused == ("InvalidLoggingConfiguration", one)
