"""Functions run as deployed, with their roles' credentials, and fail as on AWS."""

import pytest
from botocore.exceptions import ClientError

from .account import Account, allow, trusting

WHO = """
import boto3, os
def handler(event, context):
    return {
        "event": event,
        "who": boto3.client("sts").get_caller_identity()["Arn"],
        "setting": os.environ["SETTING"],
        "home of the tests' own keys": os.environ.get("PYTEST_CURRENT_TEST"),
        "request": context.aws_request_id,
        "milliseconds": context.get_remaining_time_in_millis(),
        "memory": context.memory_limit_in_mb,
    }
"""


def test_a_function_runs_with_its_event_its_settings_and_its_role(account: Account) -> None:
    role = account.role(trusting("lambda.amazonaws.com"))
    name = account.function(WHO, role, Timeout=30, MemorySize=256, Environment={"Variables": {"SETTING": "on"}})
    answer, error = account.invoke(name, {"a": [1]})
    assert error is None
    assert (answer["event"], answer["setting"], answer["memory"]) == ({"a": [1]}, "on", "256")
    assert answer["who"].endswith(f":assumed-role/{role.split('/')[-1]}/{name}")
    assert answer["home of the tests' own keys"] is None
    assert len(answer["request"]) == 36
    assert 20_000 < answer["milliseconds"] <= 30_000


def test_a_function_may_do_what_its_role_may_and_nothing_else(account: Account) -> None:
    bucket = account.bucket(a="text", b="secret")
    code = f"""
import boto3
def handler(event, context):
    return boto3.client("s3").get_object(Bucket="{bucket}", Key=event)["Body"].read().decode()
"""
    may_read = allow("s3:GetObject", on=f"arn:aws:s3:::{bucket}/a.txt")
    name = account.function(code, account.role(trusting("lambda.amazonaws.com"), may_read))
    assert account.invoke(name, "a.txt") == ("text", None)
    answer, error = account.invoke(name, "b.txt")
    assert error == "Unhandled"
    assert f"not authorized to perform: s3:GetObject on resource: arn:aws:s3:::{bucket}/b.txt" in answer["errorMessage"]


def test_an_exception_is_known_by_its_class(account: Account) -> None:
    name = account.function("class Gone(Exception): pass\ndef handler(event, context):\n    raise Gone('no file')")
    answer, error = account.invoke(name)
    assert (error, answer["errorType"], answer["errorMessage"]) == ("Unhandled", "Gone", "no file")
    assert "main.py" in answer["stackTrace"][-1]


def test_a_function_out_of_time_is_ended(account: Account) -> None:
    name = account.function("import time\ndef handler(event, context):\n    time.sleep(60)", Timeout=1)
    answer, error = account.invoke(name)
    assert (error, answer["errorType"]) == ("Unhandled", "Sandbox.Timedout")
    assert answer["errorMessage"].endswith("Task timed out after 1.00 seconds")


def test_a_function_out_of_memory_fails(account: Account) -> None:
    name = account.function("def handler(event, context):\n    return len(bytearray(2 * 1024**3))", MemorySize=128)
    assert account.invoke(name)[0]["errorType"] == "MemoryError"


def test_a_function_that_ends_its_process_fails(account: Account) -> None:
    name = account.function("import os\ndef handler(event, context):\n    os._exit(3)")
    answer, error = account.invoke(name)
    assert (error, answer["errorType"]) == ("Unhandled", "Runtime.ExitError")
    assert answer["errorMessage"].endswith("exit status 3")


def test_an_answer_that_is_no_json_is_an_error(account: Account) -> None:
    assert account.invoke(account.function("def handler(event, context):\n    return {1, 2}"))[1] == "Unhandled"


def test_what_an_invocation_prints_is_in_a_log_of_its_own(account: Account) -> None:
    name = account.function("def handler(event, context):\n    print('hello from inside')")
    account.invoke(name)
    account.invoke(name)
    logs = [file.read_text() for file in (account.state / "log" / name).iterdir()]
    assert [log.count("hello from inside") for log in logs] == [1, 1]


def test_a_new_archive_is_what_runs_next(account: Account) -> None:
    name = account.function("def handler(event, context):\n    return 1")
    other = account.function("def handler(event, context):\n    return 2")
    assert account.invoke(name) == (1, None)
    archive = account.archive("def handler(event, context):\n    return 3")
    account.client("lambda").update_function_code(FunctionName=name, ZipFile=archive)
    assert [account.invoke(function) for function in (name, other)] == [(3, None), (2, None)]


@pytest.mark.parametrize("service", ["states.amazonaws.com", "glue.amazonaws.com"])
def test_a_role_that_lambda_may_not_assume_is_refused(account: Account, service: str) -> None:
    with pytest.raises(ClientError, match="cannot be assumed by Lambda"):
        account.function("def handler(event, context): pass", account.role(trusting(service)))
