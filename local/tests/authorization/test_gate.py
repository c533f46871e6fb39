"""The gate in front of the APIs, with callers who have few permissions."""

import json
import urllib.error
import urllib.request
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account, allow, deny, document, trusting


def refusal(call: Any, **arguments: Any) -> tuple[str, str]:
    """Code and message of a call's error."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_caller_has_the_permissions_of_its_policies(account: Account) -> None:
    bucket = account.bucket(a="text", b="secret")
    s3 = account.client("s3", account.user(allow("s3:GetObject", on=f"arn:aws:s3:::{bucket}/a.txt")))
    assert s3.get_object(Bucket=bucket, Key="a.txt")["Body"].read() == b"text"
    code, message = refusal(s3.get_object, Bucket=bucket, Key="b.txt")
    assert code == "AccessDenied"
    assert message.endswith("because no identity-based policy allows the s3:GetObject action")
    assert f"arn:aws:s3:::{bucket}/b.txt" in message


def test_a_denial_in_a_callers_policy_applies(account: Account) -> None:
    bucket = account.bucket(a="text")
    s3 = account.client("s3", account.user(allow("s3:*"), deny("s3:GetObject")))
    assert refusal(s3.get_object, Bucket=bucket, Key="a.txt")[1].endswith("explicit deny in an identity-based policy")


def test_a_denial_in_a_bucket_policy_applies_to_the_administrator(account: Account) -> None:
    bucket, s3 = account.bucket(a="text"), account.client("s3")
    policy = deny("s3:GetObject", on=f"arn:aws:s3:::{bucket}/*") | {"Principal": "*"}
    s3.put_bucket_policy(Bucket=bucket, Policy=document(policy))
    assert refusal(s3.get_object, Bucket=bucket, Key="a.txt")[1].endswith("explicit deny in a resource-based policy")


def test_a_denial_of_plain_http_does_not_apply_to_the_loopback_interface(account: Account) -> None:
    bucket, s3 = account.bucket(a="text"), account.client("s3")
    plain = {"Bool": {"aws:SecureTransport": "false"}}
    policy = deny("s3:*", on=f"arn:aws:s3:::{bucket}/*", Condition=plain) | {"Principal": "*"}
    s3.put_bucket_policy(Bucket=bucket, Policy=document(policy))
    assert s3.get_object(Bucket=bucket, Key="a.txt")["Body"].read() == b"text"


def test_a_bucket_policy_may_allow_its_principals(account: Account) -> None:
    bucket, key = account.bucket(a="text"), account.user()
    arn = account.client("sts", key).get_caller_identity()["Arn"]
    policy = allow("s3:GetObject", on=f"arn:aws:s3:::{bucket}/*") | {"Principal": {"AWS": arn}}
    account.client("s3").put_bucket_policy(Bucket=bucket, Policy=document(policy))
    assert account.client("s3", key).get_object(Bucket=bucket, Key="a.txt")["Body"].read() == b"text"
    other = account.client("s3", account.user())
    assert refusal(other.get_object, Bucket=bucket, Key="a.txt")[0] == "AccessDenied"


@pytest.mark.parametrize("statements", [[allow("s3:GetObject")], [allow("s3:GetObject", "s3:ListBucket")]])
def test_a_missing_object_is_reported_only_to_callers_who_may_list(account: Account, statements: list[Any]) -> None:
    s3, bucket = account.client("s3", account.user(*statements)), account.bucket()
    lists = "s3:ListBucket" in statements[0]["Action"]
    assert refusal(s3.get_object, Bucket=bucket, Key="none")[0] == ("NoSuchKey" if lists else "AccessDenied")
    assert refusal(s3.head_object, Bucket=bucket, Key="none")[0] == ("404" if lists else "403")


def test_a_deletion_of_many_objects_needs_a_permission_for_each(account: Account) -> None:
    bucket = account.bucket(a="1", b="2")
    s3 = account.client("s3", account.user(allow("s3:DeleteObject", on=f"arn:aws:s3:::{bucket}/a.txt")))
    s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a.txt"}]})
    code, message = refusal(s3.delete_objects, Bucket=bucket, Delete={"Objects": [{"Key": "a.txt"}, {"Key": "b.txt"}]})
    assert (code, "b.txt" in message) == ("AccessDenied", True)


@pytest.mark.parametrize(
    ("service", "operation", "arguments", "action"),
    [
        ("lambda", "invoke", {"FunctionName": "f"}, "lambda:InvokeFunction"),
        ("glue", "start_job_run", {"JobName": "j"}, "glue:StartJobRun"),
        ("sns", "create_topic", {"Name": "t"}, "sns:CreateTopic"),
        ("iam", "create_user", {"UserName": "u"}, "iam:CreateUser"),
        ("stepfunctions", "list_state_machines", {}, "states:ListStateMachines"),
        ("logs", "describe_log_groups", {}, "logs:DescribeLogGroups"),
    ],
)
def test_every_service_is_behind_the_gate(
    account: Account, service: str, operation: str, arguments: dict[str, Any], action: str
) -> None:
    client = account.client(service, account.user())
    code, message = refusal(getattr(client, operation), **arguments)
    assert code in ("AccessDenied", "AccessDeniedException", "AuthorizationError")
    assert f"is not authorized to perform: {action} on resource" in message


def test_every_caller_may_read_its_identity(account: Account) -> None:
    assert ":user/" in account.client("sts", account.user()).get_caller_identity()["Arn"]


def test_an_unknown_access_key_is_refused(account: Account) -> None:
    sqs = account.client("sns", ("AKIAUNKNOWN000000000", "secret"))
    assert "security token" in refusal(sqs.list_topics)[1]


def test_s3_refuses_a_signature_for_another_region(account: Account) -> None:
    bucket = account.bucket(a="text")
    session = boto3.Session(account.endpoint["access_key_id"], account.endpoint["secret_access_key"])
    s3 = session.client("s3", endpoint_url=account.endpoint["aws"], region_name="us-east-2")
    code, message = refusal(s3.get_object, Bucket=bucket, Key="a.txt")
    assert code == "AuthorizationHeaderMalformed"
    assert message.endswith("the region 'us-east-2' is wrong; expecting 'us-east-1'")


@pytest.mark.parametrize("path", ["/", "/bucket/a.txt", "/moto-api/data.json", "/moto-api/reset"])
def test_what_is_not_signed_is_refused(account: Account, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(account.endpoint["aws"] + path)
    assert caught.value.code == 403
    caught.value.close()


def test_a_presigned_url_has_the_permissions_of_its_signer(account: Account) -> None:
    bucket = account.bucket(a="text")
    for key, status in ((account.user(allow("s3:GetObject")), 200), (account.user(), 403)):
        url = account.client("s3", key).generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a.txt"})
        try:
            with urllib.request.urlopen(url) as answer:
                assert (answer.status, answer.read()) == (status, b"text")
        except urllib.error.HTTPError as error:
            assert error.code == status
            error.close()


def test_a_session_of_a_role_has_its_permissions(account: Account) -> None:
    bucket = account.bucket(a="text")
    me = account.client("sts").get_caller_identity()["Arn"]
    trust = document({"Effect": "Allow", "Principal": {"AWS": me}, "Action": "sts:AssumeRole"})
    role = account.role(trust, allow("s3:GetObject"))
    session = account.client("sts").assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]
    s3 = account.client("s3", (session["AccessKeyId"], session["SecretAccessKey"]), session["SessionToken"])
    assert s3.get_object(Bucket=bucket, Key="a.txt")["Body"].read() == b"text"
    assert refusal(s3.delete_object, Bucket=bucket, Key="a.txt")[0] == "AccessDenied"


def test_a_role_is_assumed_only_by_trusted_principals(account: Account) -> None:
    role = account.role(trusting("lambda.amazonaws.com"))
    code, message = refusal(account.client("sts").assume_role, RoleArn=role, RoleSessionName="me")
    assert code == "AccessDenied"
    assert f"not authorized to perform: sts:AssumeRole on resource: {role}" in message


def test_a_response_of_the_gate_has_the_error_members_that_clients_read(account: Account) -> None:
    with pytest.raises(ClientError) as caught:
        account.client("s3", account.user()).list_buckets()
    metadata = caught.value.response["ResponseMetadata"]
    assert (metadata["HTTPStatusCode"], len(metadata["RequestId"])) == (403, 36)
    with pytest.raises(ClientError) as caught:
        account.client("glue", account.user()).get_jobs()
    assert json.dumps(caught.value.response["Error"]["Message"])
    assert len(caught.value.response["ResponseMetadata"]["RequestId"]) == 36


def test_a_schedule_needs_a_role_that_trusts_the_scheduler(account: Account) -> None:
    scheduler = account.client("scheduler")

    def schedule(trust: str) -> dict[str, Any]:
        target = {"Arn": account.arn("states", "stateMachine:m"), "RoleArn": account.role(trust)}
        window = {"Mode": "OFF"}
        return {
            "Name": account.name("schedule"),
            "ScheduleExpression": "rate(1 hour)",
            "Target": target,
            "FlexibleTimeWindow": window,
        }

    assert scheduler.create_schedule(**schedule(trusting("scheduler.amazonaws.com")))["ScheduleArn"]
    code, message = refusal(scheduler.create_schedule, **schedule(trusting("events.amazonaws.com")))
    assert (code, "must allow AWS EventBridge Scheduler" in message) == ("ValidationException", True)
