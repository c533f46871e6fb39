"""The names that Step Functions gives to errors, and what they match, where moto 5.2.5's interpreter has others.

Its optimized integrations are written with the AWS SDK for Java 1, its SDK integrations with version 2: an error that a
service's model names is known by that name, any other by the service's base exception, and a request that got no answer
by the SDK's own. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
"""

from collections.abc import Callable
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
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_glue import (
    StateTaskServiceGlue,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_lambda import (
    StateTaskServiceLambda,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_sns import (
    StateTaskServiceSns,
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
    "sfn": "Sfn",
    "sns": "Sns",
}
_SDK_1 = {
    StateTaskServiceLambda: ("lambda", "Lambda", "AWSLambdaException"),
    StateTaskServiceGlue: ("glue", "Glue", "AWSGlueException"),
    StateTaskServiceSns: ("sns", "SNS", "AmazonSNSException"),
}
_BOTOCORE_NAMES = {"eventbridge": "events", "sfn": "stepfunctions"}
# no retrier and no catcher gets these
_FINAL = {"States.Runtime", "States.DataLimitExceeded"}


def install() -> None:
    """Makes moto's interpreter name errors as AWS does."""
    _name_errors_of(StateTaskServiceAwsSdk, _of_sdk_2)
    for task, (service, prefix, base) in _SDK_1.items():
        _name_errors_of(task, _of_sdk_1(service, prefix, base))
    replace(ErrorEqualsDecl, "_eval_body", _eval_error_equals)
    # what fails a branch or an item by a reserved name fails the state around it by that name; moto refuses it
    replace(CustomErrorName, "__init__", ErrorName.__init__)


def _of_sdk_2(task: Any, error: Exception) -> str:
    service = task.resource.api_name.lower()
    prefix = _SDK_2.get(service, task.resource.api_name)
    if isinstance(error, BotoCoreError):
        return f"{prefix}.SdkClientException"
    return f"{prefix}.{_modelled(service, error) or prefix + 'Exception'}"


def _of_sdk_1(service: str, prefix: str, base: str) -> Callable[[Any, Exception], str]:
    def name(task: Any, error: Exception) -> str:
        if isinstance(error, BotoCoreError):
            return f"{prefix}.SdkClientException"
        return f"{prefix}.{_modelled(service, error) or base}"

    return name


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


def _name_errors_of(task_class: Any, name: Callable[[Any, Exception], str]) -> None:
    """moto names the errors that have a code by that code, and ends the execution on all others."""
    of_error: Callable[[Any, Any, Exception], FailureEvent] = task_class._from_error

    def from_error(task: Any, env: Any, ex: Exception) -> FailureEvent:
        if not isinstance(ex, ClientError | BotoCoreError):
            return of_error(task, env, ex)
        error = name(task, ex)
        details = TaskFailedEventDetails(
            resource=task._get_sfn_resource(),
            resourceType=task._get_sfn_resource_type(),
            error=error,
            cause=_cause(ex),
        )
        event: Any = {"taskFailedEventDetails": details}
        return FailureEvent(env, CustomErrorName(error), HistoryEventType.TaskFailed, event)

    replace(task_class, "_from_error", from_error)


def _cause(error: Any) -> str:
    if isinstance(error, BotoCoreError):
        return f"Unable to execute HTTP request: {error}"
    told, facts = error.response["Error"], error.response["ResponseMetadata"]
    code, status = told["Code"], facts["HTTPStatusCode"]
    return f"{told['Message']} (Error Code: {code}, Status Code: {status}, Request ID: {facts['RequestId']})"


def _eval_error_equals(names: ErrorEqualsDecl, env: Any) -> None:
    error = env.stack.pop().error_name
    wanted = {name.error_name for name in names.error_names}
    by_wildcard = "States.ALL" in wanted or ("States.TaskFailed" in wanted and error != "States.Timeout")
    env.stack.append(error in wanted or (by_wildcard and error not in _FINAL))
