"""Calls fail when the local AWS is told so, as they fail at AWS."""

import json
import threading
import time
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from .account import NO_FAULTS, Account, allow, poll, trusting
from .test_statemachines import GLUE, job_task, lambda_task, read_task, run, start, task

RETRY = [{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 100, "MaxAttempts": 3}]
pytestmark = pytest.mark.usefixtures("no_faults_afterwards")


def fault(service: str, operation: str, **what: Any) -> dict[str, Any]:
    return {"service": service, "operation": operation, **what}


def error(code: str, status: int = 500) -> dict[str, Any]:
    return {"error": {"code": code, "message": "told to <fail>", "status": status}}


def failed(call: Any, **arguments: Any) -> tuple[str, str, int]:
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    response = caught.value.response
    return response["Error"]["Code"], response["Error"]["Message"], response["ResponseMetadata"]["HTTPStatusCode"]


def test_an_error_has_the_form_of_the_services_protocol(account: Account) -> None:
    bucket = account.bucket(a="text")
    account.faults(
        fault("s3", "GetObject", **error("SlowDown", 503)),
        fault("glue", "GetJobs", **error("ThrottlingException", 400)),
        fault("lambda", "ListFunctions", **error("TooManyRequestsException", 429)),
        fault("sns", "ListTopics", **error("InternalError")),
    )
    s3, glue, functions, sns = (account.client(name) for name in ("s3", "glue", "lambda", "sns"))
    assert failed(s3.get_object, Bucket=bucket, Key="a.txt") == ("SlowDown", "told to <fail>", 503)
    assert failed(glue.get_jobs) == ("ThrottlingException", "told to <fail>", 400)
    assert failed(functions.list_functions) == ("TooManyRequestsException", "told to <fail>", 429)
    assert failed(sns.list_topics) == ("InternalError", "told to <fail>", 500)


def test_some_calls_pass_before_some_are_hit_and_all_are_counted(account: Account) -> None:
    bucket, s3 = account.bucket(a="text"), account.client("s3")
    account.faults(fault("s3", "GetObject", after=1, times=2, **error("InternalError")))
    outcomes = []
    for _ in range(4):
        try:
            s3.get_object(Bucket=bucket, Key="a.txt")
            outcomes.append(True)
        except ClientError:
            outcomes.append(False)
    assert outcomes == [True, False, False, True]
    counted = account.fault_call("GET").json()["faults"][0]
    assert (counted["seen"], counted["fired"]) == (4, 2)


def test_only_the_calls_that_a_fault_names_are_hit(account: Account) -> None:
    bucket = account.bucket(a="1", b="2")
    other = account.client("s3", account.user(allow("s3:GetObject")))
    concerned = {"resource": f"arn:aws:s3:::{bucket}/a.*", "caller": "*:user/user-*"}
    account.faults(fault("s3", "GetObject", **concerned, **error("InternalError")))
    assert failed(other.get_object, Bucket=bucket, Key="a.txt")[0] == "InternalError"
    other.get_object(Bucket=bucket, Key="b.txt")
    account.client("s3").get_object(Bucket=bucket, Key="a.txt")


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("PutObject", lambda s3, b: s3.put_object(Bucket=b, Key="x", Body="")),
        ("CopyObject", lambda s3, b: s3.copy_object(Bucket=b, Key="x", CopySource=f"{b}/a.txt")),
        ("HeadObject", lambda s3, b: s3.head_object(Bucket=b, Key="a.txt")),
        ("DeleteObject", lambda s3, b: s3.delete_object(Bucket=b, Key="a.txt")),
        ("DeleteObjects", lambda s3, b: s3.delete_objects(Bucket=b, Delete={"Objects": [{"Key": "a.txt"}]})),
        ("ListObjectsV2", lambda s3, b: s3.list_objects_v2(Bucket=b)),
        ("CreateMultipartUpload", lambda s3, b: s3.create_multipart_upload(Bucket=b, Key="x")),
        ("UploadPart", lambda s3, b: s3.upload_part(Bucket=b, Key="x", UploadId="u", PartNumber=1, Body="")),
        ("AbortMultipartUpload", lambda s3, b: s3.abort_multipart_upload(Bucket=b, Key="x", UploadId="u")),
        ("ListBuckets", lambda s3, b: s3.list_buckets()),
    ],
)
def test_operations_of_s3_go_by_their_names(account: Account, operation: str, call: Any) -> None:
    bucket = account.bucket(a="1")
    account.faults(fault("s3", operation, **error("SlowDown", 503)))
    with pytest.raises(ClientError) as caught:
        call(account.client("s3"), bucket)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
    assert account.fault_call("GET").json()["faults"][0]["fired"] == 1


