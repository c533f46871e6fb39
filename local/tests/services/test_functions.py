"""Functions run their deployed code with the credentials of their roles, and fail as on AWS."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account, allow, trusting

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

COUNT = """
import os
invocations = 0
def handler(event, context):
    global invocations
    invocations += 1
    if event == "fail":
        raise ValueError(event)
    if event == "exit":
        os._exit(3)
    return [invocations, os.environ.get("SETTING")]
"""

MEET = """
import os, pathlib, time
def handler(event, context):
    pathlib.Path(event, str(os.getpid())).touch()
    while len(os.listdir(event)) < 2:
        time.sleep(0.01)
    return os.getpid()
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


def test_a_function_has_exactly_the_permissions_of_its_role(account: Account) -> None:
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


def test_the_error_type_is_the_exceptions_class(account: Account) -> None:
    name = account.function("class Gone(Exception): pass\ndef handler(event, context):\n    raise Gone('no file')")
    answer, error = account.invoke(name)
    assert (error, answer["errorType"], answer["errorMessage"]) == ("Unhandled", "Gone", "no file")
    assert "main.py" in answer["stackTrace"][-1]


def test_a_function_that_times_out_is_killed(account: Account) -> None:
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


def test_a_return_value_that_is_not_json_is_an_error(account: Account) -> None:
    assert account.invoke(account.function("def handler(event, context):\n    return {1, 2}"))[1] == "Unhandled"


def test_each_invocation_has_its_own_log(account: Account) -> None:
    name = account.function("def handler(event, context):\n    print('hello from inside')")
    account.invoke(name)
    account.invoke(name)
    logs = [file.read_text() for file in (account.state / "log" / name).iterdir()]
    assert [log.count("hello from inside") for log in logs] == [1, 1]


def test_an_environment_serves_invocations_in_sequence_until_one_fails(account: Account) -> None:
    name = account.function(COUNT, Timeout=1)
    assert [account.invoke(name)[0] for _ in range(2)] == [[1, None], [2, None]]
    assert account.invoke(name, "fail")[0]["errorType"] == "ValueError"
    assert account.invoke(name)[0] == [4, None]
    assert account.invoke(name, "exit")[0]["errorType"] == "Runtime.ExitError"
    assert account.invoke(name)[0] == [1, None]


def test_concurrent_invocations_have_separate_environments(account: Account, tmp_path: Path) -> None:
    name, alone, together = account.function(MEET, Timeout=30), tmp_path / "alone", tmp_path / "together"
    alone.mkdir()
    together.mkdir()
    for other in ("one", "two"):
        (alone / other).touch()
    assert account.invoke(name, str(alone))[1] is None  # its environment is idle now
    with ThreadPoolExecutor(2) as clients:
        first, second = clients.map(lambda _: account.invoke(name, str(together)), range(2))
    assert (first[1], second[1]) == (None, None)
    assert first[0] != second[0]


def test_changed_settings_or_a_changed_role_need_a_new_environment(account: Account) -> None:
    name, function = account.function(COUNT), account.client("lambda")
    assert account.invoke(name)[0] == [1, None]
    function.update_function_configuration(FunctionName=name, Environment={"Variables": {"SETTING": "on"}})
    assert [account.invoke(name)[0] for _ in range(2)] == [[1, "on"], [2, "on"]]
    function.update_function_configuration(FunctionName=name, Role=account.role(trusting("lambda.amazonaws.com")))
    assert account.invoke(name)[0] == [1, "on"]


def test_the_most_recently_used_functions_keep_their_environments(account: Account) -> None:
    names = [account.function(COUNT) for _ in range(6)]
    for name in names:
        account.invoke(name)
    assert account.invoke(names[-1])[0] == [2, None]
    assert account.invoke(names[0])[0] == [1, None]


def test_a_new_archive_runs_in_the_next_invocation(account: Account) -> None:
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
