"""Executions with functions, jobs and calls that fail, are delayed or are abandoned."""

import time
from typing import Any

import pytest

from local.tests.account import Account, allow, poll
from local.tests.fault_documents import error, fault
from local.tests.workflows import GLUE, job_task, lambda_task, read_task, run, start, task

RETRY = [{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 100, "MaxAttempts": 3}]
pytestmark = pytest.mark.usefixtures("no_faults_afterwards")


@pytest.mark.parametrize(
    ("ending", "name"),
    [("crash", "Runtime.ExitError"), ("timeout", "Sandbox.Timedout"), ("memory", "Runtime.OutOfMemory")],
)
def test_a_fault_ends_a_function(account: Account, ending: str, name: str) -> None:
    function = account.function("def handler(event, context): return 1")
    account.faults(fault("lambda", "Invoke", resource=f"*:{function}", times=1, function=ending))
    answer, kind = account.invoke(function)
    assert (answer["errorType"], kind) == (name, "Unhandled")
    assert account.invoke(function) == (1, None)


@pytest.mark.parametrize("ending", ["FAILED", "TIMEOUT", "STOPPED", "SUCCEEDED"])
def test_a_fault_ends_a_job_run(account: Account, ending: str) -> None:
    job, glue = account.job("import time; time.sleep(60)"), account.client("glue")
    account.faults(fault("glue", "StartJobRun", job=ending))
    assert account.job_run(job, glue.start_job_run(JobName=job)["JobRunId"])["JobRunState"] == ending


@pytest.mark.parametrize(
    ("effect", "name"),
    [
        (error("TooManyRequestsException", 429), "Lambda.TooManyRequestsException"),
        (error("ServiceException"), "Lambda.ServiceException"),
        (error("Unheard", 503), "Lambda.AWSLambdaException"),
        ({"cut": "before"}, "Lambda.SdkClientException"),
        ({"function": "crash"}, "Runtime.ExitError"),
    ],
)
def test_errors_of_lambda_have_awss_names(account: Account, effect: dict[str, Any], name: str) -> None:
    function = account.function("def handler(event, context): return 1")
    account.faults(fault("lambda", "Invoke", **effect))
    assert run(account, {"L": lambda_task(function)}, allow("lambda:InvokeFunction"))[0] == name


@pytest.mark.parametrize(
    ("effect", "name"),
    [
        (error("ConcurrentRunsExceededException", 400), "Glue.ConcurrentRunsExceededException"),
        (error("ServiceUnavailable", 503), "Glue.AWSGlueException"),
        ({"cut": "before"}, "Glue.SdkClientException"),
    ],
)
def test_errors_of_glue_have_awss_names(account: Account, effect: dict[str, Any], name: str) -> None:
    account.faults(fault("glue", "StartJobRun", **effect))
    assert run(account, {"J": job_task(account.job("pass"))}, GLUE)[0] == name


@pytest.mark.parametrize(
    ("effect", "name"),
    [
        (error("SlowDown", 503), "S3.S3Exception"),
        (error("NoSuchKey", 404), "S3.NoSuchKeyException"),
        (error("PreconditionFailed", 412), "S3.S3Exception"),
        ({"cut": "before"}, "S3.SdkClientException"),
    ],
)
def test_errors_of_s3_have_awss_names(account: Account, effect: dict[str, Any], name: str) -> None:
    account.faults(fault("s3", "GetObject", **effect))
    reads = allow("s3:GetObject", "s3:ListBucket")
    assert run(account, {"G": read_task(account.bucket(a="x"), "a.txt")}, reads)[0] == name


@pytest.mark.parametrize(
    ("effect", "name"),
    [(error("Throttled", 429), "SNS.ThrottledException"), (error("Unheard"), "SNS.AmazonSNSException")],
)
def test_errors_of_sns_have_awss_names(account: Account, effect: dict[str, Any], name: str) -> None:
    topic = account.client("sns").create_topic(Name=account.name("topic"))["TopicArn"]
    account.faults(fault("sns", "Publish", **effect))
    publish = task("sns:publish", {"TopicArn": topic, "Message": "m"})
    assert run(account, {"P": publish}, allow("sns:Publish"))[0] == name


def test_faults_shorten_the_interval_of_retries(account: Account) -> None:
    read = read_task(account.bucket(a="x"), "a.txt") | {"Retry": RETRY}
    account.faults(fault("s3", "GetObject", times=3, **error("SlowDown", 503)), retry_waits=0.001)
    assert run(account, {"G": read}, allow("s3:GetObject"))["Body"] == "x"


