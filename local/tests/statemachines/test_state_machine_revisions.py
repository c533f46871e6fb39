"""State machines, their revisions and tags, as recorded on AWS; each test says when."""

from local.tests.account import Account
from local.tests.statemachines.machine import STATES, Machine, refusal


def test_a_state_machine_is_created_once(machine: Machine) -> None:
    """2023-06-22."""
    again = machine.create()
    assert (again["stateMachineArn"], again["creationDate"]) == (machine.arn, machine.created["creationDate"])
    for other in ({"definition": machine.definition + " "}, {"tracingConfiguration": {"enabled": True}}):
        text = f"State Machine Already Exists: '{machine.arn}'"
        assert refusal(machine.create, **other) == ("StateMachineAlreadyExists", text)


def test_a_change_makes_a_revision(machine: Machine) -> None:
    """2023-08-08; the encryption: 2024-11-20."""
    described = machine.states.describe_state_machine(stateMachineArn=machine.arn)
    assert {"revisionId", "description"}.isdisjoint(described)
    assert described["loggingConfiguration"] == {"level": "OFF", "includeExecutionData": False}
    assert described["tracingConfiguration"] == {"enabled": False}
    assert described["encryptionConfiguration"] == {"type": "AWS_OWNED_KEY"}
    first = machine.update("one")["revisionId"]
    assert machine.update("one")["revisionId"] == first
    assert machine.states.describe_state_machine(stateMachineArn=machine.arn)["revisionId"] == first
    role = machine.account.role(STATES)
    second = machine.states.update_state_machine(stateMachineArn=machine.arn, roleArn=role)["revisionId"]
    assert second != first
    one = "the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration"
    assert refusal(machine.states.update_state_machine, stateMachineArn=machine.arn) == (
        "MissingRequiredParameter",
        f"Either {one} must be specified",
    )


def test_state_machines_have_tags_and_their_versions_have_none(account: Account) -> None:
    """2023-08-25."""
    tags = [{"key": "a", "value": "1"}, {"key": "b", "value": ""}]
    machine = Machine(account, tags=tags, publish=True)
    states = machine.states
    assert states.list_tags_for_resource(resourceArn=machine.arn)["tags"] == tags
    states.untag_resource(resourceArn=machine.arn, tagKeys=["a", "none"])
    assert states.list_tags_for_resource(resourceArn=machine.arn)["tags"] == tags[1:]
    version = f"{machine.arn}:1"
    missing = ("ResourceNotFound", f"Resource not found: '{version}'")
    assert refusal(states.tag_resource, resourceArn=version, tags=tags) == missing
    assert refusal(states.list_tags_for_resource, resourceArn=version) == missing
