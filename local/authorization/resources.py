"""The permissions that a call needs: actions on resources.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from moto.secretsmanager.models import secretsmanager_backends

from local.authorization import s3
from local.authorization.calls import Call


@dataclass(frozen=True)
class Permission:
    """One action on one resource, with the condition keys."""

    action: str
    resource: str
    context: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AccountRegion:
    """The account and the region in ARNs."""

    account: str
    region: str

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a resource; an ARN stays unchanged."""
        return resource if resource.startswith("arn:") else f"arn:aws:{service}:{self.region}:{self.account}:{resource}"


def permissions(call: Call, place: AccountRegion) -> list[Permission]:
    """All permissions that a call needs; an operation without a rule below needs its action on `*`."""
    if call.service == "s3":
        return [Permission(*each) for each in s3.permissions(call)]
    operation = _ACTIONS.get((call.service, call.operation), call.operation)
    action = f"{_PREFIXES.get(call.service, call.service)}:{operation}"
    context = _context(call)
    return [Permission(action, resource, context) for resource in _resources(call, place)]


_PREFIXES = {"monitoring": "cloudwatch"}
_ACTIONS = {("lambda", "Invoke"): "InvokeFunction", ("lambda", "InvokeAsync"): "InvokeFunction"}


_SIX_CHARACTERS = "0" * 6
_STATE_MACHINE_COLONS = 6  # in an ARN without the version or alias after the name


def _context(call: Call) -> dict[str, str]:
    namespace = call.parameters.get("Namespace")
    if call.service == "monitoring" and namespace:
        return {"cloudwatch:namespace": namespace}
    machine = call.parameters.get("stateMachineArn", "") if call.service == "states" else ""
    if machine.count(":") > _STATE_MACHINE_COLONS:
        return {"states:StateMachineQualifier": machine.rpartition(":")[2]}
    entries = call.parameters.get("Entries") if call.service == "events" else None
    return {"events:source": str(entries[0].get("Source"))} if entries else {}


def _resources(call: Call, place: AccountRegion) -> list[str]:
    rule = _RULES.get(f"{call.service}:{call.operation}") or _RULES.get(call.service)
    return (rule(call.parameters, place) if rule else None) or ["*"]


def _glue(parameters: dict[str, Any], place: AccountRegion) -> list[str]:
    job = parameters.get("JobName") or parameters.get("Name")
    database = parameters.get("DatabaseName")
    if database:
        table = parameters.get("TableName") or parameters.get("TableInput", {}).get("Name") or parameters.get("Name")
        found = ["catalog", f"database/{database}", *([f"table/{database}/{table}"] if table else [])]
        return [place.arn("glue", resource) for resource in found]
    return [place.arn("glue", f"job/{job}")] if job else []


def _glue_connection(parameters: dict[str, Any], place: AccountRegion) -> list[str]:
    return [place.arn("glue", resource) for resource in ("catalog", f"connection/{parameters['Name']}")]


def _lambda(parameters: dict[str, Any], place: AccountRegion) -> list[str]:
    function = parameters.get("FunctionName")
    if not function:
        return []
    qualifier = parameters.get("Qualifier")
    name = function if function.startswith("arn:") else f"function:{function}"
    return [place.arn("lambda", name + (f":{qualifier}" if qualifier else ""))]


def _states(parameters: dict[str, Any], place: AccountRegion) -> list[str]:
    """A version or an alias needs a permission on its state machine; the qualifier is a condition key."""
    found = parameters.get("executionArn") or parameters.get("stateMachineArn")
    if found and ":stateMachine:" in found:
        found = ":".join(found.split(":")[: _STATE_MACHINE_COLONS + 1])
    return [found] if found else []


def _events(parameters: dict[str, Any], place: AccountRegion) -> list[str]:
    buses = {entry.get("EventBusName", "default") for entry in parameters.get("Entries", [])}
    return [place.arn("events", bus if bus.startswith("arn:") else f"event-bus/{bus}") for bus in sorted(buses)]


def _logs(parameters: dict[str, Any], place: AccountRegion) -> list[str]:
    group, stream = parameters.get("logGroupName"), parameters.get("logStreamName")
    if not group:
        return []
    return [place.arn("logs", f"log-group:{group}:log-stream:{stream or ''}")]


def _secrets(parameters: dict[str, Any], place: AccountRegion) -> list[str]:
    """The ARN of a secret ends in a hyphen and six characters, which a name does not have."""
    secret = parameters.get("SecretId", "")
    if not secret or secret.startswith("arn:"):
        return [secret] if secret else []
    known = secretsmanager_backends[place.account][place.region].secrets.get(secret)
    return [known.arn if known else place.arn("secretsmanager", f"secret:{secret}-{_SIX_CHARACTERS}")]


def _named(*names: str) -> Callable[[dict[str, Any], AccountRegion], list[str]]:
    def rule(parameters: dict[str, Any], place: AccountRegion) -> list[str]:
        found = next((parameters[name] for name in names if parameters.get(name)), None)
        return [found] if found and re.match("arn:", found) else []

    return rule


_RULES: dict[str, Callable[[dict[str, Any], AccountRegion], list[str]]] = {
    "events": _events,
    "glue": _glue,
    "glue:GetConnection": _glue_connection,
    "kms": _named("KeyId"),
    "lambda": _lambda,
    "logs": _logs,
    "secretsmanager": _secrets,
    "sns": _named("TopicArn", "TargetArn"),
    "states": _states,
    "sts": _named("RoleArn"),
}
