"""Arguments, results and errors of service integrations, as recorded on AWS."""

import json
import re
from typing import Any

import pytest

from local.tests.account import Account, allow
from local.tests.workflows import STATES, read_task, run, task

# recorded 2025-11-06: the MD5 of the stored bytes, including the quotes
TEXT_ETAG = '"2b5df3712557f503a9977a8ea893b2c9"'


@pytest.mark.parametrize(
    ("body", "stored"),
    [
        ("text data", b'"text data"'),
        ('both " and ü', '"both \\" and ü"'.encode()),
        ({"Dict": "Value"}, b'{"Dict":"Value"}'),
        (["List", "Data"], b'["List","Data"]'),
        (False, b"false"),
        (0, b"0"),
    ],
)
def test_put_object_stores_its_body_as_compact_json(account: Account, body: Any, stored: bytes) -> None:
    """Recorded 2025-11-06; a text keeps its quotes."""
    bucket = account.bucket()
    put = task("aws-sdk:s3:putObject", {"Bucket": bucket, "Key": "k", "Body": "{% $states.input %}"})
    run(account, {"P": put}, allow("s3:PutObject"), given=body)
    assert account.client("s3").get_object(Bucket=bucket, Key="k")["Body"].read() == stored


@pytest.mark.parametrize(
    ("given", "stored"), [({}, "text/plain; charset=UTF-8"), ({"ContentType": "application/json"}, "application/json")]
)
def test_put_object_stores_text_by_default(account: Account, given: dict[str, str], stored: str) -> None:
    """Recorded 2025-11-06."""
    bucket = account.bucket()
    put = task("aws-sdk:s3:putObject", {"Bucket": bucket, "Key": "k", "Body": {"a": 1}, **given})
    run(account, {"P": put}, allow("s3:PutObject"))
    assert account.client("s3").head_object(Bucket=bucket, Key="k")["ContentType"] == stored


def test_put_object_returns_checksum_and_encryption(account: Account) -> None:
    """Recorded 2025-11-06."""
    put = task("aws-sdk:s3:putObject", {"Bucket": account.bucket(), "Key": "k", "Body": "text data"})
    assert run(account, {"P": put}, allow("s3:PutObject")) == {
        "ChecksumCRC32": "KUmHvQ==",
        "ChecksumType": "FULL_OBJECT",
        "ETag": TEXT_ETAG,
        "ServerSideEncryption": "AES256",
    }


