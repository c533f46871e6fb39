"""Creates and starts small state machines."""

import json
from typing import Any

from local.tests.account import Account, Statement, allow, trusting

STATES = trusting("states.amazonaws.com")
GLUE = allow("glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun")


def task(resource: str, arguments: dict[str, Any], **more: Any) -> dict[str, Any]:
    arn = f"arn:aws:states:::{resource}"
    return {"Type": "Task", "Resource": arn, "Arguments": arguments, **({"End": True} | more)}


def lambda_task(function: str, **more: Any) -> dict[str, Any]:
    return task("lambda:invoke", {"FunctionName": function, "Payload": {"a": 1}}, **more)


def job_task(job: str, **more: Any) -> dict[str, Any]:
    return task("glue:startJobRun.sync", {"JobName": job}, **more)


def read_task(bucket: str, key: str) -> dict[str, Any]:
    return task("aws-sdk:s3:getObject", {"Bucket": bucket, "Key": key})


def start(account: Account, states: dict[str, Any], *statements: Statement, given: Any = None, **top: Any) -> str:
    definition = {"StartAt": next(iter(states)), "States": states, **top}
    machine = account.state_machine(definition, account.role(STATES, *statements))
    started = account.client("stepfunctions").start_execution(stateMachineArn=machine, input=json.dumps(given))
    return str(started["executionArn"])


def run(account: Account, states: dict[str, Any], *statements: Statement, given: Any = None, **top: Any) -> Any:
    """The output, or (error, cause)."""
    ended = account.execution(start(account, states, *statements, given=given, **top))
    return json.loads(ended["output"]) if ended["status"] == "SUCCEEDED" else (ended.get("error"), ended.get("cause"))
