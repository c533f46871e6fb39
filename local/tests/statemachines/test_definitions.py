"""Validation of definitions, as recorded on AWS; each test says when."""

import json
from typing import Any

import pytest

from local.tests.statemachines.machine import JSONATA, PASS, WITH_TOKEN, Machine, refusal


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


def test_a_definition_that_is_not_json_is_reported_with_its_position(machine: Machine) -> None:
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


def test_a_state_may_use_jsonpath_unless_the_state_machine_is_in_jsonata(machine: Machine) -> None:
    """2025-10-19."""
    inner = {**PASS, "States": {"S": {"Type": "Pass", "End": True, "QueryLanguage": "JSONPath"}}}
    outer = {"Type": "Map", "QueryLanguage": "JSONata", "ItemProcessor": inner, "End": True}
    definition = json.dumps({"StartAt": "M", "States": {"M": outer}})
    assert machine.states.validate_state_machine_definition(definition=definition)["result"] == "OK"


def test_a_refused_definition_does_not_affect_the_next_one(machine: Machine) -> None:
    states = {"S": {"Type": "Wait", "SecondsPath": "$.s", "End": True}}
    validate = machine.states.validate_state_machine_definition
    for definition, result in (({**JSONATA, "States": states}, "FAIL"), ({"StartAt": "S", "States": states}, "OK")):
        assert validate(definition=json.dumps(definition))["result"] == result


def test_all_errors_of_a_definition_are_reported(machine: Machine) -> None:
    """Transitions to missing states, also in branches and items; AWS refuses them, its response was not recorded."""
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
