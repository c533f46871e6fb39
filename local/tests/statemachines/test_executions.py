"""Executions of state machines, as recorded on AWS; each test says when."""

import json

import pytest

from local.tests.account import Account, poll
from local.tests.statemachines.machine import WAIT, WITH_TOKEN, Machine, refusal, unchecked


def test_an_execution_has_its_input_and_its_output(machine: Machine) -> None:
    """2024-08-21, 2025-04-09."""
    ended = machine.run(name="one", input='{"a": 1}')
    assert (ended["input"], json.loads(ended["output"])) == ('{"a": 1}', {"a": 1})
    assert ended["inputDetails"] == ended["outputDetails"] == {"included": True}
    assert (ended["redriveCount"], ended["redriveStatus"]) == (0, "NOT_REDRIVABLE")
    assert ended["stopDate"] >= ended["startDate"]
    arn = ended["executionArn"]
    without = machine.states.describe_execution(executionArn=arn, includedData="METADATA_ONLY")
    assert (without["inputDetails"], "input" in without) == ({"included": False}, False)
    (listed,) = machine.states.list_executions(stateMachineArn=machine.arn)["executions"]
    assert listed.keys() == {
        *("executionArn", "name", "redriveCount", "startDate", "stateMachineArn", "status", "stopDate")
    }
    assert machine.states.list_executions(stateMachineArn=machine.arn, statusFilter="RUNNING")["executions"] == []
    history = machine.states.get_execution_history(executionArn=arn, reverseOrder=True)["events"]
    assert [event["id"] for event in history] == [4, 3, 2, 1]
    history = machine.states.get_execution_history(executionArn=arn, includeExecutionData=False)["events"]
    assert history[1]["stateEnteredEventDetails"] == {"name": "S"}


def test_a_timed_out_execution_has_a_stop_date(account: Account) -> None:
    ended = Machine(account, {**WAIT, "TimeoutSeconds": 1}).run()
    assert (ended["status"], ended["stopDate"] > ended["startDate"]) == ("TIMED_OUT", True)


def test_an_execution_is_stopped_with_error_and_cause(account: Account) -> None:
    """2024-05-06."""
    machine = Machine(account, WAIT)
    states, arn = machine.states, machine.states.start_execution(stateMachineArn=machine.arn)["executionArn"]
    poll(lambda: len(states.get_execution_history(executionArn=arn)["events"]) > 1)
    assert states.stop_execution(executionArn=arn, error="Enough", cause="too slow")["stopDate"]
    ended = account.execution(arn)
    assert ended["status"] == "ABORTED"
    last = states.get_execution_history(executionArn=arn)["events"][-1]
    assert last["executionAbortedEventDetails"] == {"error": "Enough", "cause": "too slow"}
    assert states.stop_execution(executionArn=arn)["stopDate"] == ended["stopDate"]


@pytest.mark.parametrize("out_of_time", [False, True])
def test_an_execution_that_waits_for_a_task_token_can_end_without_it(account: Account, out_of_time: bool) -> None:
    queue = account.client("sqs").create_queue(QueueName=account.name("queue"))["QueueUrl"]
    arguments = {"QueueUrl": queue, "MessageBody": {"token.$": "$$.Task.Token"}}
    limit = {"TimeoutSeconds": 2} if out_of_time else {}
    machine = Machine(account, {"StartAt": "S", "States": {"S": {**WITH_TOKEN, "Parameters": arguments}}, **limit})
    states, arn = machine.states, machine.states.start_execution(stateMachineArn=machine.arn)["executionArn"]

    def history() -> list[str]:
        return [event["type"] for event in states.get_execution_history(executionArn=arn)["events"]]

    poll(lambda: "TaskSubmitted" in history())
    if not out_of_time:
        states.stop_execution(executionArn=arn)
    status, last = ("TIMED_OUT", "ExecutionTimedOut") if out_of_time else ("ABORTED", "ExecutionAborted")
    assert account.execution(arn)["status"] == status
    assert history()[-2:] == ["TaskSubmitted", last]


def test_an_executions_state_machine_is_that_of_its_start(machine: Machine) -> None:
    """2023-08-21, 2024-11-20."""
    revision = machine.update("one", publish=True)["revisionId"]
    arn = machine.states.start_execution(stateMachineArn=f"{machine.arn}:1")["executionArn"]
    machine.update("two")
    described = machine.states.describe_state_machine_for_execution(executionArn=arn)
    described.pop("ResponseMetadata")
    assert json.loads(described.pop("definition"))["Comment"] == "one"
    assert described.pop("updateDate")
    assert described == {
        "stateMachineArn": machine.arn,
        "name": machine.name,
        "roleArn": machine.role,
        "revisionId": revision,
        "loggingConfiguration": {"level": "OFF", "includeExecutionData": False},
        "tracingConfiguration": {"enabled": False},
        "encryptionConfiguration": {"type": "AWS_OWNED_KEY"},
    }


def test_an_input_that_is_not_json_is_refused(machine: Machine) -> None:
    """2023-06-22."""
    expecting = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    for text, reason in (
        ("not some input", f"Unrecognized token 'not': {expecting}"),
        ("{'not': 'json'}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name"),
        ("", "Invalid execution input."),
    ):
        assert refusal(machine.run, input=text) == (
            "InvalidExecutionInput",
            f"Invalid State Machine Execution Input: '{reason}'",
        )
    for text in ("2", '"text"'):
        assert machine.run(input=text)["output"] == text
    assert machine.states.start_execution(stateMachineArn=machine.arn, input="null")["executionArn"]


def test_express_state_machines_are_created_and_not_run(account: Account, machine: Machine) -> None:
    """Not supported here; for standard ones, StartSyncExecution is refused as recorded on AWS (2024-07-03)."""
    express = Machine(account, type="EXPRESS")
    sync = unchecked(account).start_sync_execution
    for call in (express.states.start_execution, sync):
        assert refusal(call, stateMachineArn=express.arn)[0] == "StateMachineTypeNotSupported"
    assert refusal(sync, stateMachineArn=machine.arn) == (
        "StateMachineTypeNotSupported",
        "This operation is not supported by this type of state machine",
    )
