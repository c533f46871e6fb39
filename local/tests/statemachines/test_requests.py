"""Requests to Step Functions: validation, ARNs and pages, as recorded on AWS; each test says when."""

from typing import Any

from local.tests.account import Account
from local.tests.statemachines.machine import Machine, refusal, unchecked


def test_a_request_is_checked_against_the_services_model(account: Account, machine: Machine) -> None:
    """2024-03-14, 2024-07-01, 2025-04-09; messages for several problems and missing members were not recorded."""
    states, one = unchecked(account), "1 validation error detected: Value"

    def refused(call: Any, **arguments: Any) -> str:
        code, message = refusal(call, **arguments)
        assert code == "ValidationException"
        return message

    where = "failed to satisfy constraint: Member must"
    assert refused(states.list_state_machines, maxResults=1001) == (
        f"{one} '1001' at 'maxResults' {where} have value less than or equal to 1000"
    )
    token = "t" * 1025
    assert refused(states.list_state_machine_versions, stateMachineArn=machine.arn, nextToken=token) == (
        f"{one} '{token}' at 'nextToken' {where} have length less than or equal to 1024"
    )
    values = "[SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]"
    assert refused(states.list_executions, stateMachineArn=machine.arn, statusFilter="succeeded") == (
        f"{one} 'succeeded' at 'statusFilter' {where} satisfy enum value set: {values}"
    )
    route = {"stateMachineVersionArn": f"{machine.arn}:1", "weight": 101}
    assert refused(states.create_state_machine_alias, name="live", routingConfiguration=[route]) == (
        f"{one} '101' at 'routingConfiguration.1.member.weight' {where} have value less than or equal to 100"
    )
    pattern = r"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$"
    route["weight"] = 100
    for name in ("123", "INVALID ALIAS", "!INVALID", "ALIAS@"):
        assert refused(states.create_state_machine_alias, name=name, routingConfiguration=[route]) == (
            f"{one} '{name}' at 'name' {where} satisfy regular expression pattern: {pattern}"
        )
    listed = ", ".join(
        f"RoutingConfigurationListItem(stateMachineVersionArn={machine.arn}:1, weight=100)" for _ in range(3)
    )
    assert refused(states.create_state_machine_alias, name="live", routingConfiguration=[route] * 3) == (
        f"{one} '[{listed}]' at 'routingConfiguration' {where} have length less than or equal to 2"
    )
    text = refused(states.start_execution, name="n" * 81)
    assert text.startswith("2 validation errors detected: ")
    assert f"Value null at 'stateMachineArn' {where} not be null" in text


def test_an_invalid_arn_is_refused(machine: Machine) -> None:
    """2024-03-08."""
    calls = [
        (machine.states.describe_state_machine, "stateMachineArn"),
        (machine.states.list_executions, "stateMachineArn"),
        (machine.states.publish_state_machine_version, "stateMachineArn"),
        (machine.states.describe_execution, "executionArn"),
        (machine.states.get_execution_history, "executionArn"),
    ]
    for call, name in calls:
        assert refusal(call, **{name: "no_arn"}) == ("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: no_arn'")
    nowhere = machine.arn + "x"
    missing = ("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{nowhere}'")
    for call, name in calls[:3]:
        assert refusal(call, **{name: nowhere}) == missing
    execution = machine.arn.replace(":stateMachine:", ":execution:") + ":none"
    for call, name in calls[3:]:
        assert refusal(call, **{name: execution}) == (
            "ExecutionDoesNotExist",
            f"Execution Does Not Exist: '{execution}'",
        )


def test_lists_are_paginated(machine: Machine) -> None:
    """2024-07-01, 2025-04-09."""
    for number in range(3):
        machine.update(str(number), publish=True)
        machine.alias(f"alias-{number}", v1=100)
    runs = [machine.run()["executionArn"] for _ in range(3)]
    events = machine.states.get_execution_history(executionArn=runs[0])["events"]
    whole: dict[str, Any] = {
        "list_state_machine_versions": ("stateMachineVersions", [f"{machine.arn}:{n}" for n in (3, 2, 1)]),
        "list_state_machine_aliases": ("stateMachineAliases", [f"{machine.arn}:alias-{n}" for n in range(3)]),
        "list_executions": ("executions", runs[::-1]),
        "get_execution_history": ("events", [event["id"] for event in events]),
    }
    keys = ("stateMachineVersionArn", "stateMachineAliasArn", "executionArn", "id")
    for (operation, (name, expected)), key in zip(whole.items(), keys, strict=True):
        call = getattr(machine.states, operation)
        which = {"executionArn": runs[0]} if operation == "get_execution_history" else {"stateMachineArn": machine.arn}
        found: list[Any] = []
        token: dict[str, str] = {}
        for _ in expected:
            page = call(**which, **token, maxResults=1)
            (only,) = page[name]
            found.append(only[key])
            token = {"nextToken": page["nextToken"]} if "nextToken" in page else {}
        assert (found, token) == (expected, {})
        assert [each[key] for each in call(**which, maxResults=0)[name]] == expected
        assert refusal(call, **which, nextToken="none") == ("InvalidToken", "Invalid Token: 'Invalid token'")
