"""Step Functions: published versions of a state machine, and executions that start by a version or an alias.

moto 5.2.5 keeps versions and aliases but can neither list, publish nor delete a version, nor start one, nor tell which
definition an execution runs.
https://docs.aws.amazon.com/step-functions/latest/dg/concepts-cd-aliasing-versioning.html
"""

import copy
import random
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import AWSError
from moto.core.responses import ActionResult, EmptyResult
from moto.stepfunctions.exceptions import ResourceNotFound
from moto.stepfunctions.models import StateMachine, StateMachineVersion
from moto.stepfunctions.parser.models import StepFunctionsParserBackend
from moto.stepfunctions.responses import StepFunctionResponse

from local.moto_seams import add, replace

_PUBLISHED = ("definition", "roleArn", "encryptionConfiguration", "loggingConfiguration", "tracingConfiguration")
_publish_anew = StateMachine.publish
_validate_weights = StepFunctionResponse._validate_routing_configuration
_describe_execution = StepFunctionResponse.describe_execution
_describe_current: Callable[[Any], ActionResult] = StepFunctionResponse.describe_state_machine_for_execution


class _ConflictError(AWSError):
    TYPE = "ConflictException"


class _Executions(list[Any]):
    """A version's executions; they run, and moto copies state machines with all that belongs to them."""

    def __deepcopy__(self, memo: Any) -> "_Executions":
        return _Executions()


def install() -> None:
    """To be called before moto serves."""
    replace(StateMachine, "publish", _publish)
    replace(StepFunctionResponse, "_validate_routing_configuration", _validate_routes)
    replace(StepFunctionResponse, "describe_execution", _describe_with_version)
    replace(StepFunctionResponse, "describe_state_machine_for_execution", _describe_what_runs)
    replace(
        StepFunctionsParserBackend,
        "start_execution",
        _starting_versions(StepFunctionsParserBackend.start_execution),
    )
    add(StepFunctionResponse, "publish_state_machine_version", _publish_version)
    add(StepFunctionResponse, "list_state_machine_versions", _list_versions)
    add(StepFunctionResponse, "delete_state_machine_version", _delete_version)


def _publish(machine: Any, description: str | None) -> None:
    """What has not changed since it was published stays the version that it is."""
    latest = machine.latest_version
    if latest and all(getattr(latest, name) == getattr(machine, name) for name in _PUBLISHED):
        return
    _publish_anew(machine, description)
    machine.latest_version.executions = _Executions()


def _publish_version(service: StepFunctionResponse) -> ActionResult:
    machine: Any = service.stepfunction_backend.describe_state_machine(service._get_param("stateMachineArn"))
    machine.publish(service._get_param("description"))
    version = machine.latest_version
    return ActionResult({"stateMachineVersionArn": version.arn, "creationDate": version.creation_date})


def _list_versions(service: StepFunctionResponse) -> ActionResult:
    machine = service.stepfunction_backend.describe_state_machine(service._get_param("stateMachineArn"))
    newest_first = sorted(machine.versions.values(), key=lambda version: -version.version)
    listed = [
        {"stateMachineVersionArn": version.arn, "creationDate": version.creation_date} for version in newest_first
    ]
    return ActionResult({"stateMachineVersions": listed})


def _delete_version(service: StepFunctionResponse) -> ActionResult:
    arn = service._get_param("stateMachineVersionArn")
    machine_arn, number = _parts(arn)
    machine = service.stepfunction_backend.describe_state_machine(machine_arn)
    for alias in machine.aliases.values():
        if arn in (route["stateMachineVersionArn"] for route in alias.routing_configuration):
            raise _ConflictError(f"Version {arn} is referenced by alias {alias.arn}")
    machine.versions.pop(int(number), None)
    return EmptyResult()


def _validate_routes(service: StepFunctionResponse, routes: list[dict[str, Any]]) -> None:
    """moto takes versions that do not exist."""
    _validate_weights(service, routes)
    for route in routes:
        service.stepfunction_backend.describe_state_machine(route["stateMachineVersionArn"])


def _describe_with_version(service: StepFunctionResponse) -> Any:
    described: Any = _describe_execution(service)
    execution = service.stepfunction_backend.describe_execution(service._get_param("executionArn"))
    described.result.update(vars(execution).get("started_by", {}))
    return described


def _describe_what_runs(service: StepFunctionResponse) -> ActionResult:
    """An execution keeps the definition that it was started with; moto describes it by the current one."""
    machine: Any = _describe_current(service).result
    execution: Any = service.stepfunction_backend.describe_execution(service._get_param("executionArn"))
    started = execution.exec_worker._evaluation_details.state_machine_details
    return ActionResult({**machine, "definition": started.definition})


def _starting_versions(start: Callable[..., Any]) -> Callable[..., Any]:
    def start_execution(backend: Any, state_machine_arn: str, *rest: Any, **named: Any) -> Any:
        machine_arn, qualifier = _parts(state_machine_arn)
        if not qualifier:
            return start(backend, state_machine_arn, *rest, **named)
        machine = backend.describe_state_machine(machine_arn)
        version, started_by = _version(machine, qualifier)
        execution = start(_AsPublished(backend, machine, version), machine_arn, *rest, **named)
        if execution not in version.executions:
            version.executions.append(execution)
            execution.started_by = started_by
        return execution

    return start_execution


def _parts(arn: str) -> tuple[str, str]:
    """The state machine's own ARN, and the version's number or the alias's name after it."""
    parts = arn.split(":")
    return ":".join(parts[:7]), ":".join(parts[7:])


def _version(machine: StateMachine, qualifier: str) -> tuple[StateMachineVersion, dict[str, str]]:
    """The version to run; by an alias each of its versions has the chance that its weight gives it."""
    told = {}
    number = qualifier
    if alias := machine.aliases.get(qualifier):
        routes = alias.routing_configuration
        (route,) = random.choices(routes, [route["weight"] for route in routes])  # noqa: S311 (chance, no secret)
        _, number = _parts(route["stateMachineVersionArn"])
        told["stateMachineAliasArn"] = alias.arn
    version = machine.versions.get(int(number)) if number.isdecimal() else None
    if version is None:
        raise ResourceNotFound(f"{machine.arn}:{qualifier}")
    return version, told | {"stateMachineVersionArn": version.arn}


class _AsPublished:
    """The backend, as one start sees it: the state machine is what the version is, its executions are its own."""

    def __init__(self, backend: Any, machine: StateMachine, version: StateMachineVersion) -> None:
        self._backend = backend
        self._published = copy.copy(machine)
        for name in _PUBLISHED:
            setattr(self._published, name, getattr(version, name))

    def describe_state_machine(self, arn: str) -> StateMachine:
        return self._published

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)
