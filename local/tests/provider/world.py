"""Resources that the examples refer to, created by boto3 instead of the provider."""

import functools
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import boto3

from local.endpoint import AwsEndpoint

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})
MACHINE = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}})


def _archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("main.py", "def handler(event, context): pass")
    return content.getvalue()


@functools.cache
def _client(endpoint: AwsEndpoint, service: str) -> Any:
    """Shared by all tests, because creating a client takes longer than most calls."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=endpoint.url,
        region_name=endpoint.region,
        aws_access_key_id=endpoint.access_key_id,
        aws_secret_access_key=endpoint.secret_access_key,
    )


@dataclass(frozen=True)
class World:
    """One resource of each type to which another may refer."""

    endpoint: AwsEndpoint
    bucket: str = "existing-bucket"
    role: str = "existing-role"
    database: str = "existing_database"
    rule: str = "existing-rule"
    function: str = "existing-function"

    def client(self, service: str) -> Any:
        return _client(self.endpoint, service)

    def build(self) -> "World":
        self.client("s3").create_bucket(Bucket=self.bucket)
        self.client("iam").create_role(RoleName=self.role, AssumeRolePolicyDocument=TRUST)
        self.client("iam").create_policy(PolicyName="existing-policy", PolicyDocument=POLICY)
        self.client("glue").create_database(DatabaseInput={"Name": self.database})
        self.client("sns").create_topic(Name="existing-topic")
        self.client("logs").create_log_group(logGroupName="existing-logs")
        machine = self.client("stepfunctions").create_state_machine(
            name="existing-machine", definition=MACHINE, roleArn=self.role_arn, publish=True
        )
        self.client("stepfunctions").update_state_machine(
            stateMachineArn=machine["stateMachineArn"], definition=MACHINE.replace("Done", "Over"), publish=True
        )
        self.client("events").put_rule(Name=self.rule, EventPattern='{"source": ["aws.s3"]}')
        self.client("lambda").create_function(
            FunctionName=self.function,
            Runtime="python3.13",
            Handler="main.handler",
            Role=self.role_arn,
            Code={"ZipFile": _archive()},
        )
        self.client("sqs").create_queue(QueueName="existing-queue")
        return self

    @property
    def policy_arn(self) -> str:
        return f"arn:aws:iam::{self.endpoint.account}:policy/existing-policy"

    @property
    def role_arn(self) -> str:
        return f"arn:aws:iam::{self.endpoint.account}:role/{self.role}"

    def arn(self, service: str, rest: str) -> str:
        return f"arn:aws:{service}:{self.endpoint.region}:{self.endpoint.account}:{rest}"

    def key_id(self) -> str:
        return str(self.client("kms").create_key()["KeyMetadata"]["KeyId"])

    def secret_arn(self) -> str:
        return str(self.client("secretsmanager").create_secret(Name="existing-secret")["ARN"])

    def version(self, number: int) -> str:
        return self.arn("states", f"stateMachine:existing-machine:{number}")

    def queue_url(self) -> str:
        return str(self.client("sqs").get_queue_url(QueueName="existing-queue")["QueueUrl"])

    def connection_arn(self) -> str:
        key = {"ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "secret"}}
        answer = self.client("events").create_connection(
            Name="existing-connection", AuthorizationType="API_KEY", AuthParameters=key
        )
        return str(answer["ConnectionArn"])
