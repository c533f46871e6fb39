"""A Pulumi resource provider named `aws` whose account is the local AWS.

The unmodified engine uses it where PULUMI_DEBUG_PROVIDERS says `aws:<port>`.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from local.endpoint import AwsEndpoint
from local.provider.servicer import Servicer

_MAX_MESSAGE_BYTES: Final = 400 * 1024 * 1024  # what the engine itself allows
_THREADS: Final = 32
_GRACE_SECONDS: Final = 5


@dataclass(frozen=True)
class ProviderServer:
    """A provider that is being served."""

    port: int
    _server: grpc.Server

    def stop(self) -> None:
        """Ends it, once the calls under way are done."""
        self._server.stop(_GRACE_SECONDS).wait()


def serve(aws: AwsEndpoint) -> ProviderServer:
    """Starts the provider on a free port of the loopback interface."""
    options = [
        ("grpc.max_receive_message_length", _MAX_MESSAGE_BYTES),
        ("grpc.max_send_message_length", _MAX_MESSAGE_BYTES),
    ]
    server = grpc.server(ThreadPoolExecutor(_THREADS, thread_name_prefix="provider"), options=options)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(aws), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return ProviderServer(port, server)
