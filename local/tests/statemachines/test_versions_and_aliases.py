"""Versions and aliases of state machines, as recorded on AWS; each test says when."""

from typing import Any

from local.tests.statemachines.machine import Machine, refusal


def test_versions_are_of_revisions(machine: Machine) -> None:
    """2023-08-11."""

    def publish(**more: Any) -> str:
        published = machine.states.publish_state_machine_version(stateMachineArn=machine.arn, **more)
        return str(published["stateMachineVersionArn"]).removeprefix(machine.arn)

    assert [publish(), publish(), publish(revisionId="INITIAL")] == [":1"] * 3
    first = machine.update("one")["revisionId"]
    assert publish(description="second") == ":2"
    described = machine.states.describe_state_machine(stateMachineArn=f"{machine.arn}:2")
    assert (described["revisionId"], described["description"]) == (first, "second")
    second = machine.update("two")["revisionId"]
    assert refusal(publish, revisionId=first) == (
        "ConflictException",
        f"Failed to publish the State Machine version for revision {first}. "
        f"The current State Machine revision is {second}.",
    )
    machine.states.delete_state_machine_version(stateMachineVersionArn=f"{machine.arn}:2")
    machine.states.delete_state_machine_version(stateMachineVersionArn=f"{machine.arn}:2")
    assert publish() == ":3"
    text = f"State Machine Does Not Exist: '{machine.arn}:3'"
    assert refusal(
        machine.states.update_state_machine, stateMachineArn=f"{machine.arn}:3", definition=machine.definition
    ) == ("StateMachineDoesNotExist", text)


def test_a_deleted_version_is_published_with_a_new_number(machine: Machine) -> None:
    """2023-08-11."""
    for number in range(1, 3):
        version = machine.states.publish_state_machine_version(stateMachineArn=machine.arn)["stateMachineVersionArn"]
        assert version == f"{machine.arn}:{number}"
        machine.states.delete_state_machine_version(stateMachineVersionArn=version)


def test_an_alias_has_distinct_versions_with_weights_that_add_up_to_100(machine: Machine) -> None:
    """2025-04-09."""
    for word in ("one", "two"):
        machine.update(word, publish=True)
    one, two = f"{machine.arn}:1", f"{machine.arn}:2"
    for routes, text in (
        ({"v1": 70, "v2": 29}, "Sum of routing configuration weights must equal 100. Received: [70, 29]"),
        ({"v1": 70, "v2": 31}, "Sum of routing configuration weights must equal 100. Received: [70, 31]"),
        (
            {"": 70, "v2": 30},
            f"Routing configuration must contain state machine version ARNs. Received: [{machine.arn}, {two}]",
        ),
    ):
        assert refusal(machine.alias, **routes) == ("ValidationException", text)
    twice = [{"stateMachineVersionArn": one, "weight": 50}] * 2
    assert refusal(machine.states.create_state_machine_alias, name="live", routingConfiguration=twice) == (
        "ValidationException",
        f"Routing configuration must contain distinct state machine version ARNs. Received: [{one}, {one}]",
    )


def test_an_alias_is_created_once(machine: Machine) -> None:
    """2025-04-09."""
    for word in ("one", "two"):
        machine.update(word, publish=True)
    created = machine.alias(v1=100)
    assert machine.alias(v1=100)["creationDate"] == created["creationDate"]
    text = "an alias with the same name and a different routing configuration already exists."
    other: dict[str, Any] = {"description": "other", "v1": 100}
    for wanted in (other, {"v1": 50, "v2": 50}):
        assert refusal(machine.alias, **wanted) == (
            "ConflictException",
            f"Failed to create alias because {text}",
        )


def test_an_alias_is_changed_and_deleted(machine: Machine) -> None:
    """2025-04-09."""
    machine.update("one", publish=True)
    arn, states = machine.alias(v1=100)["stateMachineAliasArn"], machine.states
    states.update_state_machine_alias(stateMachineAliasArn=arn, description="new")
    described = states.describe_state_machine_alias(stateMachineAliasArn=arn)
    assert (described["description"], described["name"]) == ("new", "live")
    assert described["routingConfiguration"] == [{"stateMachineVersionArn": f"{machine.arn}:1", "weight": 100}]
    text = "Version to be deleted must not be referenced by an alias."
    assert refusal(states.delete_state_machine_version, stateMachineVersionArn=f"{machine.arn}:1") == (
        "ConflictException",
        f"{text} Current list of aliases referencing this version: [live]",
    )
    for _ in range(2):
        states.delete_state_machine_alias(stateMachineAliasArn=arn)
    assert refusal(states.update_state_machine_alias, stateMachineAliasArn=arn, description="x") == (
        "ResourceNotFound",
        "Request references a resource that does not exist.",
    )