def test_get_object_returns_text_and_times_and_requests_no_checksum(account: Account) -> None:
    """Recorded 2025-11-06."""
    bucket = account.bucket(a='"text data"')
    found = run(account, {"G": read_task(bucket, "a.txt")}, allow("s3:GetObject"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found.pop("LastModified"))
    assert found == {
        "AcceptRanges": "bytes",
        "Body": '"text data"',
        "ContentLength": 11,
        "ContentType": "binary/octet-stream",
        "ETag": TEXT_ETAG,
        "Metadata": {},
        "ServerSideEncryption": "AES256",
    }


@pytest.mark.parametrize(
    ("resource", "written"),
    [
        ("aws-sdk:sfn:startExecution", r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z"'),
        ("states:startExecution", r"\d{13}"),
    ],
)
def test_times_are_text_for_sdk_integrations_and_milliseconds_for_optimized_ones(
    account: Account, resource: str, written: str
) -> None:
    """The former recorded 2025-11-06."""
    machine = account.state_machine({"StartAt": "P", "States": {"P": {"Type": "Succeed"}}}, account.role(STATES))
    start = task(resource, {"StateMachineArn": machine, "Input": {"a": [1]}})
    started = run(account, {"S": start}, allow("states:StartExecution"))
    assert re.fullmatch(written, json.dumps(started["StartDate"]))
    # an object for a text argument is its JSON
    assert account.execution(started["ExecutionArn"])["output"] == '{"a":[1]}'


def test_an_argument_that_the_api_does_not_have_is_refused(account: Account) -> None:
    read = task("aws-sdk:s3:getObject", {"Bucket": account.bucket(a="x"), "Key": "a.txt", "Colour": "red"})
    error, cause = run(account, {"G": read}, allow("s3:GetObject"))
    assert (error, "The field 'Colour' is not supported" in cause) == ("States.Runtime", True)


def test_an_empty_argument_is_omitted(account: Account) -> None:
    read = task("aws-sdk:s3:getObject", {"Bucket": account.bucket(a="x"), "Key": "a.txt", "Range": None})
    assert run(account, {"G": read}, allow("s3:GetObject"))["Body"] == "x"


def test_causes_of_s3_name_the_service_and_both_requests(account: Account) -> None:
    """Recorded 2025-01-22."""
    _, cause = run(account, {"G": read_task(account.bucket(), "k")}, allow("s3:GetObject", "s3:ListBucket"))
    details = r"\(Service: S3, Status Code: 404, Request ID: \S+, Extended Request ID: \S+\)"
    assert re.fullmatch(rf"The specified key does not exist\. {details}", cause)


def test_causes_of_optimized_integrations_name_service_and_error(account: Account) -> None:
    """Recorded 2025-11-06."""
    publish = task("sns:publish", {"TopicArn": account.arn("sns", "none"), "Message": "m"})
    error, cause = run(account, {"P": publish}, allow("sns:Publish"))
    details = r"\(Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: \S+; Proxy: null\)"
    assert error == "SNS.NotFoundException"
    assert re.fullmatch(rf"Topic does not exist {details}", cause)


def test_a_queue_at_another_address_is_not_reached(account: Account) -> None:
    """Recorded 2023-06-22, for any name of a queue."""
    send = task("sqs:sendMessage", {"QueueUrl": "http://no-such-queue", "MessageBody": "m"})
    assert run(account, {"S": send}, allow("sqs:SendMessage"))[0] == "SQS.SdkClientException"


@pytest.mark.parametrize(
    ("entry", "code"),
    [({"Detail": "{}"}, "InvalidArgument"), ({"Source": "s", "Detail": "no JSON"}, "MalformedDetail")],
)
def test_the_cause_of_a_partly_failed_put_events_is_its_response(
    account: Account, entry: dict[str, Any], code: str
) -> None:
    """Recorded 2025-11-06."""
    entries = [{"Source": "s", "DetailType": "t", "Detail": {"a": 1}}, {"DetailType": "t", **entry}]
    error, cause = run(account, {"P": task("events:putEvents", {"Entries": entries})}, allow("events:PutEvents"))
    answer = json.loads(cause)
    assert (error, answer["FailedEntryCount"]) == ("EventBridge.FailedEntry", 1)
    assert ("EventId" in answer["Entries"][0], answer["Entries"][1]["ErrorCode"]) == (True, code)


def test_a_detail_that_is_not_an_object_is_malformed(account: Account) -> None:
    entry = {"Source": "s", "DetailType": "t", "Detail": "[1]"}
    (answered,) = account.client("events").put_events(Entries=[entry])["Entries"]
    assert answered["ErrorCode"] == "MalformedDetail"


def test_a_fifo_topic_needs_a_group_and_returns_a_sequence_number(account: Account) -> None:
    """Recorded 2025-11-06."""
    attributes = {"FifoTopic": "true", "ContentBasedDeduplication": "true"}
    topic = account.client("sns").create_topic(Name="events.fifo", Attributes=attributes)["TopicArn"]
    publish = task("sns:publish", {"TopicArn": topic, "Message": "m"})
    error, cause = run(account, {"P": publish}, allow("sns:Publish"))
    assert error == "SNS.InvalidParameterException"
    assert cause.startswith("Invalid parameter: The MessageGroupId parameter is required for FIFO topics (")
    publish["Arguments"]["MessageGroupId"] = "g"
    assert re.fullmatch(r"\d{20}", run(account, {"P": publish}, allow("sns:Publish"))["SequenceNumber"])
