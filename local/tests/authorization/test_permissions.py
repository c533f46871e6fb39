"""Requests of botocore, and the permissions that they need on AWS."""

import io
from typing import Any
from urllib.parse import unquote, urlsplit

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

from local.authorization import calls
from local.authorization.resources import AccountRegion, permissions

PLACE = AccountRegion("123456789012", "us-east-1")
HERE = "us-east-1:123456789012"
STATES = f"arn:aws:states:{HERE}"
BUCKET = "arn:aws:s3:::data"


def asked(service: str, operation: str, **arguments: Any) -> list[tuple[str, str]]:
    """Action and resource of each permission that a client's request needs."""
    client: Any = boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url="http://localhost:1",
        region_name="us-east-1",
        aws_access_key_id="AKIAEXAMPLE",
        aws_secret_access_key="secret",
        config=Config(s3={"addressing_style": "path"}, parameter_validation=False),
    )
    sent: list[AWSPreparedRequest] = []

    def keep(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        sent.append(request)
        raise ConnectionAbortedError

    client.meta.events.register("before-send", keep)
    with pytest.raises(ConnectionAbortedError):
        getattr(client, operation)(**arguments)
    call = calls.read(_environ(sent[0]))
    assert call is not None
    assert call.access_key_id == "AKIAEXAMPLE"
    return [(each.action, each.resource) for each in permissions(call, PLACE)]


def _environ(request: AWSPreparedRequest) -> dict[str, Any]:
    """The request as a WSGI environment."""
    url = urlsplit(request.url)
    body: Any = request.body or b""
    content = body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else body.read()
    headers = {
        "HTTP_" + name.upper().replace("-", "_"): value.decode() if isinstance(value, bytes) else value
        for name, value in request.headers.items()
    }
    return {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": unquote(url.path),
        "QUERY_STRING": url.query,
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": io.BytesIO(content),
        **headers,
    }


@pytest.mark.parametrize(
    ("operation", "arguments", "expected"),
    [
        ("list_buckets", {}, [("s3:ListAllMyBuckets", "*")]),
        ("create_bucket", {}, [("s3:CreateBucket", BUCKET)]),
        ("head_bucket", {}, [("s3:ListBucket", BUCKET)]),
        ("delete_bucket", {}, [("s3:DeleteBucket", BUCKET)]),
        ("list_objects_v2", {"Prefix": "raw/"}, [("s3:ListBucket", BUCKET)]),
        ("list_object_versions", {}, [("s3:ListBucketVersions", BUCKET)]),
        ("list_multipart_uploads", {}, [("s3:ListBucketMultipartUploads", BUCKET)]),
        ("get_bucket_location", {}, [("s3:GetBucketLocation", BUCKET)]),
        ("get_bucket_policy", {}, [("s3:GetBucketPolicy", BUCKET)]),
        ("put_bucket_policy", {"Policy": "{}"}, [("s3:PutBucketPolicy", BUCKET)]),
        ("get_object", {"Key": "a b/c"}, [("s3:GetObject", f"{BUCKET}/a b/c")]),
        ("get_object", {"Key": "a", "VersionId": "1"}, [("s3:GetObjectVersion", f"{BUCKET}/a")]),
        ("head_object", {"Key": "a"}, [("s3:GetObject", f"{BUCKET}/a")]),
        ("get_object_tagging", {"Key": "a"}, [("s3:GetObjectTagging", f"{BUCKET}/a")]),
        ("put_object", {"Key": "a", "Body": b"x"}, [("s3:PutObject", f"{BUCKET}/a")]),
        ("delete_object", {"Key": "a"}, [("s3:DeleteObject", f"{BUCKET}/a")]),
        ("delete_object", {"Key": "a", "VersionId": "1"}, [("s3:DeleteObjectVersion", f"{BUCKET}/a")]),
        ("create_multipart_upload", {"Key": "a"}, [("s3:PutObject", f"{BUCKET}/a")]),
        (
            "put_object",
            {"Key": "a", "Body": b"x", "Tagging": "k=v"},
            [("s3:PutObject", f"{BUCKET}/a"), ("s3:PutObjectTagging", f"{BUCKET}/a")],
        ),
        ("upload_part", {"Key": "a", "UploadId": "u", "PartNumber": 1}, [("s3:PutObject", f"{BUCKET}/a")]),
        ("abort_multipart_upload", {"Key": "a", "UploadId": "u"}, [("s3:AbortMultipartUpload", f"{BUCKET}/a")]),
        ("list_parts", {"Key": "a", "UploadId": "u"}, [("s3:ListMultipartUploadParts", f"{BUCKET}/a")]),
        (
            "copy_object",
            {"Key": "a", "CopySource": "other/x y"},
            [("s3:PutObject", f"{BUCKET}/a"), ("s3:GetObject", "arn:aws:s3:::other/x y")],
        ),
        (
            "copy_object",
            {"Key": "a", "CopySource": {"Bucket": "other", "Key": "x", "VersionId": "1"}},
            [("s3:PutObject", f"{BUCKET}/a"), ("s3:GetObjectVersion", "arn:aws:s3:::other/x")],
        ),
        (
            "delete_objects",
            {"Delete": {"Objects": [{"Key": "a&b"}, {"Key": "c", "VersionId": "1"}]}},
            [("s3:DeleteObject", f"{BUCKET}/a&b"), ("s3:DeleteObjectVersion", f"{BUCKET}/c")],
        ),
    ],
)
def test_s3(operation: str, arguments: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    where = {} if operation == "list_buckets" else {"Bucket": "data"}
    assert asked("s3", operation, **where, **arguments) == expected


@pytest.mark.parametrize(
    ("service", "operation", "arguments", "expected"),
    [
        ("lambda", "invoke", {"FunctionName": "f"}, [("lambda:InvokeFunction", f"arn:aws:lambda:{HERE}:function:f")]),
        (
            "lambda",
            "invoke",
            {"FunctionName": "f", "Qualifier": "live"},
            [("lambda:InvokeFunction", f"arn:aws:lambda:{HERE}:function:f:live")],
        ),
        (
            "lambda",
            "update_function_code",
            {"FunctionName": f"arn:aws:lambda:{HERE}:function:f", "ZipFile": b"x"},
            [("lambda:UpdateFunctionCode", f"arn:aws:lambda:{HERE}:function:f")],
        ),
        ("glue", "start_job_run", {"JobName": "j"}, [("glue:StartJobRun", f"arn:aws:glue:{HERE}:job/j")]),
        ("glue", "create_job", {"Name": "j"}, [("glue:CreateJob", f"arn:aws:glue:{HERE}:job/j")]),
        (
            "glue",
            "update_table",
            {"DatabaseName": "d", "TableInput": {"Name": "t"}},
            [("glue:UpdateTable", f"arn:aws:glue:{HERE}:{part}") for part in ("catalog", "database/d", "table/d/t")],
        ),
        ("sns", "publish", {"TopicArn": "arn:aws:sns:x:1:t", "Message": "m"}, [("sns:Publish", "arn:aws:sns:x:1:t")]),
        (
            "stepfunctions",
            "start_execution",
            {"stateMachineArn": f"{STATES}:stateMachine:m"},
            [("states:StartExecution", f"{STATES}:stateMachine:m")],
        ),
        (
            "stepfunctions",
            "describe_execution",
            {"executionArn": f"{STATES}:execution:m:e"},
            [("states:DescribeExecution", f"{STATES}:execution:m:e")],
        ),
        (
            "logs",
            "put_log_events",
            {"logGroupName": "g", "logStreamName": "s", "logEvents": []},
            [("logs:PutLogEvents", f"arn:aws:logs:{HERE}:log-group:g:log-stream:s")],
        ),
        (
            "secretsmanager",
            "get_secret_value",
            {"SecretId": "shop/api"},
            [("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{HERE}:secret:shop/api-000000")],
        ),
        (
            "secretsmanager",
            "get_secret_value",
            {"SecretId": "arn:aws:secretsmanager:x:1:secret:a-Zy1234"},
            [("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:x:1:secret:a-Zy1234")],
        ),
        ("sts", "assume_role", {"RoleArn": "arn:r", "RoleSessionName": "s"}, [("sts:AssumeRole", "arn:r")]),
        ("iam", "list_roles", {}, [("iam:ListRoles", "*")]),
        ("cloudwatch", "list_dashboards", {}, [("cloudwatch:ListDashboards", "*")]),
    ],
)
def test_other_services(
    service: str, operation: str, arguments: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert asked(service, operation, **arguments) == expected
