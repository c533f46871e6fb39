"""The change of an execution's status, as Step Functions publishes it to EventBridge.

https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
"""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from failures import InvalidEvent

# OpenLineage has no type for a timeout
_TYPES = {"RUNNING": "START", "SUCCEEDED": "COMPLETE", "FAILED": "FAIL", "TIMED_OUT": "FAIL", "ABORTED": "ABORT"}
_LONGEST_MESSAGE = 10_000


@dataclass(frozen=True)
class StatusChange:
    """An execution that has started or ended: `output` is what it returned, `message` its error."""

    execution: str
    name: str
    state_machine: str
    event_type: str
    time: str
    output: dict[str, Any]
    message: str

    @property
    def run(self) -> str:
        """OpenLineage's run id, which is a UUID: always the same one of an execution."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, self.execution))

    @staticmethod
    def parse(event: Any) -> "StatusChange":
        """Reads the event; raises InvalidEvent for anything else."""
        try:
            detail = event["detail"]
            status = detail["status"]
            parts = [str(detail[part]) for part in ("error", "cause") if detail.get(part)]
            message = ": ".join(parts) or ("the run timed out" if status == "TIMED_OUT" else "")
            return StatusChange(
                execution=detail["executionArn"],
                name=detail["name"],
                state_machine=detail["stateMachineArn"].rpartition(":")[2],
                event_type=_TYPES[status],
                time=_time(detail),
                output=json.loads(detail.get("output") or "{}"),
                message=message[:_LONGEST_MESSAGE],
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InvalidEvent(f"not a status change of an execution: {type(error).__name__}: {error}") from error


def _time(detail: Any) -> str:
    """The end of an ended execution, otherwise its latest start; a redrive starts it again."""
    milliseconds = detail.get("stopDate") or detail.get("redriveDate") or detail["startDate"]
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
