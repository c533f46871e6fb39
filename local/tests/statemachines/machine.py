"""State machines that do nothing, and refused calls."""

import json
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from local.tests.account import Account, allow, trusting

STATES = trusting("states.amazonaws.com")
PASS = {"StartAt": "S", "States": {"S": {"Type": "Pass", "End": True}}}
WAIT = {"StartAt": "S", "States": {"S": {"Type": "Wait", "Seconds": 60, "End": True}}}
WITH_TOKEN = {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": True}
JSONATA = {"QueryLanguage": "JSONata", "StartAt": "S"}


class Machine:
    """A state machine that does nothing."""

    def __init__(self, account: Account, definition: Any = PASS, **more: Any) -> None:
        self.account, self.states = account, account.client("stepfunctions")
        self.name, self.role = account.name("machine"), account.role(STATES, allow("*"))
        self.definition = json.dumps(definition)
        self.created = self.create(**more)
        self.arn = str(self.created["stateMachineArn"])

    def create(self, **more: Any) -> Any:
        wanted = {"name": self.name, "definition": self.definition, "roleArn": self.role, **more}
        return self.states.create_state_machine(**wanted)

    def update(self, word: str, **more: Any) -> Any:
        definition = json.dumps({**PASS, "Comment": word})
        return self.states.update_state_machine(stateMachineArn=self.arn, definition=definition, **more)

    def alias(self, name: str = "live", description: str = "d", **weights: int) -> Any:
        routes = [
            {"stateMachineVersionArn": f"{self.arn}{':' if version else ''}{version[1:]}", "weight": weight}
            for version, weight in weights.items()
        ]
        return self.states.create_state_machine_alias(name=name, description=description, routingConfiguration=routes)

    def run(self, **more: Any) -> Any:
        return self.account.execution(self.states.start_execution(stateMachineArn=self.arn, **more)["executionArn"])


def refusal(call: Any, **arguments: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def unchecked(account: Account) -> Any:
    """A client that lets the service check what it sends."""
    endpoint = account.endpoint
    return boto3.client(
        "stepfunctions",
        endpoint_url=endpoint["aws"],
        region_name=endpoint["region"],
        aws_access_key_id=endpoint["access_key_id"],
        aws_secret_access_key=endpoint["secret_access_key"],
        config=Config(parameter_validation=False, inject_host_prefix=False, retries={"total_max_attempts": 1}),
    )
