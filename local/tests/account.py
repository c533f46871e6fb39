"""An account for tests: creates roles, buckets, functions, jobs and state machines, and runs them."""

import io
import itertools
import json
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

Statement = dict[str, Any]
_ENDED = ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED")


def allow(*actions: str, on: str = "*", **more: Any) -> Statement:
    return {"Effect": "Allow", "Action": list(actions), "Resource": [on], **more}


def deny(*actions: str, on: str = "*", **more: Any) -> Statement:
    return allow(*actions, on=on, **more) | {"Effect": "Deny"}


def document(*statements: Statement) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def trusting(service: str, **more: Any) -> str:
    statement = {"Effect": "Allow", "Principal": {"Service": [service]}, "Action": "sts:AssumeRole", **more}
    return document(statement)


def poll(look: Callable[[], Any]) -> Any:
    """Calls `look` until it returns a true value; fails after a minute."""
    deadline = time.monotonic() + 60
    while not (seen := look()):
        assert time.monotonic() < deadline, "no result after a minute"
        time.sleep(0.05)
    return seen


@dataclass
class Account:
    """The account of a running local AWS, with the administrator's permissions."""

    endpoint: dict[str, Any]
    state: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def client(self, service: str, key: tuple[str, str] | None = None, token: str | None = None) -> Any:
        """A client of the administrator, or of the owner of the access key."""
        identity, secret = key or (self.endpoint["access_key_id"], self.endpoint["secret_access_key"])
        return boto3.client(
            service,  # type: ignore[call-overload]
            endpoint_url=self.endpoint["aws"],
            region_name=self.endpoint["region"],
            aws_access_key_id=identity,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, signature_version="v4"),
        )

    def faults(self, *faults: dict[str, Any], key: tuple[str, str] | None = None, **more: Any) -> requests.Response:
        """Replaces the active faults."""
        return self.fault_call("PUT", json.dumps({"faults": faults, **more}), key)

    def fault_call(self, method: str, body: str = "", key: tuple[str, str] | None = None) -> requests.Response:
        """A signed request to the path that configures faults."""
        request = AWSRequest(method, self.endpoint["aws"] + "/_faults", data=body)
        identity, secret = key or (self.endpoint["access_key_id"], self.endpoint["secret_access_key"])
        SigV4Auth(Credentials(identity, secret), "faults", self.endpoint["region"]).add_auth(request)
        return requests.request(method, str(request.url), data=body, headers=dict(request.headers), timeout=60)

    def name(self, kind: str) -> str:
        return f"{kind}-{next(self._numbers)}"

    def arn(self, service: str, name: str) -> str:
        kind = {"lambda": "function:", "logs": "log-group:"}.get(service, "")
        return f"arn:aws:{service}:{self.endpoint['region']}:{self.endpoint['account']}:{kind}{name}"

    def user(self, *statements: Statement) -> tuple[str, str]:
        """The access key of a new user with these permissions."""
        iam, name = self.client("iam"), self.name("user")
        iam.create_user(UserName=name)
        if statements:
            iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=document(*statements))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]

    def role(self, trust: str, *statements: Statement) -> str:
        """The ARN of a new role with these permissions."""
        iam, name = self.client("iam"), self.name("role")
        arn: str = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        if statements:
            iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))
        return arn

    def bucket(self, **objects: str) -> str:
        """A new bucket with these objects, whose keys end in .txt."""
        s3, name = self.client("s3"), self.name("bucket")
        s3.create_bucket(Bucket=name)
        for key, text in objects.items():
            s3.put_object(Bucket=name, Key=f"{key}.txt", Body=text)
        return name

    def function(self, code: str, role: str | None = None, **more: Any) -> str:
        """The name of a new function; `code` is the module in which `handler` is defined."""
        name = self.name("function")
        self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.13",
            Handler="main.handler",
            Role=role or self.role(trusting("lambda.amazonaws.com")),
            Code={"ZipFile": self.archive(code)},
            **more,
        )
        return name

    def archive(self, code: str) -> bytes:
        """A function's archive, with one module `main`."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as content:
            content.writestr("main.py", code)
        return archive.getvalue()

    def invoke(self, function: str, event: Any = None) -> tuple[Any, str | None]:
        """The payload, and the kind of error, if it is one."""
        answer = self.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
        return json.load(answer["Payload"]), answer.get("FunctionError")

    def job(
        self,
        script: str,
        trust: str = trusting("glue.amazonaws.com"),
        statements: Sequence[Statement] = (),
        version: str = "6.0",
        **more: Any,
    ) -> str:
        """The name of a new job, whose role may read everything in S3 and has these permissions."""
        name, bucket = self.name("job"), self.bucket(script=script)
        self.client("glue").create_job(
            Name=name,
            Role=self.role(trust, allow("s3:GetObject", "s3:ListBucket"), *statements),
            Command={"Name": "glueetl", "ScriptLocation": f"s3://{bucket}/script.txt"},
            GlueVersion=version,
            **more,
        )
        return name

    def job_run(self, job: str, run: str, *until: str) -> dict[str, Any]:
        """The run's description, once it has ended or is in one of these states."""
        glue = self.client("glue")

        def look() -> Any:
            seen = glue.get_job_run(JobName=job, RunId=run)["JobRun"]
            return seen if seen["JobRunState"] in (until or _ENDED) else None

        return dict(poll(look))

    def state_machine(self, definition: dict[str, Any], role: str) -> str:
        """The ARN of a new state machine in JSONata."""
        text = json.dumps({"QueryLanguage": "JSONata", **definition})
        machine = self.client("stepfunctions").create_state_machine(
            name=self.name("machine"), definition=text, roleArn=role
        )
        return str(machine["stateMachineArn"])

    def execution(self, arn: str) -> dict[str, Any]:
        """The execution's description, once it has ended."""
        states = self.client("stepfunctions")

        def look() -> Any:
            seen = states.describe_execution(executionArn=arn)
            return seen if seen["status"] != "RUNNING" else None

        return dict(poll(look))
