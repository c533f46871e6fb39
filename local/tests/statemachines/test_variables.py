"""Variables and texts of state machines in both query languages, as recorded on AWS."""

import json
from typing import Any

import pytest

from local.tests.account import Account
from local.tests.workflows import STATES, run, start

QUOTED = 'both " and \\ and ü'


def _assigned(account: Account, arn: str) -> dict[str, Any]:
    history = account.client("stepfunctions").get_execution_history(executionArn=arn)["events"]
    exits = [event["stateExitedEventDetails"] for event in history if "stateExitedEventDetails" in event]
    return dict(exits[0]["assignedVariables"])


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        ("$x", {"a": [{"b": 1}, {"b": QUOTED}], "n": None}),
        ("$x.a[1].b", QUOTED),
        ("$x.a[*].b", [1, QUOTED]),
        ("$x.n", None),
        ("States.Format('{}!', $x.a[0].b)", "1!"),
    ],
)
def test_jsonpath_reads_variables(account: Account, reference: str, value: Any) -> None:
    """Recorded 2024-11."""
    keep = {"Type": "Pass", "Assign": {"x.$": "$"}, "Next": "Read"}
    read = {"Type": "Pass", "Parameters": {"v.$": reference}, "OutputPath": "$.v", "End": True}
    given = {"a": [{"b": 1}, {"b": QUOTED}], "n": None}
    assert run(account, {"Keep": keep, "Read": read}, given=given, QueryLanguage="JSONPath") == value


def test_a_choice_in_jsonpath_compares_variables(account: Account) -> None:
    keep = {"Type": "Pass", "Assign": {"x.$": "$.a"}, "Next": "Which"}
    rule = {"Variable": "$x", "NumericEqualsPath": "$.a", "Next": "Same"}
    which = {"Type": "Choice", "Choices": [rule], "Default": "Other"}
    ends = {name: {"Type": "Pass", "Result": name, "End": True} for name in ("Same", "Other")}
    assert run(account, {"Keep": keep, "Which": which, **ends}, given={"a": 5}, QueryLanguage="JSONPath") == "Same"


def test_a_missing_variable_fails_the_execution(account: Account) -> None:
    read = {"Type": "Pass", "Parameters": {"v.$": "$none"}, "End": True}
    error, cause = run(account, {"Read": read}, QueryLanguage="JSONPath")
    assert (error, "$none" in cause) == ("States.Runtime", True)


@pytest.mark.parametrize("text", ['"', QUOTED, "\n\t", "\U0001f600", "{% no expression", "it's"])
def test_a_text_of_a_definition_keeps_its_characters(account: Account, text: str) -> None:
    """Recorded 2025-02: in comparisons and assignments."""
    keep = {"Type": "Pass", "Assign": {"x": text}, "Next": "Compare"}
    compare = {"Type": "Pass", "Output": "{% $x = $states.input %}", "End": True}
    assert run(account, {"Keep": keep, "Compare": compare}, given=text) is True


def test_assigned_variables_are_json_in_the_history(account: Account) -> None:
    keep = {"Type": "Pass", "Assign": {"text": QUOTED, "list": [1, None]}, "End": True}
    arn = start(account, {"Keep": keep})
    account.execution(arn)
    assert {name: json.loads(value) for name, value in _assigned(account, arn).items()} == {
        "text": QUOTED,
        "list": [1, None],
    }


@pytest.mark.parametrize(
    ("expression", "value"),
    [("$range(1, 1, 1)", 1), ("$range(1, 9, 9)", 1), ("[$range(1, 1, 1)]", [1]), ("$partition([0], 2)", [[0]])],
)
def test_a_sequence_of_one_is_its_element(account: Account, expression: str, value: Any) -> None:
    """Recorded 2024-11-15; $partition returns an array, which stays an array."""
    assert run(account, {"P": {"Type": "Pass", "Output": f"{{% {expression} %}}", "End": True}}) == value


@pytest.mark.parametrize("field", ["StartTime", "EnteredTime"])
def test_times_of_the_context_object_have_milliseconds(account: Account, field: str) -> None:
    part = "Execution" if field == "StartTime" else "State"
    matches = f"{{% $match($states.context.{part}.{field}, /^[0-9-]+T[0-9:]+\\.[0-9]{{3}}Z$/) != [] %}}"
    assert run(account, {"P": {"Type": "Pass", "Output": matches, "End": True}}) is True


def test_a_history_has_the_input_unchanged_and_other_values_as_compact_json(account: Account) -> None:
    """Recorded 2024."""
    states = account.client("stepfunctions")
    machine = account.state_machine({"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}, account.role(STATES))
    arn = states.start_execution(stateMachineArn=machine, input='[1,  "ü"]')["executionArn"]
    assert account.execution(arn)["output"] == '[1,"ü"]'
    started, entered, *_ = states.get_execution_history(executionArn=arn)["events"]
    assert started["executionStartedEventDetails"]["input"] == '[1,  "ü"]'
    assert entered["stateEnteredEventDetails"]["input"] == '[1,"ü"]'


def test_an_output_may_be_null(account: Account) -> None:
    assert run(account, {"P": {"Type": "Pass", "Output": None, "End": True}}) is None