@pytest.mark.parametrize(("cut", "written"), [("before", False), ("after", True)])
def test_a_connection_is_cut_before_or_after_the_call_has_its_effect(account: Account, cut: str, written: bool) -> None:
    bucket, s3 = account.bucket(), account.client("s3")
    account.faults(fault("s3", "PutObject", cut=cut))
    with pytest.raises(BotoCoreError):
        s3.put_object(Bucket=bucket, Key="a.txt", Body="text")
    assert ("Contents" in s3.list_objects_v2(Bucket=bucket)) == written


def test_a_connection_is_cut_late(account: Account) -> None:
    account.faults(fault("glue", "GetJobs", latency_seconds=0.5, cut="before"))
    before = time.monotonic()
    with pytest.raises(BotoCoreError):
        account.client("glue").get_jobs()
    assert time.monotonic() - before >= 0.5


def test_a_call_that_is_answered_late_has_its_effect_at_once(account: Account) -> None:
    bucket, s3 = account.bucket(), account.client("s3")
    account.faults(fault("s3", "PutObject", latency_seconds=1))
    call = threading.Thread(target=s3.put_object, kwargs={"Bucket": bucket, "Key": "a.txt"})
    call.start()
    poll(lambda: "Contents" in s3.list_objects_v2(Bucket=bucket))
    assert account.fault_call("GET").json()["held"] == 1
    call.join()


def test_a_call_that_is_not_answered_yet_is_counted(account: Account) -> None:
    account.faults(fault("glue", "GetJobs", latency_seconds=0.5))
    call = threading.Thread(target=account.client("glue").get_jobs)
    call.start()
    poll(lambda: account.fault_call("GET").json()["held"] == 1)
    call.join()
    assert account.fault_call("GET").json()["held"] == 0


def test_an_answer_comes_late(account: Account) -> None:
    account.faults(fault("glue", "GetJobs", latency_seconds=0.5))
    before = time.monotonic()
    account.client("glue").get_jobs()
    assert time.monotonic() - before >= 0.5


@pytest.mark.parametrize(
    ("ending", "name"),
    [("crash", "Runtime.ExitError"), ("timeout", "Sandbox.Timedout"), ("memory", "Runtime.OutOfMemory")],
)
def test_a_function_ends_as_it_is_told(account: Account, ending: str, name: str) -> None:
    function = account.function("def handler(event, context): return 1")
    account.faults(fault("lambda", "Invoke", resource=f"*:{function}", times=1, function=ending))
    answer, kind = account.invoke(function)
    assert (answer["errorType"], kind) == (name, "Unhandled")
    assert account.invoke(function) == (1, None)


