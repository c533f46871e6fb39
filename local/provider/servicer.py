"""Pulumi's provider protocol: decodes each request, calls a Lifecycle, encodes the response."""
# ruff: noqa: N802 (the methods are named by the protocol)

import json
import threading
from typing import Any, Final

import grpc
from google.protobuf.empty_pb2 import Empty  # type: ignore[import-untyped]
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from local.endpoint import AwsEndpoint
from local.provider import configuration, diff, naming, steps
from local.provider.aws import Aws
from local.provider.configuration import Configuration
from local.provider.errors import kind_and_name, reported
from local.provider.invokes import INVOKES
from local.provider.lifecycle import Lifecycle
from local.provider.resources import RESOURCES
from local.provider.shapes import PropertyError
from local.provider.spec import Properties, Resource
from local.provider.values import to_python, to_struct

VERSION: Final = "6.83.0"
_Kind: Final = provider_pb2.PropertyDiff.Kind
_KINDS: Final = {
    "add": (_Kind.ADD, _Kind.ADD_REPLACE),
    "delete": (_Kind.DELETE, _Kind.DELETE_REPLACE),
    "update": (_Kind.UPDATE, _Kind.UPDATE_REPLACE),
}


class Servicer(provider_pb2_grpc.ResourceProviderServicer):
    """The provider `aws` for one local AWS."""

    def __init__(self, endpoint: AwsEndpoint) -> None:
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._regions: dict[str, Aws] = {}
        self._latest = Configuration(endpoint.region)
        self._configurations: dict[str, Configuration] = {}

    def Attach(self, request: Any, context: grpc.ServicerContext) -> Empty:
        return Empty()

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        return provider_pb2.ProviderHandshakeResponse(supports_autonaming_configuration=True)

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        return plugin_pb2.PluginInfo(version=VERSION)

    def GetSchema(self, request: Any, context: grpc.ServicerContext) -> Any:
        return provider_pb2.GetSchemaResponse(schema=json.dumps({"name": "aws", "version": VERSION}))

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Empty:
        return Empty()

    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        problems = configuration.problems(to_python(request.news), self._endpoint)
        return provider_pb2.CheckResponse(inputs=request.news, failures=map(_failure, problems))

    def DiffConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        changed = sorted(diff.changed(to_python(request.old_inputs), to_python(request.news)))
        return _diff_response(changed, replaces=[name for name in changed if name == "region"])

    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        configured = configuration.configured(to_python(request.args), self._endpoint)
        with self._lock:
            self._configurations[context.peer()] = self._latest = configured
        return provider_pb2.ConfigureResponse(supportsPreview=True, supports_autonaming_configuration=True)

    @reported
    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:
        lifecycle = self._lifecycle(request, context)
        olds, news = to_python(request.olds), to_python(request.news)
        problems = list(steps.validate(lifecycle.resource, lifecycle.aws, news))
        if rule := lifecycle.resource.auto_name:
            _, logical_name = kind_and_name(request.urn)
            try:
                news = naming.named(rule, request, logical_name, olds, news)
            except PropertyError as problem:
                problems.append(problem)
        inputs = self._with_default_tags(lifecycle.resource, news, context)
        return provider_pb2.CheckResponse(inputs=to_struct(inputs), failures=map(_failure, problems))

    @reported
    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:
        resource = self._lifecycle(request, context).resource
        olds, news = to_python(request.old_inputs), to_python(request.news)
        changed = sorted(diff.changed(olds, news))
        replaces = [name for name in changed if name in resource.replace]
        detailed = {
            path: provider_pb2.PropertyDiff(kind=_KINDS[change][name in replaces], inputDiff=True)
            for name in changed
            for path, change in diff.differences(olds.get(name), news.get(name), name)
        }
        return _diff_response(changed, replaces, detailed, _deletes_first(resource, olds, news))

    @reported
    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        lifecycle, inputs = self._lifecycle(request, context), to_python(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=to_struct(lifecycle.planned({}, inputs)))
        identity, state = lifecycle.create(inputs)
        return provider_pb2.CreateResponse(id=identity, properties=to_struct(state))

    @reported
    def Read(self, request: Any, context: grpc.ServicerContext) -> Any:
        lifecycle = self._lifecycle(request, context)
        state, inputs = to_python(request.properties), to_python(request.inputs)
        found = lifecycle.read(request.id, state)
        if found is None:
            return provider_pb2.ReadResponse()
        identity, live = found
        current = lifecycle.refreshed_inputs(inputs, state, live) if state else lifecycle.imported_inputs(live)
        return provider_pb2.ReadResponse(id=identity, properties=to_struct(live), inputs=to_struct(current))

    @reported
    def Update(self, request: Any, context: grpc.ServicerContext) -> Any:
        lifecycle = self._lifecycle(request, context)
        state, before, inputs = (to_python(struct) for struct in (request.olds, request.old_inputs, request.news))
        if request.preview:
            return provider_pb2.UpdateResponse(properties=to_struct(lifecycle.planned(state, inputs)))
        updated = lifecycle.update(request.id, state, before, inputs)
        return provider_pb2.UpdateResponse(properties=to_struct(updated))

    @reported
    def Delete(self, request: Any, context: grpc.ServicerContext) -> Empty:
        self._lifecycle(request, context).delete(request.id, to_python(request.properties))
        return Empty()

    @reported
    def Invoke(self, request: Any, context: grpc.ServicerContext) -> Any:
        if request.tok not in INVOKES:
            known = ", ".join(sorted(INVOKES))
            raise LookupError(f"the local AWS does not support this function; must be one of {known}")
        result = INVOKES[request.tok](self._aws(context), to_python(request.args))
        return provider_pb2.InvokeResponse(**{"return": to_struct(result)})

    def _lifecycle(self, request: Any, context: grpc.ServicerContext) -> Lifecycle:
        kind, _ = kind_and_name(request.urn)
        if kind not in RESOURCES:
            known = ", ".join(sorted(RESOURCES))
            raise LookupError(f"the local AWS does not support this type; must be one of {known}")
        return Lifecycle(self._aws(context), RESOURCES[kind])

    def _aws(self, context: grpc.ServicerContext) -> Aws:
        region = self._configuration(context).region
        with self._lock:
            if region not in self._regions:
                self._regions[region] = Aws(self._endpoint, region)
            return self._regions[region]

    def _configuration(self, context: grpc.ServicerContext) -> Configuration:
        """The configuration of the connection; the engine opens one connection per provider instance."""
        with self._lock:
            return self._configurations.get(context.peer(), self._latest)

    def _with_default_tags(self, resource: Resource, news: Properties, context: grpc.ServicerContext) -> Properties:
        defaults, own = self._configuration(context).default_tags, news.get("tags") or {}
        if not defaults or not isinstance(own, dict) or "tags" not in resource.inputs:
            return news
        return {**news, "tags": {**defaults, **own}}


def _failure(problem: PropertyError) -> Any:
    return provider_pb2.CheckFailure(property=problem.path, reason=problem.reason)


def _deletes_first(resource: Resource, olds: Properties, news: Properties) -> bool:
    """Whether the old resource must be deleted before its replacement, for example because of the same name."""
    name = resource.auto_name.property if resource.auto_name else None
    return resource.delete_first or (name is not None and diff.same(olds.get(name), news.get(name)))


def _diff_response(
    changed: list[str], replaces: list[str], detailed: dict[str, Any] | None = None, delete_first: bool = False
) -> Any:
    return provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE,
        diffs=changed,
        replaces=replaces,
        detailedDiff=detailed,
        hasDetailedDiff=detailed is not None,
        deleteBeforeReplace=bool(replaces) and delete_first,
    )
