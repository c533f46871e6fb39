"""Step Functions: state machines and their revisions, as recorded on AWS (2023-06-22 to 2024-11-20).

https://docs.aws.amazon.com/step-functions/latest/dg/concepts-statemachines.html
"""

import json
import uuid
from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from local.statemachines import definitions, execution_logs, paging
from local.statemachines.validation import failure, parts

CONFIGURATION = ("definition", "roleArn", "loggingConfiguration", "tracingConfiguration", "encryptionConfiguration")
_DEFAULTS = {"tracingConfiguration": {"enabled": False}, "encryptionConfiguration": {"type": "AWS_OWNED_KEY"}}


class Machines:
    """The operations on state machines, for a response class of moto with `parameters`."""

    parameters: dict[str, Any]
    stepfunction_backend: Any

    def machine(self, arn: str) -> Any:
        """The state machine of an ARN without a qualifier."""
        found = next((machine for machine in self.stepfunction_backend.state_machines if machine.arn == arn), None)
        if found is None:
            raise failure("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{arn}'")
        return found

    def machine_or_version(self, arn: str) -> Any:
        """The state machine or the version of an ARN."""
        machine_arn, qualifier = parts(arn)
        machine = self.machine(machine_arn) if not qualifier or qualifier.isdecimal() else None
        found = machine.versions.get(int(qualifier)) if machine and qualifier else machine
        if found is None:
            raise failure("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{arn}'")
        return found

    def create_state_machine(self) -> ActionResult:
        """Idempotent; an existing state machine with another configuration is an error."""
        wanted = self.parameters
        if wanted.get("versionDescription") and not wanted.get("publish"):
            raise failure("ValidationException", "Version description can only be set when publish is true")
        kind, machines = wanted.get("type") or "STANDARD", self.stepfunction_backend.state_machines
        logging = execution_logs.configured(wanted.get("loggingConfiguration") or {})
        machine = next((machine for machine in machines if machine.name == wanted["name"]), None)
        if machine:
            same = (machine.definition, machine.type, machine.loggingConfiguration, machine.tracingConfiguration)
            tracing = wanted.get("tracingConfiguration") or _DEFAULTS["tracingConfiguration"]
            if same != (wanted["definition"], kind, logging, tracing):
                raise failure("StateMachineAlreadyExists", f"State Machine Already Exists: '{machine.arn}'")
        else:
            definitions.check(wanted["definition"], kind)
            execution_logs.prepare(logging)
            machine = self.stepfunction_backend.create_state_machine(
                name=wanted["name"],
                definition=wanted["definition"],
                roleArn=wanted["roleArn"],
                tags=wanted.get("tags"),
                loggingConfiguration=logging,
                tracingConfiguration=wanted.get("tracingConfiguration"),
                encryptionConfiguration=wanted.get("encryptionConfiguration"),
                sm_type=kind,
            )
            machine.revision_id = None
        created = {"stateMachineArn": machine.arn, "creationDate": machine.creation_date}
        if wanted.get("publish"):
            created["stateMachineVersionArn"] = self.published(machine, wanted.get("versionDescription")).arn
        return ActionResult(created)

    def update_state_machine(self) -> ActionResult:
        """Changes the state machine, which creates a revision; only a version preserves a revision."""
        arn, wanted = self.parameters["stateMachineArn"], self.parameters
        if parts(arn)[1]:
            raise failure("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{arn}'")
        machine = self.machine(arn)
        if wanted.get("versionDescription") and not wanted.get("publish"):
            raise failure("ValidationException", "Version description can only be set when publish is true")
        changes = {name: wanted[name] for name in CONFIGURATION if wanted.get(name)}
        if not changes:
            one = "the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration"
            raise failure("MissingRequiredParameter", f"Either {one} must be specified")
        if "loggingConfiguration" in changes:
            changes["loggingConfiguration"] = execution_logs.configured(changes["loggingConfiguration"])
            execution_logs.prepare(changes["loggingConfiguration"])
        if "definition" in changes:
            definitions.check(changes["definition"], machine.type)
        if any(_differs(name, value, getattr(machine, name)) for name, value in changes.items()):
            machine.revision_id = str(uuid.uuid4())
        machine.update(**changes)
        answer = {"updateDate": machine.update_date, **_revision(machine)}
        if wanted.get("publish"):
            answer["stateMachineVersionArn"] = self.published(machine, wanted.get("versionDescription")).arn
        return ActionResult(answer)

    def describe_state_machine(self) -> ActionResult:
        """Describes a state machine or a version."""
        found = self.machine_or_version(self.parameters["stateMachineArn"])
        described = self.configuration(found)
        described |= {"stateMachineArn": found.arn, "status": "ACTIVE", "type": found.type}
        described["creationDate"] = found.creation_date
        return ActionResult(described | ({"description": found.description} if found.description else {}))

    def list_state_machines(self) -> ActionResult:
        """Lists state machines by name."""
        found = sorted(self.stepfunction_backend.state_machines, key=lambda machine: str(machine.name))
        listed = [
            {"stateMachineArn": each.arn, "name": each.name, "type": each.type, "creationDate": each.creation_date}
            for each in found
        ]
        return ActionResult(paging.page("stateMachines", listed, "stateMachineArn", self.parameters))

    def validate_state_machine_definition(self) -> ActionResult:
        """Validates a definition without creating a state machine."""
        return ActionResult(definitions.validate(self.parameters))

    def tag_resource(self) -> EmptyResult:
        """Tags a state machine or an activity; versions and aliases have no tags."""
        tags = {tag["key"]: tag["value"] for tag in self.parameters["tags"]}
        self.stepfunction_backend.tag_resource(self._taggable(), tags)
        return EmptyResult()

    def untag_resource(self) -> EmptyResult:
        """Idempotent: a tag may be missing."""
        self.stepfunction_backend.untag_resource(self._taggable(), self.parameters["tagKeys"])
        return EmptyResult()

    def list_tags_for_resource(self) -> ActionResult:
        """Lists tags in the order in which they were added."""
        return ActionResult(self.stepfunction_backend.list_tags_for_resource(self._taggable()))

    def _taggable(self) -> str:
        arn, backend = str(self.parameters["resourceArn"]), self.stepfunction_backend
        if arn not in backend.activities and all(machine.arn != arn for machine in backend.state_machines):
            raise failure("ResourceNotFound", f"Resource not found: '{arn}'")
        return arn

    def configuration(self, found: Any) -> dict[str, Any]:
        """The members that describe a state machine, a version or the state machine of an execution."""
        described = {name: getattr(found, name) or _DEFAULTS.get(name) for name in CONFIGURATION}
        return described | {"name": found.name} | _revision(found)

    def published(self, machine: Any, description: str | None) -> Any:
        """The version of the current revision, which is created unless it exists."""
        for version in machine.versions.values():
            if version.revision_id == machine.revision_id:
                return version
        machine.publish(description)
        machine.latest_version.revision_id = machine.revision_id
        return machine.latest_version


def _revision(found: Any) -> dict[str, str]:
    """A state machine that was never updated has no revision."""
    revision = vars(found).get("revision_id")
    return {"revisionId": revision} if revision else {}


def _differs(name: str, wanted: Any, current: Any) -> bool:
    return bool(json.loads(wanted) != json.loads(current) if name == "definition" else wanted != current)
