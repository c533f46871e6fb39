"""Ten sources that come slowly, extracted by the workflow's own Map on the local AWS, beside the slowest alone."""

import io
import json
import time
import uuid
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import boto3

from bench.equivalence import DEFINITION
from bench.pairs import Pair, measure

ROOT = Path(__file__).parents[1]
# how long the server takes for each of them; what the function costs besides is small beside the slowest
SECONDS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 15)
_LOOK_SECONDS = 0.1


def run(source: str, aws: Mapping[str, str], function: Mapping[str, str]) -> Pair:
    """Of files at `source`; `aws` and `function` are the environments of clients and of the function."""
    account = _Account(aws)
    role = account.role("lambda.amazonaws.com", "s3:GetObject", "s3:ListBucket", "s3:PutObject")
    name = account.function(role, {name: function[name] for name in ("ALLOWED_HOSTS", "SSL_CERT_FILE")})
    return measure(
        f"extraction of {len(SECONDS)} sources, of {min(SECONDS)} to {max(SECONDS)} s, to the slowest alone",
        "at most 1.5",
        lambda ratio: ratio <= 1.5,
        lambda: account.seconds(_map(source, SECONDS, account.bucket, name)),
        lambda: account.seconds(_map(source, [max(SECONDS)], account.bucket, name)),
    )


def _map(source: str, seconds: Iterable[int], bucket: str, function: str) -> dict[str, Any]:
    """The workflow's state that extracts, over other sources, in a state machine of its own."""
    shipped = json.loads(DEFINITION.read_text().replace("data-bucket", bucket))["States"]["ExtractData"]
    extract = shipped["ItemProcessor"]["States"]["ExtractSource"]
    extract["Arguments"]["FunctionName"] = function
    items = [{"name": f"seconds_{each}", "uri": f"{source}/{1024**2}?{each}"} for each in seconds]
    kept = ("Type", "ItemSelector", "MaxConcurrency", "ItemProcessor")
    state = {name: shipped[name] for name in kept} | {"Items": items, "End": True}
    first = {"Type": "Pass", "Assign": {"full": True, "published": {}}, "Next": "ExtractData"}
    return {"QueryLanguage": "JSONata", "StartAt": "First", "States": {"First": first, "ExtractData": state}}


class _Account:
    """The resources and the processes of the local AWS."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._clients = {
            name: boto3.client(  # type: ignore[call-overload]
                name,
                endpoint_url=environment["AWS_ENDPOINT_URL"],
                region_name=environment["AWS_REGION"],
                aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
            )
            for name in ("iam", "lambda", "s3", "stepfunctions")
        }
        self.bucket = f"bench-{uuid.uuid4()}"
        self._clients["s3"].create_bucket(Bucket=self.bucket)
        self._role = self.role("states.amazonaws.com", "lambda:InvokeFunction")

    def role(self, service: str, *actions: str) -> str:
        name = f"bench-{service.split('.')[0]}"
        trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
        rights = {"Effect": "Allow", "Action": actions, "Resource": "*"}
        iam = self._clients["iam"]
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=_document(trust))["Role"]["Arn"]
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=_document(rights))
        return str(arn)

    def function(self, role: str, variables: Mapping[str, str]) -> str:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as content:
            for module in (ROOT / "lambda" / "extract").glob("*.py"):
                content.write(module, module.name)
        created = self._clients["lambda"].create_function(
            FunctionName="bench-extract",
            Runtime="python3.13",
            Handler="handler.handler",
            Role=role,
            Timeout=60,
            MemorySize=512,
            Code={"ZipFile": archive.getvalue()},
            Environment={"Variables": {**variables, "RAW_RETENTION_DAYS": "30"}},
        )
        return str(created["FunctionArn"])

    def seconds(self, definition: Mapping[str, Any]) -> float:
        """How long an execution takes, from its start to its end as it is seen; one that fails ends the bench."""
        states = self._clients["stepfunctions"]
        machine = states.create_state_machine(
            name=f"bench-{uuid.uuid4()}", definition=json.dumps(definition), roleArn=self._role
        )["stateMachineArn"]
        started = time.monotonic()
        run = states.start_execution(stateMachineArn=machine)["executionArn"]
        while (seen := states.describe_execution(executionArn=run))["status"] == "RUNNING":
            time.sleep(_LOOK_SECONDS)
        if seen["status"] != "SUCCEEDED":
            raise SystemExit(f"the extraction of several sources failed: {seen.get('error')}: {seen.get('cause')}")
        return time.monotonic() - started


def _document(statement: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