@pytest.mark.parametrize("ending", ["FAILED", "TIMEOUT", "STOPPED", "SUCCEEDED"])
def test_a_job_run_ends_as_it_is_told(account: Account, ending: str) -> None:
    job, glue = account.job("import time; time.sleep(60)"), account.client("glue")
    account.faults(fault("glue", "StartJobRun", job=ending))
    assert account.job_run(job, glue.start_job_run(JobName=job)["JobRunId"])["JobRunState"] == ending


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (error("TooManyRequestsException", 429), "Lambda.TooManyRequestsException"),
        (error("ServiceException"), "Lambda.ServiceException"),
        (error("Unheard", 503), "Lambda.AWSLambdaException"),
        ({"cut": "before"}, "Lambda.SdkClientException"),
        ({"function": "crash"}, "Runtime.ExitError"),
    ],
)
def test_a_task_sees_errors_of_lambda_by_the_names_that_aws_gives_them(
    account: Account, told: dict[str, Any], name: str
) -> None:
    function = account.function("def handler(event, context): return 1")
    account.faults(fault("lambda", "Invoke", **told))
    assert run(account, {"L": lambda_task(function)}, allow("lambda:InvokeFunction"))[0] == name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (error("ConcurrentRunsExceededException", 400), "Glue.ConcurrentRunsExceededException"),
        (error("ServiceUnavailable", 503), "Glue.AWSGlueException"),
        ({"cut": "before"}, "Glue.SdkClientException"),
    ],
)
def test_a_task_sees_errors_of_glue_by_the_names_that_aws_gives_them(
    account: Account, told: dict[str, Any], name: str
) -> None:
    account.faults(fault("glue", "StartJobRun", **told))
    assert run(account, {"J": job_task(account.job("pass"))}, GLUE)[0] == name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (error("SlowDown", 503), "S3.S3Exception"),
        (error("NoSuchKey", 404), "S3.NoSuchKeyException"),
        (error("PreconditionFailed", 412), "S3.S3Exception"),
        ({"cut": "before"}, "S3.SdkClientException"),
    ],
)
def test_a_task_sees_errors_of_s3_by_the_names_that_aws_gives_them(
    account: Account, told: dict[str, Any], name: str
) -> None:
    account.faults(fault("s3", "GetObject", **told))
    reads = allow("s3:GetObject", "s3:ListBucket")
    assert run(account, {"G": read_task(account.bucket(a="x"), "a.txt")}, reads)[0] == name


@pytest.mark.parametrize(
    ("told", "name"),
    [(error("Throttled", 429), "SNS.ThrottledException"), (error("Unheard"), "SNS.AmazonSNSException")],
)
def test_a_task_sees_errors_of_sns_by_the_names_that_aws_gives_them(
    account: Account, told: dict[str, Any], name: str
) -> None:
    topic = account.client("sns").create_topic(Name=account.name("topic"))["TopicArn"]
    account.faults(fault("sns", "Publish", **told))
    publish = task("sns:publish", {"TopicArn": topic, "Message": "m"})
    assert run(account, {"P": publish}, allow("sns:Publish"))[0] == name


def test_retries_wait_as_long_as_the_document_says(account: Account) -> None:
    read = read_task(account.bucket(a="x"), "a.txt") | {"Retry": RETRY}
    account.faults(fault("s3", "GetObject", times=3, **error("SlowDown", 503)), retry_waits=0.001)
    assert run(account, {"G": read}, allow("s3:GetObject"))["Body"] == "x"


def test_the_calls_of_one_state_are_hit(account: Account) -> None:
    bucket = account.bucket(a="x")
    first = {**read_task(bucket, "a.txt"), "Next": "Second"}
    del first["End"]
    account.faults(fault("s3", "GetObject", state="Second", answer="y"))
    second = read_task(bucket, "a.txt") | {"Output": "{% $states.input.Body & $states.result.Body %}"}
    assert run(account, {"First": first, "Second": second}, allow("s3:GetObject")) == "xy"


def test_tasks_wait_as_long_as_the_document_says(account: Account) -> None:
    read = read_task(account.bucket(a="x"), "a.txt") | {"TimeoutSeconds": 100, "Retry": RETRY}
    account.faults(fault("s3", "GetObject", latency_seconds=2), timeouts={"G": 0.5})
    assert run(account, {"G": read}, allow("s3:GetObject"))[0] == "States.Timeout"


