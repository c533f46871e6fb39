"""Operations that deploying needs and moto lacks, added to its services."""

from typing import Any

from botocore import xform_name
from moto.athena.responses import AthenaResponse
from moto.awslambda.models import LambdaFunction
from moto.budgets.responses import BudgetsResponse
from moto.core.responses import ActionResult
from moto.glue.responses import GlueResponse
from moto.logs.responses import LogsResponse
from moto.s3.responses import S3Response
from moto.sqs.models import Queue

from local.moto_seams import add, replace

_JOB_UPDATE = (
    *("Command", "Connections", "DefaultArguments", "Description", "ExecutionClass", "ExecutionProperty"),
    *("GlueVersion", "LogUri", "MaxCapacity", "MaxRetries", "NonOverridableArguments", "NotificationProperty"),
    *("NumberOfWorkers", "Role", "SecurityConfiguration", "SourceControlDetails", "Timeout", "WorkerType"),
)


_update_known_configuration = LambdaFunction.update_configuration
_update_known_code = LambdaFunction.update_function_code
_set_all_queue_attributes = Queue._set_attributes
_get_other_notifications = S3Response.get_bucket_notification
_known_named_query = AthenaResponse.get_named_query


def install() -> None:
    """To be called before moto serves."""
    add(AthenaResponse, "delete_named_query", _delete_named_query)
    replace(AthenaResponse, "get_named_query", _get_named_query)
    add(AthenaResponse, "update_work_group", _update_work_group)
    add(BudgetsResponse, "update_budget", _update_budget)
    add(GlueResponse, "update_job", _update_job)
    replace(S3Response, "get_bucket_notification", _get_bucket_notification)
    replace(Queue, "_set_attributes", _set_queue_attributes)
    replace(LambdaFunction, "update_configuration", _update_configuration)
    replace(LambdaFunction, "update_function_code", _update_code)
    add(LogsResponse, "associate_kms_key", _associate_kms_key)
    add(LogsResponse, "disassociate_kms_key", _disassociate_kms_key)


def _update_job(service: GlueResponse) -> ActionResult:
    """The whole definition is replaced: what the update does not say is gone."""
    name, update = service.parameters["JobName"], service.parameters["JobUpdate"]
    job = service.glue_backend.get_job(name)
    for member in _JOB_UPDATE:
        setattr(job, xform_name(member), update.get(member))
    job.default_arguments = job.default_arguments or {}
    job.execution_class = job.execution_class or "STANDARD"
    job.execution_property = job.execution_property or {}
    return ActionResult({"JobName": name})


def _update_work_group(service: AthenaResponse) -> str:
    group = service.athena_backend.work_groups[service._get_param("WorkGroup")]
    group.description = service._get_param("Description", group.description)
    group.state = service._get_param("State") or group.state
    updates: dict[str, Any] = service._get_param("ConfigurationUpdates") or {}
    results = updates.pop("ResultConfigurationUpdates", {})
    group.configuration = {**group.configuration, **updates}
    group.configuration["ResultConfiguration"] = {**group.configuration.get("ResultConfiguration", {}), **results}
    return "{}"


def _get_named_query(service: AthenaResponse) -> Any:
    """moto fails on a query that does not exist."""
    identity = service._get_param("NamedQueryId")
    if identity in service.athena_backend.named_queries:
        return _known_named_query(service)
    return service.error(f"NamedQuery {identity} was not found", 400)


def _delete_named_query(service: AthenaResponse) -> str:
    service.athena_backend.named_queries.pop(service._get_param("NamedQueryId"), None)
    return "{}"


def _update_configuration(function: LambdaFunction, updates: dict[str, Any]) -> dict[str, Any]:
    """moto changes but some of the configuration."""
    function.ephemeral_storage = updates.get("EphemeralStorage", {}).get("Size", function.ephemeral_storage)
    function.kms_key_arn = updates.get("KMSKeyArn", function.kms_key_arn)
    function.tracing_config = updates.get("TracingConfig", function.tracing_config)
    answer: dict[str, Any] = _update_known_configuration(function, updates)
    return answer


def _update_code(function: LambdaFunction, updates: dict[str, Any]) -> dict[str, Any]:
    function.architectures = updates.get("Architectures", function.architectures)
    answer: dict[str, Any] = _update_known_code(function, updates)
    return answer


def _associate_kms_key(service: LogsResponse) -> str:
    _log_group(service).kms_key_id = service._get_param("kmsKeyId")
    return "{}"


def _disassociate_kms_key(service: LogsResponse) -> str:
    _log_group(service).kms_key_id = None
    return "{}"


def _log_group(service: LogsResponse) -> Any:
    return service.logs_backend.groups[service._get_param("logGroupName")]


def _set_queue_attributes(queue: Queue, attributes: dict[str, Any], now: float | None = None) -> None:
    """moto takes the policy away whenever something else is set."""
    _set_all_queue_attributes(queue, {"Policy": getattr(queue, "policy", None), **attributes}, now)


def _get_bucket_notification(service: S3Response) -> Any:
    """moto keeps that a bucket tells EventBridge, but does not say so."""
    kept = service.backend.get_bucket_notification_configuration(service.bucket_name)
    if kept is None or kept.event_bridge is None:
        return _get_other_notifications(service)
    service.data["Action"] = "GetBucketNotificationConfiguration"
    return service.serialized(ActionResult({"EventBridgeConfiguration": {}}))


def _update_budget(service: BudgetsResponse) -> str:
    account, update = service._get_param("AccountId"), service._get_param("NewBudget")
    kept = service.backend.describe_budget(account, update["BudgetName"])
    service.backend.budgets[account][update["BudgetName"]].budget = {"TimePeriod": kept["TimePeriod"], **update}
    return "{}"
