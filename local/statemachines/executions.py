"""Step Functions: executions, as recorded on AWS (2024-01-28 to 2025-04-09).

An execution of a state machine, a version or an alias runs the definition at the time of its start.
https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-executions.html
"""

import copy
import random
import uuid
from datetime import UTC, datetime
from typing import Any

from moto.core.responses import ActionResult

from local.statemachines import json_errors, paging
from local.statemachines.machines import CONFIGURATION, Machines
from local.statemachines.redrives import redrive_fields
from local.statemachines.validation import failure, parts

_DATA = ("input", "inputDetails", "output", "outputDetails")


class Executions(Machines):
    """The operations on executions."""

    def start_execution(self) -> ActionResult:
        """Starts an execution of a state machine, of a version, or of a version that an alias selects by weight."""
        arn, backend = self.parameters["stateMachineArn"], self.stepfunction_backend
        machine_arn, qualifier = parts(arn)
        machine = self.machine(machine_arn)
        self._check_runnable(machine)
        text, name = self.parameters.get("input", "{}"), self.parameters.get("name")
        _check_input(text)
        if name:
            backend._validate_name(name)
        version, source_arns = self._version(machine, qualifier) if qualifier else (None, {})
        found = _BackendWithVersion(backend, machine, version, source_arns)
        execution = type(backend).start_execution(found, machine_arn, name or str(uuid.uuid4()), text)
        return ActionResult({"executionArn": execution.execution_arn, "startDate": execution.start_date})

    def start_sync_execution(self) -> ActionResult:
        """Refused: the local AWS does not run state machines of the type EXPRESS."""
        self._check_runnable(self.machine(parts(self.parameters["stateMachineArn"])[0]))
        text = "This operation is not supported by this type of state machine"
        raise failure("StateMachineTypeNotSupported", text)

    def describe_execution(self) -> ActionResult:
        """Describes status, input and output."""
        execution = self._execution()
        included = self.parameters.get("includedData") != "METADATA_ONLY"
        described = self._listed(execution) | redrive_fields(execution, execution.status)
        found = {"input": execution.execution_input, "output": execution.output}
        for name, value in found.items():
            if value is not None:
                described |= {f"{name}Details": {"included": included}} | ({name: value} if included else {})
        for name in ("error", "cause"):
            if getattr(execution, name) is not None:
                described[name] = getattr(execution, name)
        return ActionResult(described)

    def list_executions(self) -> ActionResult:
        """Lists executions, the newest first."""
        wanted = self.parameters
        if not wanted.get("stateMachineArn"):
            map_runs = "The local AWS does not list the executions of map runs"
            neither = "Must provide a StateMachine ARN or MapRun ARN"
            raise failure("ValidationException", map_runs if wanted.get("mapRunArn") else neither)
        machine_arn, qualifier = parts(wanted["stateMachineArn"])
        machine = self.machine(machine_arn)
        found = list(machine.executions)
        if qualifier:
            found = [each for each in found if wanted["stateMachineArn"] in started_by(each).values()]
        if status := wanted.get("statusFilter"):
            found = [each for each in found if each.status == status]
        if redriven := wanted.get("redriveFilter"):
            found = [
                each
                for each in found
                if bool(redrive_fields(each, each.status)["redriveCount"]) == (redriven == "REDRIVEN")
            ]
        newest_first = sorted(found, key=lambda each: each.start_date, reverse=True)
        listed = [
            self._listed(each) | {"redriveCount": redrive_fields(each, each.status)["redriveCount"]}
            for each in newest_first
        ]
        return ActionResult(paging.page("executions", listed, "executionArn", wanted))

    def stop_execution(self) -> ActionResult:
        """Stops a running execution; an ended one does not change."""
        execution = self._execution()
        stopped = execution.stop_date or datetime.now(UTC)
        if execution.stop_date is None:
            execution.stop(stopped, self.parameters.get("error"), self.parameters.get("cause"))
        return ActionResult({"stopDate": stopped})

    def get_execution_history(self) -> ActionResult:
        """Lists the events, the oldest first or last."""
        events = self._execution().to_history_output()["events"]
        if self.parameters.get("reverseOrder"):
            events = events[::-1]
        if self.parameters.get("includeExecutionData") is False:
            events = [{name: _without_data(value) for name, value in event.items()} for event in events]
        return ActionResult(paging.page("events", events, "id", self.parameters))

    def describe_state_machine_for_execution(self) -> ActionResult:
        """Describes the state machine at the time of the execution's start."""
        execution = self._execution()
        described = self.configuration(execution.state_machine)
        described["stateMachineArn"] = execution.state_machine_arn
        return ActionResult(described | {"updateDate": execution.state_machine.update_date})

    def _execution(self) -> Any:
        arn = self.parameters["executionArn"]
        for machine in self.stepfunction_backend.state_machines:
            for execution in machine.executions:
                if execution.execution_arn == arn:
                    return execution
        raise failure("ExecutionDoesNotExist", f"Execution Does Not Exist: '{arn}'")

    def _check_runnable(self, machine: Any) -> None:
        if machine.type != "STANDARD":
            text = f"invalid type '{machine.type}'; must be STANDARD: the local AWS does not run other state machines"
            raise failure("StateMachineTypeNotSupported", text)

    def _version(self, machine: Any, qualifier: str) -> tuple[Any, dict[str, str]]:
        """The version to run, selected by weight for an alias, and the ARNs of version and alias."""
        arns, number = {}, qualifier
        if alias := machine.aliases.get(qualifier):
            routes = alias.routing_configuration
            (route,) = random.choices(routes, [route["weight"] for route in routes])  # noqa: S311 (no secret)
            _, number = parts(route["stateMachineVersionArn"])
            arns["stateMachineAliasArn"] = alias.arn
        version = machine.versions.get(int(number)) if number.isdecimal() else None
        if version is None:
            raise failure("ResourceNotFound", f"Resource not found: '{machine.arn}:{qualifier}'")
        return version, arns | {"stateMachineVersionArn": version.arn}

    def _listed(self, execution: Any) -> dict[str, Any]:
        listed = {
            "executionArn": execution.execution_arn,
            "stateMachineArn": execution.state_machine_arn,
            "name": execution.name,
            "status": execution.status,
            "startDate": execution.start_date,
        }
        ended = {"stopDate": execution.stop_date} if execution.status != "RUNNING" else {}
        return listed | ended | started_by(execution)


class _BackendWithVersion:
    """moto's backend for one start: its state machine has the version's configuration and shares the executions."""

    def __init__(self, backend: Any, machine: Any, version: Any, started_by: dict[str, str]) -> None:
        self._backend = backend
        self._published = copy.copy(machine)
        self._published.started_by = started_by
        for name in (*CONFIGURATION, "revision_id") if version else ():
            setattr(self._published, name, getattr(version, name))

    def describe_state_machine(self, arn: str) -> Any:
        return self._published

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


def started_by(execution: Any) -> dict[str, str]:
    """The ARNs of the alias and of the version with which the execution was started."""
    found: dict[str, str] = vars(execution.state_machine).get("started_by", {})
    return found


def _check_input(text: str) -> None:
    error = json_errors.find(text)
    if error:
        message = error.message if text.strip() else "Invalid execution input."
        raise failure("InvalidExecutionInput", f"Invalid State Machine Execution Input: '{message}'")


def _without_data(details: Any) -> Any:
    if not isinstance(details, dict):
        return details
    return {name: value for name, value in details.items() if name not in _DATA}
