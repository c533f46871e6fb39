"""Calls to the local AWS: one botocore session, one client per service and region, errors in one line."""

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
    retries={"total_max_attempts": 2},  # the server may close a persistent connection
    s3={"addressing_style": "path"},
)
_NO_FILE: Final = (None, None, os.devnull, None)


class AwsError(Exception):
    """The error response of a call to AWS."""

    def __init__(self, operation: str, code: str, message: str) -> None:
        super().__init__(f"{operation}: {code}: {' '.join(message.split())}")
        self.code = code
        self.message = message

    @property
    def absent(self) -> bool:
        """Whether the resource does not exist."""
        by_message = self.code == "InvalidRequestException" and _ABSENT_MESSAGE.search(self.message)
        return bool(by_message or _ABSENT_CODE.search(self.code))


class Aws:
    """The account of the local AWS in one region; safe to use from many threads."""

    def __init__(self, endpoint: AwsEndpoint, region: str) -> None:
        self.region = region
        self.account = endpoint.account
        self.partition = (
            "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"
        )
        self._endpoint = endpoint
        # the user's own profile, credentials and proxies must not affect a local server
        self._session = botocore.session.Session(
            session_vars={
                "profile": (None, None, None, None),
                "config_file": _NO_FILE,
                "credentials_file": _NO_FILE,
            }
        )
        self._clients: dict[str, BaseClient] = {}
        self._lock = threading.Lock()

    def model(self, service: str, operation: str) -> OperationModel:
        services: ServiceModel = self.client(service).meta.service_model
        return services.operation_model(operation)

    def call(self, service: str, operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """The response, with all pages of a paginated operation."""
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
                message = "the local AWS failed or does not support the operation; see its log"
            raise AwsError(operation, code, message) from error
        except BotoCoreError as error:
            raise AwsError(operation, type(error).__name__, str(error)) from error

    def client(self, service: str) -> BaseClient:
        with self._lock:  # a botocore session is not thread-safe
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
