"""The names that Step Functions gives to errors, and what the names match.

Optimized integrations use the AWS SDK for Java 1, SDK integrations use version 2. An error that is in a service's model
has the model's name, any other has the name of the service's base exception, and a request without a response has the
SDK's own name. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
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

from local.moto_patches.patching import patch
from local.service_models import service_model
from local.single_flight import single_flight

# the prefix of error names, and of the base exception
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
    """A service in version 1: botocore's name, the prefix of error names, the base exception, the name in causes."""

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
# recorded 2024-03-21: States.DataLimitExceeded can be caught
_UNCATCHABLE = "States.Runtime"


_NAMES = "moto names an error by its code, and ends the execution on errors without a code."


@patch(StateTaskServiceAwsSdk, "_from_error", _NAMES)
@patch(StateTaskServiceDynamoDB, "_from_error", _NAMES)
@patch(StateTaskServiceEvents, "_from_error", _NAMES)
@patch(StateTaskServiceGlue, "_from_error", _NAMES)
@patch(StateTaskServiceLambda, "_from_error", _NAMES)
@patch(StateTaskServiceSfn, "_from_error", _NAMES)
@patch(StateTaskServiceSns, "_from_error", _NAMES)
@patch(StateTaskServiceSqs, "_from_error", _NAMES)
def failure_of_task(original: Callable[[Any, Any, Exception], FailureEvent], task: Any, env: Any, ex: Exception) -> Any:
    if not isinstance(ex, ClientError | BotoCoreError):
        return original(task, env, ex)
    sdk = next((sdk for task_type, sdk in _SDK_1.items() if isinstance(task, task_type)), None)
    error, cause = _of_sdk_1(sdk, ex) if sdk else _of_sdk_2(task, ex)
    details = TaskFailedEventDetails(
        resource=task._get_sfn_resource(), resourceType=task._get_sfn_resource_type(), error=error, cause=cause
    )
    event: Any = {"taskFailedEventDetails": details}
    return FailureEvent(env, CustomErrorName(error), HistoryEventType.TaskFailed, event)


@patch(
    SfnFailedEntryCountException,
    "__init__",
    "Recorded 2025-11: the cause of a PutEvents that failed in part is the response as JSON.",
)
def init_failed_entries(error: Any, cause: dict[str, Any]) -> None:
    error.cause = json.dumps(cause, separators=(",", ":"))


@patch(ErrorEqualsDecl, "_eval_body", "States.Runtime cannot be caught, and States.TaskFailed does not match timeouts.")
def eval_error_equals(names: ErrorEqualsDecl, env: Any) -> None:
    # a Fail state may have no error
    error = getattr(env.stack.pop(), "error_name", None)
    wanted = {name.error_name for name in names.error_names}
    by_wildcard = "States.ALL" in wanted or ("States.TaskFailed" in wanted and error != "States.Timeout")
    env.stack.append(error in wanted or (by_wildcard and error != _UNCATCHABLE))


@patch(
    CustomErrorName,
    "__init__",
    "moto refuses reserved names, by which a failed branch or item fails the state around it.",
)
def init_error_name(name: Any, error_name: Any) -> None:
    ErrorName.__init__(name, error_name)


def _of_sdk_2(task: Any, error: Any) -> tuple[str, str]:
    service = task.resource.api_name.lower()
    prefix = _SDK_2.get(service, task.resource.api_name)
    if isinstance(error, BotoCoreError):
        return _without_response(prefix, error)
    body, metadata = error.response["Error"], error.response["ResponseMetadata"]
    request = metadata.get("RequestId", "")
    details = [f"Service: {prefix}", f"Status Code: {metadata['HTTPStatusCode']}", f"Request ID: {request}"]
    if service == "s3":
        # every response of S3 has a second id, which moto lacks
        details.append(f"Extended Request ID: {metadata.get('HostId', request)}")
    name = _modelled(service, error) or f"{prefix}Exception"
    return f"{prefix}.{name}", f"{body['Message']} ({', '.join(details)})"


def _of_sdk_1(sdk: _Sdk1, error: Any) -> tuple[str, str]:
    if isinstance(error, BotoCoreError):
        return _without_response(sdk.prefix, error)
    body, metadata = error.response["Error"], error.response["ResponseMetadata"]
    details = (
        f"Service: {sdk.name}; Status Code: {metadata['HTTPStatusCode']}; "
        f"Error Code: {body['Code']}; Request ID: {metadata.get('RequestId', '')}; Proxy: null"
    )
    name = _modelled(sdk.service, error) or sdk.base
    return f"{sdk.prefix}.{name}", f"{body['Message']} ({details})"


def _without_response(prefix: str, error: BotoCoreError) -> tuple[str, str]:
    return f"{prefix}.SdkClientException", f"Unable to execute HTTP request: {error}"


def _modelled(service: str, error: Any) -> str | None:
    """The exception's name in the service's model, if it has one."""
    code = error.response["Error"]["Code"]
    # the SDKs of Step Functions are older than this exception
    found = None if code == "AccessDenied" else _error_names(service).get(code)
    return found if found is None or found.endswith("Exception") else found + "Exception"


@single_flight
def _error_names(service: str) -> dict[str, str]:
    model = service_model(_BOTOCORE_NAMES.get(service, service))
    return {shape.metadata.get("error", {}).get("code", shape.name): shape.name for shape in model.error_shapes}
