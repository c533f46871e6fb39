"""Results and errors of functions in tasks, as recorded on AWS."""

import base64
import json
from typing import Any

import pytest

from local.tests.account import Account, allow
from local.tests.workflows import lambda_task, run, task

INVOKE = allow("lambda:InvokeFunction")
LARGE = "def handler(event, context): return ('a' * 257 * 1024).encode()"


def test_an_invocation_names_the_executed_version(account: Account) -> None:
    """Recorded 2025-11-25."""
    name = account.function("def handler(event, context): return event")
    assert run(account, {"L": lambda_task(name)}, INVOKE) == {
        "ExecutedVersion": "$LATEST",
        "Payload": {"a": 1},
        "StatusCode": 200,
    }


def test_an_invocation_returns_its_log_on_request(account: Account) -> None:
    name = account.function("def handler(event, context): print('hello from inside')")
    invoke = task("lambda:invoke", {"FunctionName": name, "LogType": "Tail"})
    assert b"hello from inside" in base64.b64decode(run(account, {"L": invoke}, INVOKE)["LogResult"])


def test_returned_bytes_are_the_payload_unchanged(account: Account) -> None:
    """Recorded 2025-11-25."""
    name = account.function("def handler(event, context): return b'\"Hello\"'")
    assert run(account, {"L": lambda_task(name)}, INVOKE)["Payload"] == "Hello"


def test_an_errors_stack_trace_is_the_functions_own(account: Account) -> None:
    """Recorded 2025-11-25."""
    name = account.function('def handler(event, context):\n    raise Exception("no")\n')
    _, cause = run(account, {"L": lambda_task(name)}, INVOKE)
    frame = '  File "/var/task/main.py", line 2, in handler\n    raise Exception("no")\n'
    assert json.loads(cause)["stackTrace"] == [frame]


def test_a_missing_function_is_named_with_its_version(account: Account) -> None:
    """Recorded 2025-11-25."""
    error, cause = run(account, {"L": lambda_task(account.arn("lambda", "none"))}, INVOKE)
    assert error == "Lambda.ResourceNotFoundException"
    start = f"Function not found: {account.arn('lambda', 'none')}:$LATEST (Service: AWSLambda; Status Code: 404; "
    assert cause.startswith(start)


@pytest.mark.parametrize("wanted", ["States.DataLimitExceeded", "States.ALL"])
@pytest.mark.parametrize("direct", [False, True])
def test_a_result_over_the_payload_limit_fails_its_task_and_is_caught(
    account: Account, wanted: str, direct: bool
) -> None:
    """Recorded 2024-03-21; the documentation says that States.ALL does not catch it."""
    arn = account.arn("lambda", account.function(LARGE))
    large: dict[str, Any] = lambda_task(arn)
    if direct:
        large = {"Type": "Task", "Resource": arn}
    large |= {"Catch": [{"ErrorEquals": [wanted], "Output": "{% $states.errorOutput %}", "Next": "Caught"}]}
    large.pop("End", None)
    caught = run(account, {"L": large | {"Next": "Caught"}, "Caught": {"Type": "Succeed"}}, INVOKE)
    assert caught == {
        "Error": "States.DataLimitExceeded",
        "Cause": f"The state/task '{arn if direct else 'lambda'}' returned a result with a size exceeding "
        "the maximum number of bytes service limit.",
    }
