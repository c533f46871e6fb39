"""Expressions that fail: the event, its wording, and the Catch that handles it."""

from typing import Any

import pytest

from local.tests.account import Account, allow
from local.tests.workflows import read_task, run, start

GONE = "{% $doesNotExist %}"
PASS = {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}


def _choice(**rule: Any) -> dict[str, Any]:
    never = {"Condition": "{% false %}", "Next": "End"}
    return {"Type": "Choice", "Choices": [never, {"Condition": "{% true %}", "Next": "End"} | rule], "Default": "End"}


@pytest.mark.parametrize(
    ("state", "field"),
    [
        ({"Type": "Pass", "Output": GONE}, "Output"),
        ({"Type": "Pass", "Output": {"a": {"b": GONE}}}, "Output/a/b"),
        ({"Type": "Pass", "Output": {"a": [1, {"b": GONE}]}}, "Output/a[1]/b"),
        ({"Type": "Pass", "Assign": {"x": GONE}}, "Assign/x"),
        (_choice(Condition=GONE), "Choices[1]/Condition"),
        (_choice(Output={"v": GONE}), "Choices[1]/Output/v"),
        ({"Type": "Wait", "Seconds": GONE}, "Seconds"),
        ({"Type": "Map", "Items": GONE, "ItemProcessor": PASS}, "Items"),
        ({"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObject", "Arguments": GONE}, "Arguments"),
        (read_task(GONE, "k"), "Arguments/Bucket"),
    ],
)
def test_the_failure_of_an_expression_without_a_value_names_its_field(
    account: Account, state: dict[str, Any], field: str
) -> None:
    """Recorded 2024-11-21, and observed 2026-08-28 for lists."""
    following = {} if state["Type"] == "Choice" or "End" in state else {"Next": "End"}
    arn = start(account, {"S": state | following, "End": {"Type": "Succeed"}})
    ended = account.execution(arn)
    cause = (
        "An error occurred while executing the state 'S' (entered at the event id #2). "
        f"The JSONata expression '$doesNotExist' specified for the field '{field}' returned nothing (undefined)."
    )
    error = "States.QueryEvaluationError"
    assert (ended["error"], ended["cause"]) == (error, cause)
    history = account.client("stepfunctions").get_execution_history(executionArn=arn)["events"]
    recorded = [event["evaluationFailedEventDetails"] for event in history if event["type"] == "EvaluationFailed"]
    assert recorded == [{"error": error, "cause": cause, "location": field, "state": "S"}]


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("$randomSeeded(1)", "threw an error during evaluation. T1006: Attempted to invoke a non-function"),
        ("$number('x')", "threw an error during evaluation: "),
        ("function($x){$x}", "returned an unsupported result type."),
    ],
)
def test_the_failure_of_an_expression_has_jsonatas_own_error(account: Account, expression: str, why: str) -> None:
    """Recorded 2024-11-15."""
    _, cause = run(account, {"P": {"Type": "Pass", "Output": f"{{% {expression} %}}", "End": True}})
    start = f"(entered at the event id #2). The JSONata expression '{expression}' specified for the field 'Output' "
    assert f"{start}{why}" in cause


@pytest.mark.parametrize("failing", [{"Output": GONE}, {"Assign": {"x": GONE}}])
def test_a_failed_output_of_a_task_is_caught(account: Account, failing: dict[str, Any]) -> None:
    caught = {"ErrorEquals": ["States.QueryEvaluationError"], "Output": "{% $states.errorOutput %}", "Next": "End"}
    read = read_task(account.bucket(a="x"), "a.txt") | {"Next": "End", "Catch": [caught]} | failing
    del read["End"]
    output = run(account, {"G": read, "End": {"Type": "Succeed"}}, allow("s3:GetObject"))
    assert output["Error"] == "States.QueryEvaluationError"
    assert output["Cause"].startswith("An error occurred while executing the state 'G' (entered at the event id #2). ")


def test_a_state_that_fails_without_an_error_is_not_caught_by_name(account: Account) -> None:
    """Recorded: neither error nor cause."""
    inner = {"StartAt": "F", "States": {"F": {"Type": "Fail"}}}
    caught = [{"ErrorEquals": ["Internal Error"], "Next": "End"}]
    states = {"M": {"Type": "Map", "Items": [1], "ItemProcessor": inner, "Catch": caught, "Next": "End"}}
    assert run(account, states | {"End": {"Type": "Succeed"}}) == (None, None)
