"""Step Functions' API, as it was recorded on AWS; each test says when."""

import json
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from local.tests.account import Account, allow, poll, trusting

STATES = trusting("states.amazonaws.com")
PASS = {"StartAt": "S", "States": {"S": {"Type": "Pass", "End": True}}}
WAIT = {"StartAt": "S", "States": {"S": {"Type": "Wait", "Seconds": 60, "End": True}}}


class Machine:
    """A state machine that does nothing."""

    def __init__(self, account: Account, definition: Any = PASS, **more: Any) -> None:
        self.account, self.states = account, account.client("stepfunctions")
        self.name, self.role = account.name("machine"), account.role(STATES, allow("*"))
        self.definition = json.dumps(definition)
        self.created = self.create(**more)
        self.arn = str(self.created["stateMachineArn"])

    def create(self, **more: Any) -> Any:
        wanted = {"name": self.name, "definition": self.definition, "roleArn": self.role, **more}
        return self.states.create_state_machine(**wanted)

    def update(self, word: str, **more: Any) -> Any:
        definition = json.dumps({**PASS, "Comment": word})
        return self.states.update_state_machine(stateMachineArn=self.arn, definition=definition, **more)

    def alias(self, name: str = "live", description: str = "d", **weights: int) -> Any:
        routes = [
            {"stateMachineVersionArn": f"{self.arn}{':' if version else ''}{version[1:]}", "weight": weight}
            for version, weight in weights.items()
        ]
        return self.states.create_state_machine_alias(name=name, description=description, routingConfiguration=routes)

    def run(self, **more: Any) -> Any:
        return self.account.execution(self.states.start_execution(stateMachineArn=self.arn, **more)["executionArn"])


@pytest.fixture
def machine(account: Account) -> Machine:
    return Machine(account)


