"""A Pulumi resource provider named `aws` that deploys to the local AWS.

The unmodified engine uses it if PULUMI_DEBUG_PROVIDERS is `aws:<port>`.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from local.endpoint import AwsEndpoint
from local.http import peers
from local.provider.servicer import Servicer

_MAX_MESSAGE_BYTES: Final = 400 * 1024 * 1024  # what the engine itself allows
_THREADS: Final = 32
_GRACE_SECONDS: Final = 5


@dataclass(frozen=True)
class ProviderServer:
    """A running provider."""

    port: int
    _server: grpc.Server

    def stop(self) -> None:
        """Stops the provider after the running calls."""
        self._server.stop(_GRACE_SECONDS).wait()


class _UserInterceptor(grpc.ServerInterceptor):  # type: ignore[type-arg]
    """Refuses the calls of other users, because every user of the machine can connect to the port."""

    port = 0

    def intercept_service(self, continuation: Callable[[Any], Any], handler_call_details: Any) -> Any:
        handler = continuation(handler_call_details)
        if handler is None or handler.unary_unary is None:
            return handler

        def answer(request: Any, context: grpc.ServicerContext) -> Any:
            if not peers.is_mine(int(context.peer().rpartition(":")[2]), self.port):
                context.abort(grpc.StatusCode.PERMISSION_DENIED, "the local AWS serves the user who started it")
            return handler.unary_unary(request, context)

        return grpc.unary_unary_rpc_method_handler(answer, handler.request_deserializer, handler.response_serializer)


def serve(aws: AwsEndpoint) -> ProviderServer:
    """Starts the provider on a free port of the loopback interface."""
    options = [
        ("grpc.max_receive_message_length", _MAX_MESSAGE_BYTES),
        ("grpc.max_send_message_length", _MAX_MESSAGE_BYTES),
    ]
    interceptor = _UserInterceptor()
    threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="provider")
    server = grpc.server(threads, interceptors=[interceptor], options=options)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(aws), server)
    interceptor.port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return ProviderServer(interceptor.port, server)
