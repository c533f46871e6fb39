"""Events of executions, as recorded on AWS (2024-02-07)."""

import json
from typing import Any

from local.tests.account import Account, poll
from local.tests.workflows import STATES


def _queue(account: Account, machine: str) -> str:
    """The URL of a queue that gets all events of the state machine's executions."""
    sqs, events, name = account.client("sqs"), account.client("events"), account.name("executions")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    pattern = {"source": ["aws.states"], "detail": {"stateMachineArn": [machine]}}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": account.arn("sqs", name)}])
    return str(url)


def _events(account: Account, url: str, number: int) -> dict[str, Any]:
    """The events by status, once there are `number` of them."""
    found: dict[str, Any] = {}

    def look() -> bool:
        for message in account.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            event = json.loads(message["Body"])
            found[event["detail"]["status"]] = event
        return len(found) == number

    poll(look)
    return found


def test_events_report_the_start_and_the_end_of_an_execution(account: Account) -> None:
    states = account.client("stepfunctions")
    definition = {"StartAt": "P", "States": {"P": {"Type": "Pass", "Output": [1], "End": True}}}
    machine = account.state_machine(definition, account.role(STATES))
    url = _queue(account, machine)
    arn = states.start_execution(stateMachineArn=machine, name="one", input='{"a":1}')["executionArn"]
    by_status = _events(account, url, 2)
    for status, event in by_status.items():
        assert (event["account"], event["resources"]) == (account.endpoint["account"], [arn])
        detail = event["detail"]
        assert (detail["name"], detail["input"], detail["inputDetails"]) == ("one", '{"a":1}', {"included": True})
        assert (detail["redriveCount"], detail["redriveDate"]) == (0, None)
        assert detail["redriveStatusReason"] == f"Execution is {status} and cannot be redriven"
        nothing = ("error", "cause", "stateMachineVersionArn", "stateMachineAliasArn")
        assert [detail[name] for name in nothing] == [None] * 4
    running, ended = by_status["RUNNING"]["detail"], by_status["SUCCEEDED"]["detail"]
    assert (running["output"], running["outputDetails"], running["stopDate"]) == (None, None, None)
    assert (ended["output"], ended["outputDetails"]) == ("[1]", {"included": True})
    assert ended["startDate"] <= ended["stopDate"]


def test_an_event_omits_an_input_that_is_too_large(account: Account) -> None:
    definition = {"StartAt": "P", "States": {"P": {"Type": "Pass", "Output": 1, "End": True}}}
    machine = account.state_machine(definition, account.role(STATES))
    url = _queue(account, machine)
    states = account.client("stepfunctions")
    states.start_execution(stateMachineArn=machine, input=json.dumps("x" * 260_000))
    detail = _events(account, url, 2)["SUCCEEDED"]["detail"]
    assert (detail["input"], detail["inputDetails"]) == (None, {"included": False})
