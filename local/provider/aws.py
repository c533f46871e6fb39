"""Calls to the local AWS: one botocore session, a client per service and region, errors in one line."""

import os
import re
import threading
from collections.abc import Mapping
from typing import Any, Final

import botocore.session
from botocore import xform_name
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.model import OperationModel, ServiceModel

from local.endpoint import AwsEndpoint

_ABSENT_CODE: Final = re.compile(r"NotFound|NoSuch|DoesNotExist|NonExistent|^404$")
_ABSENT_MESSAGE: Final = re.compile(r"not found|does not exist", re.IGNORECASE)  # Athena has one code for all
_CONFIG: Final = Config(
    proxies={},
    max_pool_connections=32,
    retries={"total_max_attempts": 2},  # for a kept connection that the server just closed
    s3={"addressing_style": "path"},
)
_NOWHERE: Final = (None, None, os.devnull, None)


class AwsError(Exception):
    """What a call to AWS was refused with."""

    def __init__(self, operation: str, code: str, message: str) -> None:
        super().__init__(f"{operation}: {code}: {' '.join(message.split())}")
        self.code = code
        self.message = message

    @property
    def absent(self) -> bool:
        """Whether AWS says that what the call was about does not exist."""
        told = self.code == "InvalidRequestException" and _ABSENT_MESSAGE.search(self.message)
        return bool(told or _ABSENT_CODE.search(self.code))


class Aws:
    """The account of the local AWS, in one region. Safe to use from many threads."""

    def __init__(self, endpoint: AwsEndpoint, region: str) -> None:
        self.region = region
        self.account = endpoint.account
        self.partition = (
            "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"
        )
        self._endpoint = endpoint
        # The person's own profile, credentials and proxies have no say in what runs on this machine only.
        self._session = botocore.session.Session(
            session_vars={"profile": (None, None, None, None), "config_file": _NOWHERE, "credentials_file": _NOWHERE}
        )
        self._clients: dict[str, BaseClient] = {}
        self._lock = threading.Lock()

    def model(self, service: str, operation: str) -> OperationModel:
        services: ServiceModel = self.client(service).meta.service_model
        return services.operation_model(operation)

    def call(self, service: str, operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """The response, all pages of it where the operation gives pages."""
        client = self.client(service)
        method = xform_name(operation)
        try:
            if client.can_paginate(method):
                pages: dict[str, Any] = client.get_paginator(method).paginate(**request).build_full_result()
                return pages
            response: dict[str, Any] = getattr(client, method)(**request)
            return response
        except ClientError as error:
            details = error.response.get("Error", {})
            code, message = details.get("Code", ""), details.get("Message", "")
            if message.startswith("<!doctype"):
                message = "the local AWS failed in this operation, or does not have it: its log says more"
            raise AwsError(operation, code, message) from error
        except BotoCoreError as error:
            raise AwsError(operation, type(error).__name__, str(error)) from error

    def client(self, service: str) -> BaseClient:
        with self._lock:  # botocore's sessions may not make two clients at once
            if service not in self._clients:
                self._clients[service] = self._session.create_client(
                    service,
                    region_name=self.region,
                    endpoint_url=self._endpoint.url,
                    aws_access_key_id=self._endpoint.access_key_id,
                    aws_secret_access_key=self._endpoint.secret_access_key,
                    config=_CONFIG,
                )
            return self._clients[service]
