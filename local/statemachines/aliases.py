"""Step Functions: aliases, as recorded on AWS (2025-04-09).

https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html
"""

import json
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.stepfunctions.models import StateMachineAlias

from local.statemachines import paging
from local.statemachines.validation import failure, parts

_TOTAL_WEIGHT = 100
_new_alias: Any = StateMachineAlias


class Aliases:
    """The operations on aliases, for a class with `parameters` and `machine`."""

    parameters: dict[str, Any]
    machine: Any

    def create_state_machine_alias(self) -> ActionResult:
        """Idempotent; an existing alias with another description or other routes is a conflict."""
        name, description = self.parameters["name"], self.parameters.get("description")
        routes = self.parameters["routingConfiguration"]
        machine = self._machine_of(routes)
        alias = machine.aliases.get(name)
        if alias and (alias.description, alias.routing_configuration) != (description, routes):
            text = "an alias with the same name and a different routing configuration already exists."
            raise failure("ConflictException", f"Failed to create alias because {text}")
        alias = alias or machine.aliases.setdefault(name, _new_alias(name, machine.arn, routes, description))
        return ActionResult({"stateMachineAliasArn": alias.arn, "creationDate": alias.creation_date})

    def update_state_machine_alias(self) -> ActionResult:
        """Changes the description, the routes, or both."""
        description, routes = (self.parameters.get(name) for name in ("description", "routingConfiguration"))
        if description is None and routes is None:
            text = "Either the description or the RoutingConfiguration must be specified"
            raise failure("MissingRequiredParameter", text)
        alias = self._alias()
        if alias is None:
            raise failure("ResourceNotFound", "Request references a resource that does not exist.")
        if routes is not None:
            self._machine_of(routes)
        alias.update(description=description, routing_configuration=routes)
        return ActionResult({"updateDate": alias.update_date})

    def describe_state_machine_alias(self) -> ActionResult:
        """Describes the alias and its routes."""
        alias = self._alias()
        if alias is None:
            raise failure("ResourceNotFound", "Request references a resource that does not exist.")
        described = {
            "stateMachineAliasArn": alias.arn,
            "name": alias.name,
            "description": alias.description,
            "routingConfiguration": alias.routing_configuration,
            "creationDate": alias.creation_date,
            "updateDate": alias.update_date,
        }
        return ActionResult({name: value for name, value in described.items() if value is not None})

    def delete_state_machine_alias(self) -> EmptyResult:
        """Idempotent: the alias may be missing."""
        alias = self._alias()
        if alias:
            self.machine(alias.statemachine_arn).aliases.pop(alias.name)
        return EmptyResult()

    def list_state_machine_aliases(self) -> ActionResult:
        """Lists aliases, the oldest first."""
        machine_arn, qualifier = parts(self.parameters["stateMachineArn"])
        aliases = sorted(
            self.machine(machine_arn).aliases.values(), key=lambda alias: (alias.creation_date, alias.name)
        )
        if qualifier:
            version = f"{machine_arn}:{qualifier}"
            aliases = [alias for alias in aliases if version in _versions(alias.routing_configuration)]
        listed = [{"stateMachineAliasArn": alias.arn, "creationDate": alias.creation_date} for alias in aliases]
        return ActionResult(paging.page("stateMachineAliases", listed, "stateMachineAliasArn", self.parameters))

    def _alias(self) -> Any:
        machine_arn, name = parts(self.parameters["stateMachineAliasArn"])
        return self.machine(machine_arn).aliases.get(name)

    def _machine_of(self, routes: list[dict[str, Any]]) -> Any:
        """The state machine of the versions in the routes."""
        arns, weights = _versions(routes), [route["weight"] for route in routes]
        received = f"Received: [{', '.join(arns)}]"
        if len({*arns}) < len(arns):
            text = f"Routing configuration must contain distinct state machine version ARNs. {received}"
            raise failure("ValidationException", text)
        if sum(weights) != _TOTAL_WEIGHT:
            text = f"Sum of routing configuration weights must equal 100. Received: {json.dumps(weights)}"
            raise failure("ValidationException", text)
        if not all(parts(arn)[1].isdecimal() for arn in arns):
            text = f"Routing configuration must contain state machine version ARNs. {received}"
            raise failure("ValidationException", text)
        machines = {parts(arn)[0] for arn in arns}
        if len(machines) > 1:
            text = f"Routing configuration must contain versions of one state machine. {received}"
            raise failure("ValidationException", text)
        machine = self.machine(machines.pop())
        for arn in arns:
            if int(parts(arn)[1]) not in machine.versions:
                raise failure("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{arn}'")
        return machine


def _versions(routes: list[dict[str, Any]]) -> list[str]:
    return [route["stateMachineVersionArn"] for route in routes]
