"""The names that Step Functions gives to errors, and what they match, where moto 5.2.5's interpreter has others.

Its optimized integrations are written with the AWS SDK for Java 1, its SDK integrations with version 2: an error that a
service's model names is known by that name, any other by the service's base exception, and a request that got no answer
by the SDK's own. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from moto.stepfunctions.parser.api import HistoryEventType, TaskFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.error_equals_decl import ErrorEqualsDecl
from moto.stepfunctions.parser.asl.component.common.error_name.error_name import ErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (
    StateTaskServiceAwsSdk,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_dynamodb import (
    StateTaskServiceDynamoDB,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_events import (
    SfnFailedEntryCountException,
    StateTaskServiceEvents,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_glue import (
    StateTaskServiceGlue,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_lambda import (
    StateTaskServiceLambda,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_sfn import (
    StateTaskServiceSfn,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_sns import (
    StateTaskServiceSns,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_sqs import (
    StateTaskServiceSqs,
)

from local.moto_seams import replace
from local.once import once, service_model

# the service's name as error names begin, and its base exception
_SDK_2 = {
    "cloudwatch": "CloudWatch",
    "dynamodb": "DynamoDb",
    "eventbridge": "EventBridge",
    "glue": "Glue",
    "s3": "S3",
    "secretsmanager": "SecretsManager",
    "sfn": "Sfn",
    "sns": "Sns",
    "sqs": "Sqs",
}
_BOTOCORE_NAMES = {"eventbridge": "events", "sfn": "stepfunctions"}


@dataclass(frozen=True)
class _Sdk1:
    """A service of version 1: by botocore's name, in error names, its base exception's name and its own in causes."""

    service: str
    prefix: str
    base: str
    name: str


_SDK_1 = {
    StateTaskServiceDynamoDB: _Sdk1("dynamodb", "DynamoDB", "AmazonDynamoDBException", "AmazonDynamoDBv2"),
    StateTaskServiceEvents: _Sdk1("events", "EventBridge", "AmazonEventBridgeException", "AmazonEventBridge"),
    StateTaskServiceGlue: _Sdk1("glue", "Glue", "AWSGlueException", "AWSGlue"),
    StateTaskServiceLambda: _Sdk1("lambda", "Lambda", "AWSLambdaException", "AWSLambda"),
    StateTaskServiceSfn: _Sdk1("stepfunctions", "StepFunctions", "AWSStepFunctionsException", "AWSStepFunctions"),
    StateTaskServiceSns: _Sdk1("sns", "SNS", "AmazonSNSException", "AmazonSNS"),
    StateTaskServiceSqs: _Sdk1("sqs", "SQS", "AmazonSQSException", "AmazonSQS"),
}
# no retrier and no catcher gets it; recorded 2024-03-21: States.DataLimitExceeded is caught
_FINAL = "States.Runtime"


def install() -> None:
    """Makes moto's interpreter name errors as AWS does."""
    _describe_errors_of(StateTaskServiceAwsSdk, _of_sdk_2)
    for task, sdk in _SDK_1.items():
        _describe_errors_of(task, _of_sdk_1(sdk))
    replace(SfnFailedEntryCountException, "__init__", _failed_entries_as_json)
    replace(ErrorEqualsDecl, "_eval_body", _eval_error_equals)
    # what fails a branch or an item by a reserved name fails the state around it by that name; moto refuses it
    replace(CustomErrorName, "__init__", ErrorName.__init__)


def _of_sdk_2(task: Any, error: Any) -> tuple[str, str]:
    service = task.resource.api_name.lower()
    prefix = _SDK_2.get(service, task.resource.api_name)
    if isinstance(error, BotoCoreError):
        return _of_no_answer(prefix, error)
    told, facts = error.response["Error"], error.response["ResponseMetadata"]
    request = facts.get("RequestId", "")
    details = [f"Service: {prefix}", f"Status Code: {facts['HTTPStatusCode']}", f"Request ID: {request}"]
    if service == "s3":
        # every answer of S3 has a second one, which moto lacks
        details.append(f"Extended Request ID: {facts.get('HostId', request)}")
    name = _modelled(service, error) or f"{prefix}Exception"
    return f"{prefix}.{name}", f"{told['Message']} ({', '.join(details)})"


def _of_sdk_1(sdk: _Sdk1) -> Callable[[Any, Any], tuple[str, str]]:
    def described(task: Any, error: Any) -> tuple[str, str]:
        if isinstance(error, BotoCoreError):
            return _of_no_answer(sdk.prefix, error)
        told, facts = error.response["Error"], error.response["ResponseMetadata"]
        details = (
            f"Service: {sdk.name}; Status Code: {facts['HTTPStatusCode']}; "
            f"Error Code: {told['Code']}; Request ID: {facts.get('RequestId', '')}; Proxy: null"
        )
        name = _modelled(sdk.service, error) or sdk.base
        return f"{sdk.prefix}.{name}", f"{told['Message']} ({details})"

    return described


def _of_no_answer(prefix: str, error: BotoCoreError) -> tuple[str, str]:
    return f"{prefix}.SdkClientException", f"Unable to execute HTTP request: {error}"


def _modelled(service: str, error: Any) -> str | None:
    """The exception's name if the service's model has one for it."""
    code = error.response["Error"]["Code"]
    # newer than the SDKs that Step Functions is written with
    found = None if code == "AccessDenied" else _error_names(service).get(code)
    return found if found is None or found.endswith("Exception") else found + "Exception"


@once
def _error_names(service: str) -> dict[str, str]:
    model = service_model(_BOTOCORE_NAMES.get(service, service))
    return {shape.metadata.get("error", {}).get("code", shape.name): shape.name for shape in model.error_shapes}


def _describe_errors_of(task_class: Any, describe: Callable[[Any, Exception], tuple[str, str]]) -> None:
    """moto names the errors that have a code by that code, and ends the execution on all others."""
    of_error: Callable[[Any, Any, Exception], FailureEvent] = task_class._from_error

    def from_error(task: Any, env: Any, ex: Exception) -> FailureEvent:
        if not isinstance(ex, ClientError | BotoCoreError):
            return of_error(task, env, ex)
        error, cause = describe(task, ex)
        details = TaskFailedEventDetails(
            resource=task._get_sfn_resource(), resourceType=task._get_sfn_resource_type(), error=error, cause=cause
        )
        event: Any = {"taskFailedEventDetails": details}
        return FailureEvent(env, CustomErrorName(error), HistoryEventType.TaskFailed, event)

    replace(task_class, "_from_error", from_error)


def _failed_entries_as_json(error: Any, cause: dict[str, Any]) -> None:
    """Recorded 2025-11: the answer of a PutEvents that failed in part is the cause, as JSON."""
    error.cause = json.dumps(cause, separators=(",", ":"))


def _eval_error_equals(names: ErrorEqualsDecl, env: Any) -> None:
    # a Fail state may name no error
    error = getattr(env.stack.pop(), "error_name", None)
    wanted = {name.error_name for name in names.error_names}
    by_wildcard = "States.ALL" in wanted or ("States.TaskFailed" in wanted and error != "States.Timeout")
    env.stack.append(error in wanted or (by_wildcard and error != _FINAL))
