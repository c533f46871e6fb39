"""The engine's side of the protocol: the calls of `pulumi up`, `refresh` and `destroy` for one resource."""

from dataclasses import dataclass, replace
from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from local.provider.values import to_python, to_struct

Properties = dict[str, Any]


@dataclass(frozen=True)
class Registered:
    """A resource in the engine's state."""

    urn: str
    id: str
    inputs: Properties
    outputs: Properties


class CheckFailedError(Exception):
    """The inputs were refused."""


class Engine:
    """One provider instance, with its own connection."""

    def __init__(self, port: int, **configuration: Any) -> None:
        own = [("grpc.use_local_subchannel_pool", 1)]  # otherwise all channels of the process share one connection
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=own)
        self.provider = provider_pb2_grpc.ResourceProviderStub(self.channel)
        self.provider.Configure(provider_pb2.ConfigureRequest(args=to_struct(configuration)))

    def check(self, kind: str, name: str, program: Properties, old: Properties | None = None) -> Properties:
        request = provider_pb2.CheckRequest(
            urn=urn(kind, name),
            olds=to_struct(old or {}),
            news=to_struct(program),
            randomSeed=b"seed of " + name.encode(),
        )
        answer = self.provider.Check(request)
        if answer.failures:
            raise CheckFailedError("\n".join(f"{failure.property}: {failure.reason}" for failure in answer.failures))
        return to_python(answer.inputs)

    def preview(self, kind: str, name: str, program: Properties) -> Properties:
        inputs = self.check(kind, name, program)
        request = provider_pb2.CreateRequest(urn=urn(kind, name), properties=to_struct(inputs), preview=True)
        return to_python(self.provider.Create(request).properties)

    def create(self, kind: str, name: str, program: Properties) -> Registered:
        inputs = self.check(kind, name, program)
        request = provider_pb2.CreateRequest(urn=urn(kind, name), properties=to_struct(inputs))
        answer = self.provider.Create(request)
        return Registered(urn(kind, name), answer.id, inputs, to_python(answer.properties))

    def diff(self, old: Registered, program: Properties) -> Any:
        kind, name = old.urn.split("::")[2:]
        return self.compare(old, self.check(kind, name, program, old.inputs))

    def compare(self, old: Registered, news: Properties) -> Any:
        return self.provider.Diff(
            provider_pb2.DiffRequest(
                id=old.id,
                urn=old.urn,
                olds=to_struct(old.outputs),
                old_inputs=to_struct(old.inputs),
                news=to_struct(news),
            )
        )

    def update(self, old: Registered, program: Properties, preview: bool = False) -> Registered:
        kind, name = old.urn.split("::")[2:]
        news = self.check(kind, name, program, old.inputs)
        request = provider_pb2.UpdateRequest(
            id=old.id,
            urn=old.urn,
            olds=to_struct(old.outputs),
            old_inputs=to_struct(old.inputs),
            news=to_struct(news),
            preview=preview,
        )
        return replace(old, inputs=news, outputs=to_python(self.provider.Update(request).properties))

    def refresh(self, old: Registered) -> Registered | None:
        """The current resource; None if it does not exist."""
        request = provider_pb2.ReadRequest(
            id=old.id, urn=old.urn, properties=to_struct(old.outputs), inputs=to_struct(old.inputs)
        )
        answer = self.provider.Read(request)
        if not answer.id:
            return None
        return Registered(old.urn, answer.id, to_python(answer.inputs), to_python(answer.properties))

    def adopt(self, kind: str, name: str, identity: str) -> Registered | None:
        """The resource with an id, as `pulumi import` reads it."""
        return self.refresh(Registered(urn(kind, name), identity, {}, {}))

    def delete(self, old: Registered) -> None:
        self.provider.Delete(
            provider_pb2.DeleteRequest(
                id=old.id, urn=old.urn, properties=to_struct(old.outputs), old_inputs=to_struct(old.inputs)
            )
        )

    def invoke(self, token: str, **arguments: Any) -> Properties:
        answer = self.provider.Invoke(provider_pb2.InvokeRequest(tok=token, args=to_struct(arguments)))
        return to_python(getattr(answer, "return"))


def urn(kind: str, name: str) -> str:
    return f"urn:pulumi:test::provider::{kind}::{name}"
