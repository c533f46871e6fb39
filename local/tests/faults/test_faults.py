"""Injected faults fail calls as on AWS."""

import json
import threading
import time
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from local.tests.account import Account, allow, poll, trusting
from local.tests.fault_documents import NO_FAULTS, error, fault

pytestmark = pytest.mark.usefixtures("no_faults_afterwards")


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
    assert failed(s3.get_object, Bucket=bucket, Key="a.txt") == ("SlowDown", "injected <fault>", 503)
    assert failed(glue.get_jobs) == ("ThrottlingException", "injected <fault>", 400)
    assert failed(functions.list_functions) == ("TooManyRequestsException", "injected <fault>", 429)
    assert failed(sns.list_topics) == ("InternalError", "injected <fault>", 500)


def test_after_and_times_select_the_calls_and_all_are_counted(account: Account) -> None:
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


def test_only_selected_calls_are_hit(account: Account) -> None:
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
def test_operations_of_s3_are_selected_by_name(account: Account, operation: str, call: Any) -> None:
    bucket = account.bucket(a="1")
    account.faults(fault("s3", operation, **error("SlowDown", 503)))
    with pytest.raises(ClientError) as caught:
        call(account.client("s3"), bucket)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
    assert account.fault_call("GET").json()["faults"][0]["fired"] == 1


@pytest.mark.parametrize(("cut", "written"), [("before", False), ("after", True)])
def test_a_connection_is_closed_before_or_after_the_effect_of_the_call(
    account: Account, cut: str, written: bool
) -> None:
    bucket, s3 = account.bucket(), account.client("s3")
    account.faults(fault("s3", "PutObject", cut=cut))
    with pytest.raises(BotoCoreError):
        s3.put_object(Bucket=bucket, Key="a.txt", Body="text")
    assert ("Contents" in s3.list_objects_v2(Bucket=bucket)) == written


def test_a_connection_is_closed_after_a_latency(account: Account) -> None:
    account.faults(fault("glue", "GetJobs", latency_seconds=0.5, cut="before"))
    before = time.monotonic()
    with pytest.raises(BotoCoreError):
        account.client("glue").get_jobs()
    assert time.monotonic() - before >= 0.5


def test_a_delayed_call_has_its_effect_at_once(account: Account) -> None:
    bucket, s3 = account.bucket(), account.client("s3")
    account.faults(fault("s3", "PutObject", latency_seconds=1))
    call = threading.Thread(target=s3.put_object, kwargs={"Bucket": bucket, "Key": "a.txt"})
    call.start()
    poll(lambda: "Contents" in s3.list_objects_v2(Bucket=bucket))
    assert account.fault_call("GET").json()["held"] == 1
    call.join()


def test_a_call_without_a_response_is_counted_as_held(account: Account) -> None:
    account.faults(fault("glue", "GetJobs", latency_seconds=0.5))
    call = threading.Thread(target=account.client("glue").get_jobs)
    call.start()
    poll(lambda: account.fault_call("GET").json()["held"] == 1)
    call.join()
    assert account.fault_call("GET").json()["held"] == 0


def test_a_new_document_releases_the_held_calls(account: Account) -> None:
    account.faults(fault("glue", "GetJobs", latency_seconds=600))
    call = threading.Thread(target=account.client("glue").get_jobs, daemon=True)
    call.start()
    poll(lambda: account.fault_call("GET").json()["held"] == 1)
    account.faults()
    call.join(60)
    assert not call.is_alive()


def test_a_response_is_delayed(account: Account) -> None:
    account.faults(fault("glue", "GetJobs", latency_seconds=0.5))
    before = time.monotonic()
    account.client("glue").get_jobs()
    assert time.monotonic() - before >= 0.5


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{", "Expecting"),
        ("[]", "the document: invalid value []; must be an object of faults, retry_waits, timeouts"),
        ('{"wait": 1}', "the document.wait: unknown key"),
        ('{"faults": [{"service": "s3"}]}', "faults[0].operation: unset; must be a str"),
        ('{"faults": [{"service": "s3", "operation": "X"}]}', "invalid value []; must be one of error"),
        (
            '{"faults": [{"service": "s3", "operation": "X", "cut": "off"}]}',
            "invalid value 'off'; must be one of",
        ),
        ('{"faults": [{"service": 1, "operation": "X"}]}', "faults[0].service: invalid value 1; must be a str"),
        ('{"faults": [{"service": "s3", "operation": "X", "error": {"code": "A"}}]}', "faults[0].error.message"),
    ],
)
def test_an_invalid_document_is_refused_with_the_reason(account: Account, document: str, message: str) -> None:
    answer = account.fault_call("PUT", document)
    assert answer.status_code == 400
    assert message in answer.json()["message"]


def test_only_the_administrator_may_make_calls_fail(account: Account) -> None:
    everything = [f"{service}:*" for service in ("s3", "iam", "states", "sns", "glue", "lambda", "sts")]
    for key in (account.user(allow(*everything)), account.user()):
        refused = account.faults(fault("s3", "GetObject", cut="before"), key=key)
        assert refused.status_code == 400
        assert "not authorized to perform: faults:PutFaults" in json.dumps(refused.json())
    assert account.fault_call("GET").json() == NO_FAULTS


def test_no_role_may_configure_faults(account: Account) -> None:
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