def refusal(call: Any, **arguments: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def unchecked(account: Account) -> Any:
    """A client that lets the service check what it sends."""
    endpoint = account.endpoint
    return boto3.client(
        "stepfunctions",
        endpoint_url=endpoint["aws"],
        region_name=endpoint["region"],
        aws_access_key_id=endpoint["access_key_id"],
        aws_secret_access_key=endpoint["secret_access_key"],
        config=Config(parameter_validation=False, inject_host_prefix=False, retries={"total_max_attempts": 1}),
    )


def test_a_request_is_checked_against_the_services_model(account: Account, machine: Machine) -> None:
    """2024-03-14, 2024-07-01, 2025-04-09; several problems and missing members: as AWS words them, not recorded."""
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


def test_an_arn_that_is_none_is_refused_as_such(machine: Machine) -> None:
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


def test_a_version_that_was_deleted_is_published_anew(machine: Machine) -> None:
    """2023-08-11."""
    for number in range(1, 3):
        version = machine.states.publish_state_machine_version(stateMachineArn=machine.arn)["stateMachineVersionArn"]
        assert version == f"{machine.arn}:{number}"
        machine.states.delete_state_machine_version(stateMachineVersionArn=version)


def test_an_alias_leads_to_different_versions_whose_weights_sum_up(machine: Machine) -> None:
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


def test_lists_come_in_pages(machine: Machine) -> None:
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


def test_an_execution_says_what_it_began_with_and_how_it_ended(machine: Machine) -> None:
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


def test_an_execution_that_ran_out_of_time_says_when(account: Account) -> None:
    ended = Machine(account, {**WAIT, "TimeoutSeconds": 1}).run()
    assert (ended["status"], ended["stopDate"] > ended["startDate"]) == ("TIMED_OUT", True)


def test_an_execution_is_stopped_for_a_reason(account: Account) -> None:
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
def test_an_execution_that_waits_for_a_task_token_ends_without_it(account: Account, out_of_time: bool) -> None:
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


def test_an_execution_is_described_by_the_state_machine_that_it_runs(machine: Machine) -> None:
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


def test_an_input_that_is_no_json_is_refused(machine: Machine) -> None:
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
    """The local AWS runs none; for others StartSyncExecution is refused as AWS was recorded to (2024-07-03)."""
    express = Machine(account, type="EXPRESS")
    sync = unchecked(account).start_sync_execution
    for call in (express.states.start_execution, sync):
        assert refusal(call, stateMachineArn=express.arn)[0] == "StateMachineTypeNotSupported"
    assert refusal(sync, stateMachineArn=machine.arn) == (
        "StateMachineTypeNotSupported",
        "This operation is not supported by this type of state machine",
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


WITH_TOKEN = {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": True}
JSONATA = {"QueryLanguage": "JSONata", "StartAt": "S"}


@pytest.mark.parametrize(
    ("definition", "kind", "found"),
    [
        (PASS, "STANDARD", None),
        (PASS, "EXPRESS", None),
        ({"StartAt": "S"}, "STANDARD", ("These fields are required: [States]", "/")),
        ({"States": PASS["States"]}, "EXPRESS", ("These fields are required: [StartAt]", "/")),
        ({}, "STANDARD", ("These fields are required: [States, StartAt]", "/")),
        (
            {**JSONATA, "States": {"S": {"Type": "Pass", "End": True, "QueryLanguage": "JSONPath"}}},
            "STANDARD",
            ("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", "/States/S"),
        ),
        (
            {"StartAt": "S", "States": {"S": WITH_TOKEN}},
            "EXPRESS",
            (
                "Express state machine does not support '.waitForTaskToken' service integration ",
                "/States/S/Resource",
            ),
        ),
    ],
)
def test_a_definition_is_validated(machine: Machine, definition: Any, kind: str, found: tuple[str, str] | None) -> None:
    """2025-10-19."""
    answer = machine.states.validate_state_machine_definition(definition=json.dumps(definition), type=kind)
    code, result = "SCHEMA_VALIDATION_FAILED", "FAIL" if found else "OK"
    expected = [{"severity": "ERROR", "code": code, "message": found[0], "location": found[1]}] if found else []
    assert (answer["result"], answer["diagnostics"], answer["truncated"]) == (result, expected, False)
    if found:
        wanted = {"name": "m", "definition": json.dumps(definition), "roleArn": machine.role, "type": kind}
        assert refusal(machine.states.create_state_machine, **wanted) == (
            "InvalidDefinition",
            f"Invalid State Machine Definition: '{code}: {found[0]} at {found[1]}'",
        )


def test_a_definition_that_is_no_json_is_found_with_its_place(machine: Machine) -> None:
    """2025-10-19."""
    validate = machine.states.validate_state_machine_definition
    (found,) = validate(definition="not a definition")["diagnostics"]
    place = '[Source: (String)"not a definition"; line: 1, column: 4]'
    expecting = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    assert found == {
        "severity": "ERROR",
        "code": "INVALID_JSON_DESCRIPTION",
        "location": place,
        "message": f"Unrecognized token 'not': {expecting}\n at {place}",
    }
    for text in (" ", "[]", '"text"'):
        (found,) = validate(definition=text)["diagnostics"]
        assert (found["message"], "location" in found) == ("Definition must be a valid JSON object", False)


def test_a_state_returns_to_jsonpath_unless_the_state_machine_is_in_jsonata(machine: Machine) -> None:
    """2025-10-19."""
    inner = {**PASS, "States": {"S": {"Type": "Pass", "End": True, "QueryLanguage": "JSONPath"}}}
    outer = {"Type": "Map", "QueryLanguage": "JSONata", "ItemProcessor": inner, "End": True}
    definition = json.dumps({"StartAt": "M", "States": {"M": outer}})
    assert machine.states.validate_state_machine_definition(definition=definition)["result"] == "OK"


def test_a_definition_that_was_refused_does_not_change_what_the_next_one_means(machine: Machine) -> None:
    states = {"S": {"Type": "Wait", "SecondsPath": "$.s", "End": True}}
    validate = machine.states.validate_state_machine_definition
    for definition, result in (({**JSONATA, "States": states}, "FAIL"), ({"StartAt": "S", "States": states}, "OK")):
        assert validate(definition=json.dumps(definition))["result"] == result


def test_all_that_is_wrong_with_a_definition_is_found(machine: Machine) -> None:
    """Transitions to states that are not there, in branches and items too: refused by AWS, not recorded."""
    lost = {"StartAt": "S", "States": {"S": {"Type": "Pass", "Next": "Gone"}}}
    caught = [{"ErrorEquals": ["States.ALL"], "Next": "Away"}]
    outer = {"Type": "Parallel", "Branches": [lost], "Catch": caught, "End": True}
    definition = {
        "StartAt": "Nowhere",
        "States": {"P": outer, "M": {"Type": "Map", "ItemProcessor": lost, "End": True}},
    }
    found = machine.states.validate_state_machine_definition(definition=json.dumps(definition))["diagnostics"]
    assert {each["location"]: each["message"] for each in found} == {
        "/StartAt": "Missing 'StartAt' target: Nowhere",
        "/States/P/Catch[0]/Next": "Missing 'Next' target: Away",
        "/States/P/Branches[0]/States/S/Next": "Missing 'Next' target: Gone",
        "/States/M/ItemProcessor/States/S/Next": "Missing 'Next' target: Gone",
    }
    few = machine.states.validate_state_machine_definition(definition=json.dumps(definition), maxResults=2)
    assert (len(few["diagnostics"]), few["truncated"]) == (2, True)
    unknown = {"StartAt": "S", "States": {"S": {"Type": "Nothing", "End": True}}}
    assert machine.states.validate_state_machine_definition(definition=json.dumps(unknown))["result"] == "FAIL"
