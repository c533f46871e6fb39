"""Step Functions' quotas end executions."""

from typing import Any

import pytest

from local.tests.account import Account, allow
from local.tests.workflows import lambda_task, run, start

PASS = {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}
# a text of exactly 256 KiB, including its quotes
LARGEST = "$pad('', 131071, 'ü')"


def _pass(output: str) -> dict[str, Any]:
    return {"Type": "Pass", "Output": f"{{% {output} %}}", "End": True}


def test_an_output_may_have_256_kib_and_no_more(account: Account) -> None:
    assert len(run(account, {"P": _pass(LARGEST)})) == 131071
    assert run(account, {"P": _pass(f"{LARGEST} & 'x'")})[0] == "States.DataLimitExceeded"


@pytest.mark.parametrize("kind", ["arguments of a task", "items that a Map selects"])
def test_the_size_of_a_states_input_is_limited(account: Account, kind: str) -> None:
    function = account.function("def handler(event, context): return 1")
    large = f"{{% {LARGEST} & 'x' %}}"
    states = {"L": lambda_task(function)}
    states["L"]["Arguments"]["Payload"] = large
    if kind == "items that a Map selects":
        states = {"M": {"Type": "Map", "Items": [1], "ItemSelector": {"a": large}, "ItemProcessor": PASS, "End": True}}
    assert run(account, states, allow("lambda:InvokeFunction"))[0] == "States.DataLimitExceeded"


def test_the_history_of_an_execution_has_at_most_25000_events(account: Account) -> None:
    """Observed on AWS 2026-08-29: the last event is the failure, which cannot be caught."""
    loop = {"Type": "Choice", "Choices": [{"Condition": "{% true %}", "Next": "Loop"}], "Default": "Loop"}
    arn = start(account, {"Loop": loop})
    ended = account.execution(arn)
    full = "The execution reached the maximum number of history events (25000)."
    assert (ended["status"], ended["error"], ended["cause"]) == ("FAILED", "States.Runtime", full)
    machine = account.client("stepfunctions")
    last, before, *_ = machine.get_execution_history(executionArn=arn, reverseOrder=True)["events"]
    assert (before["id"], before["previousEventId"], before["type"]) == (24999, 24998, "ChoiceStateExited")
    assert (last["id"], last["previousEventId"], last["type"]) == (25000, 24999, "ExecutionFailed")