def test_a_fault_selects_the_calls_of_one_state(account: Account) -> None:
    bucket = account.bucket(a="x")
    first = {**read_task(bucket, "a.txt"), "Next": "Second"}
    del first["End"]
    account.faults(fault("s3", "GetObject", state="Second", answer="y"))
    second = read_task(bucket, "a.txt") | {"Output": "{% $states.input.Body & $states.result.Body %}"}
    assert run(account, {"First": first, "Second": second}, allow("s3:GetObject")) == "xy"


def test_faults_replace_the_timeouts_of_tasks(account: Account) -> None:
    read = read_task(account.bucket(a="x"), "a.txt") | {"TimeoutSeconds": 100, "Retry": RETRY}
    account.faults(fault("s3", "GetObject", latency_seconds=2), timeouts={"G": 0.5})
    assert run(account, {"G": read}, allow("s3:GetObject"))[0] == "States.Timeout"


@pytest.mark.parametrize("kind", ["Map", "Parallel"])
@pytest.mark.parametrize(
    ("effect", "name"),
    [({"latency_seconds": 1}, "States.Timeout"), ({"answer": "no JSON"}, "States.QueryEvaluationError")],
)
def test_an_error_with_a_reserved_name_keeps_its_name_in_the_outer_states(
    account: Account, kind: str, effect: dict[str, Any], name: str
) -> None:
    read = read_task(account.bucket(a="x"), "a.txt") | {"Output": "{% $parse($states.result.Body) %}"}
    inner = {"StartAt": "G", "States": {"G": read}}
    scopes = {"Items": [1], "ItemProcessor": inner} if kind == "Map" else {"Branches": [inner]}
    caught = {"ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput.Error %}", "Next": "Caught"}
    states = {"Around": {"Type": kind, **scopes, "Catch": [caught], "Next": "Caught"}, "Caught": {"Type": "Succeed"}}
    timeouts = {"G": 0.2} if "latency_seconds" in effect else {}
    account.faults(fault("s3", "GetObject", **effect), timeouts=timeouts)
    assert run(account, states, allow("s3:GetObject")) == name


def test_an_error_of_the_workflow_itself_cannot_be_caught(account: Account) -> None:
    failing = task("aws-sdk:s3:nothing", {}) | {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]}
    assert run(account, {"F": failing, "Caught": {"Type": "Succeed"}})[0] == "States.Runtime"


@pytest.mark.parametrize("ending", ["aborted", "out of time"])
def test_a_job_run_is_stopped_with_its_task(account: Account, ending: str) -> None:
    job, glue = account.job("import time; time.sleep(60)"), account.client("glue")
    timeout = {"TimeoutSeconds": 2} if ending == "out of time" else {}
    arn = start(account, {"J": job_task(job, **timeout)}, GLUE)
    (found,) = poll(lambda: glue.get_job_runs(JobName=job)["JobRuns"])
    if ending == "aborted":
        account.client("stepfunctions").stop_execution(executionArn=arn)
    assert account.job_run(job, found["Id"])["JobRunState"] == "STOPPED"
    assert account.execution(arn)["status"] == ("ABORTED" if ending == "aborted" else "FAILED")


@pytest.mark.parametrize("kind", ["a function that answers", "a retry that waits", "a branch"])
def test_an_execution_that_is_stopped_does_nothing_more(account: Account, kind: str) -> None:
    bucket = account.bucket()
    function = account.function("import time\ndef handler(event, context): time.sleep(1)")
    work = lambda_task(function)
    if kind == "a retry that waits":
        work = task("aws-sdk:s3:getObject", {"Bucket": bucket, "Key": "none"}, Retry=RETRY)
        account.faults(retry_waits=0.01)
    if kind == "a branch":
        work = {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": work}}]}
    write = task("aws-sdk:s3:putObject", {"Bucket": bucket, "Key": "late", "Body": "x"})
    caught = {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "W"}]}
    states = {"L": {name: value for name, value in work.items() if name != "End"} | caught | {"Next": "W"}, "W": write}
    statements = allow("lambda:InvokeFunction", "s3:*")
    arn = start(account, states, statements)
    machine = account.client("stepfunctions")
    poll(lambda: len(machine.get_execution_history(executionArn=arn)["events"]) > 3)
    machine.stop_execution(executionArn=arn, error="E", cause="C")
    assert account.execution(arn)["status"] == "ABORTED"
    time.sleep(1.5)  # a stopped execution must not continue
    assert "Contents" not in account.client("s3").list_objects_v2(Bucket=bucket)
    assert machine.describe_execution(executionArn=arn)["status"] == "ABORTED"
