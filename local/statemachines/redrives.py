"""Step Functions: redrives, which resume an execution in the state that failed; moto 5.2.5 has none.

The state runs again with the input and the variables that it had, and with the definition that the execution started
with. A Map or a Parallel runs again as a whole; AWS runs again only the branches or items that failed.
https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
"""

import copy
import json
import time
from datetime import UTC, datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions.parser.api import ExecutionStatus, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.flow.start_at import StartAt
from moto.stepfunctions.parser.asl.eval.event.event_manager import EventHistoryContext
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker

from local.statemachines.ended_history import EndedHistory
from local.statemachines.validation import failure

_REDRIVABLE = ("FAILED", "ABORTED", "TIMED_OUT")
_RUNNING_EVENTS = (HistoryEventType.ExecutionStarted, HistoryEventType.ExecutionRedriven)
_ENTERED = "stateEnteredEventDetails"
_POLL_SECONDS = 0.02


def redrive_fields(execution: Any, status: str) -> dict[str, Any]:
    """The members that describe an execution's redrives while it has a status."""
    redrives: list[datetime] = vars(execution).get("redrives", [])
    fields: dict[str, Any] = {"redriveCount": len(redrives), "redriveStatus": "REDRIVABLE"}
    if redrives:
        fields["redriveDate"] = redrives[-1]
    if status not in _REDRIVABLE:
        fields["redriveStatus"] = "NOT_REDRIVABLE"
        fields["redriveStatusReason"] = f"Execution is {status} and cannot be redriven"
    return fields


def redrive(execution: Any) -> ActionResult:
    """Resumes an execution that failed."""
    fields, date = redrive_fields(execution, execution.status), datetime.now(UTC)
    if "redriveStatusReason" in fields:
        raise failure("ExecutionNotRedrivable", fields["redriveStatusReason"])
    worker: Any = RedriveWorker(execution.exec_worker, fields["redriveCount"] + 1)
    execution.redrives = [*vars(execution).get("redrives", []), date]
    execution.stop_date = execution.error = execution.cause = None
    execution.exec_worker, execution.exec_status = worker, ExecutionStatus.RUNNING
    worker.start()
    return ActionResult({"redriveDate": date})


class RedriveWorker(ExecutionWorker):
    """Runs the states that a failed worker has not completed."""

    def __init__(self, failed: Any, redrive_count: int) -> None:
        super().__init__(
            failed._evaluation_details,
            failed._execution_communication,
            failed._cloud_watch_logging_session,
            failed._activity_store,
        )
        self._redrive_count = redrive_count
        ended = failed.env.event_manager
        self._history = ended.history if isinstance(ended, EndedHistory) else ended
        # the parsed definition is shared by executions
        program: Any = self._get_evaluation_entrypoint()
        self._program = copy.copy(program)
        entered = next(event for event in reversed(self._history.get_event_history()) if self._is_top_level(event))
        self._program.start_at = StartAt(entered[_ENTERED]["name"])
        env: Any = self._get_evaluation_environment()
        env.event_manager = _ResumedHistory(self._history)
        env.event_history_context = EventHistoryContext(entered["id"])
        env.variable_store = failed.env.variable_store
        env.states.context_object.context_object_data["Execution"]["RedriveCount"] = redrive_count
        env.states.reset(json.loads(entered[_ENTERED]["input"]))
        self.env = env

    def _is_top_level(self, event: Any) -> bool:
        """Whether the event enters a state that is not inside another state."""
        return _ENTERED in event and event[_ENTERED]["name"] in self._program.states.states

    def _execution_logic(self) -> None:
        last = self._history.get_event_history()[-1]
        # the worker of a timed-out execution may still be running a state
        while not (last["type"].startswith("Execution") and last["type"] not in _RUNNING_EVENTS):
            time.sleep(_POLL_SECONDS)
            last = self._history.get_event_history()[-1]
        self._history.add_event(
            context=EventHistoryContext(last["id"]),
            event_type=HistoryEventType.ExecutionRedriven,
            event_details={"executionRedrivenEventDetails": {"redriveCount": self._redrive_count}},
        )
        self._program.eval(self.env)
        self._execution_communication.terminated()


class _ResumedHistory:
    """A history that already has the event that enters the first state."""

    def __init__(self, history: Any) -> None:
        self._history = history
        self._entered = False

    def add_event(self, context: Any, event_type: Any, event_details: Any = None, **more: Any) -> int:
        if not self._entered and event_details and _ENTERED in event_details:
            self._entered = True
            return int(context.source_event_id)
        return int(self._history.add_event(context, event_type, event_details, **more))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._history, name)