@pytest.mark.parametrize("kind", ["Map", "Parallel"])
@pytest.mark.parametrize(
    ("effect", "name"),
    [({"latency_seconds": 1}, "States.Timeout"), ({"answer": "no JSON"}, "States.QueryEvaluationError")],
)
def test_an_error_of_a_reserved_name_leaves_the_states_around_it_by_that_name(
    account: Account, kind: str, effect: dict[str, Any], name: str
) -> None:
    read = read_task(account.bucket(a="x"), "a.txt") | {"Output": "{% $parse($states.result.Body) %}"}
    inner = {"StartAt": "G", "States": {"G": read}}
    scopes = {"Items": [1], "ItemProcessor": inner} if kind == "Map" else {"Branches": [inner]}
    caught = {"ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput.Error %}", "Next": "Caught"}
    states = {"Around": {"Type": kind, **scopes, "Catch": [caught], "Next": "Caught"}, "Caught": {"Type": "Succeed"}}
    account.faults(fault("s3", "GetObject", **effect), timeouts={"G": 0.2})
    assert run(account, states, allow("s3:GetObject")) == name


def test_an_error_of_the_workflow_itself_is_none_that_a_catch_gets(account: Account) -> None:
    failing = task("aws-sdk:s3:nothing", {}) | {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]}
    assert run(account, {"F": failing, "Caught": {"Type": "Succeed"}})[0] == "States.Runtime"


@pytest.mark.parametrize("ending", ["aborted", "out of time"])
def test_nobody_waits_for_a_job_run_and_it_is_stopped(account: Account, ending: str) -> None:
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
    time.sleep(1.5)  # for what must not happen
    assert "Contents" not in account.client("s3").list_objects_v2(Bucket=bucket)
    assert machine.describe_execution(executionArn=arn)["status"] == "ABORTED"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{", "Expecting"),
        ("[]", "the document: got [], allowed is an object of faults, retry_waits, timeouts"),
        ('{"wait": 1}', "the document.wait: unknown key"),
        ('{"faults": [{"service": "s3"}]}', "faults[0].operation: got nothing, allowed is a str"),
        ('{"faults": [{"service": "s3", "operation": "X"}]}', "got [], allowed is one of error"),
        ('{"faults": [{"service": "s3", "operation": "X", "cut": "off"}]}', "got 'off', allowed is one of before"),
        ('{"faults": [{"service": 1, "operation": "X"}]}', "faults[0].service: got 1, allowed is a str"),
        ('{"faults": [{"service": "s3", "operation": "X", "error": {"code": "A"}}]}', "faults[0].error.message"),
    ],
)
def test_a_wrong_document_is_refused_and_says_why(account: Account, document: str, told: str) -> None:
    answer = account.fault_call("PUT", document)
    assert answer.status_code == 400
    assert told in answer.json()["message"]


def test_only_the_administrator_may_make_calls_fail(account: Account) -> None:
    everything = [f"{service}:*" for service in ("s3", "iam", "states", "sns", "glue", "lambda", "sts")]
    for key in (account.user(allow(*everything)), account.user()):
        refused = account.faults(fault("s3", "GetObject", cut="before"), key=key)
        assert refused.status_code == 400
        assert "not authorized to perform: faults:PutFaults" in json.dumps(refused.json())
    assert account.fault_call("GET").json() == NO_FAULTS


def test_the_role_of_nothing_that_runs_may_make_calls_fail(account: Account) -> None:
    code = """
import os, urllib.request, boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
def handler(event, context):
    request = AWSRequest("PUT", os.environ["AWS_ENDPOINT_URL"] + "/_faults", data="{}")
    SigV4Auth(boto3.Session().get_credentials(), "faults", "us-east-1").add_auth(request)
    sent = urllib.request.Request(request.url, b"{}", dict(request.headers), method="PUT")
    return urllib.request.urlopen(sent).status
"""
    role = account.role(trusting("lambda.amazonaws.com"), allow("s3:*"))
    answer, kind = account.invoke(account.function(code, role=role))
    assert (kind, answer["errorType"]) == ("Unhandled", "HTTPError")
