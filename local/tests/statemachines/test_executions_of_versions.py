"""A version or an alias starts the published definition of a state machine."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account, allow, trusting

STATES = trusting("states.amazonaws.com")


def returning(word: str) -> str:
    state = {"Type": "Succeed", "Output": word}
    return json.dumps({"QueryLanguage": "JSONata", "StartAt": "S", "States": {"S": state}})


def machine_of(account: Account, *words: str) -> str:
    """The ARN of a state machine with a published version for each word, 1 for the first."""
    states, role = account.client("stepfunctions"), account.role(STATES)
    name = account.name("machine")
    arn = str(
        states.create_state_machine(name=name, definition=returning(words[0]), roleArn=role, publish=True)[
            "stateMachineArn"
        ]
    )
    for word in words[1:]:
        states.update_state_machine(stateMachineArn=arn, definition=returning(word), publish=True)
    return arn


def alias_of(account: Account, machine: str, **weights: int) -> str:
    routes = [
        {"stateMachineVersionArn": f"{machine}:{version.removeprefix('v')}", "weight": weight}
        for version, weight in weights.items()
    ]
    created = account.client("stepfunctions").create_state_machine_alias(name="live", routingConfiguration=routes)
    return str(created["stateMachineAliasArn"])


def run(account: Account, arn: str) -> dict[str, Any]:
    started = account.client("stepfunctions").start_execution(stateMachineArn=arn)
    return account.execution(started["executionArn"])


def test_a_version_runs_as_it_was_published(account: Account) -> None:
    machine = machine_of(account, "first", "second")
    account.client("stepfunctions").update_state_machine(stateMachineArn=machine, definition=returning("unpublished"))
    outputs = [run(account, f"{machine}{version}")["output"] for version in (":1", ":2", "")]
    assert outputs == ['"first"', '"second"', '"unpublished"']


def test_an_alias_runs_its_version(account: Account) -> None:
    machine, states = machine_of(account, "first", "second"), account.client("stepfunctions")
    alias = alias_of(account, machine, v2=100)
    ended = run(account, alias)
    assert (ended["output"], ended["stateMachineArn"]) == ('"second"', machine)
    assert (ended["stateMachineAliasArn"], ended["stateMachineVersionArn"]) == (alias, f"{machine}:2")
    back = [{"stateMachineVersionArn": f"{machine}:1", "weight": 100}]
    states.update_state_machine_alias(stateMachineAliasArn=alias, routingConfiguration=back)
    assert run(account, alias)["output"] == '"first"'


def test_each_version_of_an_alias_gets_its_share(account: Account) -> None:
    alias = alias_of(account, machine_of(account, "first", "second"), v1=50, v2=50)
    outputs = [run(account, alias)["output"] for _ in range(40)]
    assert {*outputs} == {'"first"', '"second"'}  # fails once in 10^12 runs


def test_a_state_machine_lists_the_executions_of_its_versions_and_aliases(account: Account) -> None:
    machine = machine_of(account, "first")
    started = {run(account, arn)["executionArn"] for arn in (alias_of(account, machine, v1=100), machine)}
    states = account.client("stepfunctions")
    listed = {each["executionArn"] for each in states.list_executions(stateMachineArn=machine)["executions"]}
    of_version = states.list_executions(stateMachineArn=f"{machine}:1")["executions"]
    assert listed == started
    assert len(of_version) == 1


def test_an_update_without_a_change_publishes_no_version(account: Account) -> None:
    machine, states = machine_of(account, "first", "first", "second"), account.client("stepfunctions")
    again = states.publish_state_machine_version(stateMachineArn=machine)["stateMachineVersionArn"]
    listed = states.list_state_machine_versions(stateMachineArn=machine)["stateMachineVersions"]
    assert again == f"{machine}:2"
    assert [version["stateMachineVersionArn"] for version in listed] == [f"{machine}:2", f"{machine}:1"]


def test_an_alias_needs_existing_versions(account: Account) -> None:
    machine, states = machine_of(account, "first"), account.client("stepfunctions")
    alias = alias_of(account, machine, v1=100)
    nowhere = [{"stateMachineVersionArn": f"{machine}:9", "weight": 100}]
    with pytest.raises(ClientError, match="Does Not Exist"):
        states.update_state_machine_alias(stateMachineAliasArn=alias, routingConfiguration=nowhere)
    with pytest.raises(ClientError, match="referenced by an alias"):
        states.delete_state_machine_version(stateMachineVersionArn=f"{machine}:1")
    with pytest.raises(ClientError, match="ResourceNotFound"):
        states.start_execution(stateMachineArn=f"{machine}:9")


def test_a_caller_needs_a_permission_for_the_state_machine_with_an_optional_alias_condition(account: Account) -> None:
    """https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html"""
    machine = machine_of(account, "first")
    alias = alias_of(account, machine, v1=100)
    live = {"ForAnyValue:StringEquals": {"states:StateMachineQualifier": ["live"]}}
    scoped = account.client("stepfunctions", account.user(allow("states:StartExecution", on=machine, Condition=live)))
    assert scoped.start_execution(stateMachineArn=alias)["executionArn"]
    wrong = account.client("stepfunctions", account.user(allow("states:StartExecution", on=alias)))
    for client, arn in ((scoped, machine), (scoped, f"{machine}:1"), (wrong, alias)):
        with pytest.raises(ClientError, match="not authorized to perform: states:StartExecution"):
            client.start_execution(stateMachineArn=arn)
