"""CloudWatch Logs: the keys of log groups."""

from typing import Any

from moto.logs.responses import LogsResponse

from local.moto_patches.patching import add


@add(LogsResponse, "associate_kms_key", "moto lacks AssociateKmsKey.")
def associate_kms_key(service: LogsResponse) -> str:
    _log_group(service).kms_key_id = service._get_param("kmsKeyId")
    return "{}"


@add(LogsResponse, "disassociate_kms_key", "moto lacks DisassociateKmsKey.")
def disassociate_kms_key(service: LogsResponse) -> str:
    _log_group(service).kms_key_id = None
    return "{}"


def _log_group(service: LogsResponse) -> Any:
    return service.logs_backend.groups[service._get_param("logGroupName")]
