"""Step Functions: published versions, as recorded on AWS (2023-08-11 to 2024-07-01).

https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-version.html
"""

from moto.core.responses import ActionResult, EmptyResult

from local.statemachines import paging
from local.statemachines.machines import Machines
from local.statemachines.validation import failure, parts

# the revision id of a state machine that was never updated
_INITIAL = "INITIAL"


class Versions(Machines):
    """The operations on versions."""

    def publish_state_machine_version(self) -> ActionResult:
        """Publishes the current revision; the request may name the expected revision."""
        machine = self.machine(self.parameters["stateMachineArn"])
        wanted, current = self.parameters.get("revisionId"), machine.revision_id or _INITIAL
        if wanted not in (None, current):
            text = f"Failed to publish the State Machine version for revision {wanted}."
            raise failure("ConflictException", f"{text} The current State Machine revision is {current}.")
        version = self.published(machine, self.parameters.get("description"))
        return ActionResult({"stateMachineVersionArn": version.arn, "creationDate": version.creation_date})

    def list_state_machine_versions(self) -> ActionResult:
        """Lists versions, the newest first."""
        machine = self.machine(self.parameters["stateMachineArn"])
        newest_first = sorted(machine.versions.values(), key=lambda version: -version.version)
        listed = [{"stateMachineVersionArn": each.arn, "creationDate": each.creation_date} for each in newest_first]
        return ActionResult(paging.page("stateMachineVersions", listed, "stateMachineVersionArn", self.parameters))

    def delete_state_machine_version(self) -> EmptyResult:
        """Idempotent: the version may be missing; a version that an alias references is a conflict."""
        arn = self.parameters["stateMachineVersionArn"]
        machine_arn, number = parts(arn)
        machine = self.machine(machine_arn)
        referencing = [
            alias.name
            for alias in machine.aliases.values()
            if arn in (route["stateMachineVersionArn"] for route in alias.routing_configuration)
        ]
        if referencing:
            text = "Version to be deleted must not be referenced by an alias."
            listed = f"Current list of aliases referencing this version: [{', '.join(referencing)}]"
            raise failure("ConflictException", f"{text} {listed}")
        machine.versions.pop(int(number), None)
        return EmptyResult()
