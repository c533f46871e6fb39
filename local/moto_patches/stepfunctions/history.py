"""The history of an execution: its quota, and its last event."""

from collections.abc import Callable
from typing import Any

from moto.stepfunctions.parser.api import HistoryEventType
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.event.event_manager import EventManager
from moto.stepfunctions.parser.asl.eval.program_state import ProgramStopped, ProgramTimedOut

from local.moto_patches.patching import patch

EVALUATION_FAILED = "evaluationFailedEventDetails"
_MAX_EVENTS = 25_000
_HISTORY_FULL = {
    "error": "States.Runtime",
    "cause": f"The execution reached the maximum number of history events ({_MAX_EVENTS}).",
}
_ENDS = {
    HistoryEventType.ExecutionSucceeded,
    HistoryEventType.ExecutionFailed,
    HistoryEventType.ExecutionAborted,
    HistoryEventType.ExecutionTimedOut,
}


class RecordedFailure(dict[str, Any]):
    """The details of a failed evaluation that the history already has."""


class _HistoryFullError(Exception):
    """The history has room for the end of the execution only."""


@patch(
    EventManager,
    "add_event",
    "moto records a failed evaluation twice and has no quota of events; event 25,000 ends an execution "
    "(observed 2026-08-29).",
)
def add_event(
    original: Callable[..., int], manager: Any, context: Any, event_type: Any, event_details: Any = None, **more: Any
) -> int:
    if len(manager._history_event_list) >= _MAX_EVENTS - 1 and event_type not in _ENDS:
        raise _HistoryFullError(_HISTORY_FULL["cause"])
    if isinstance((event_details or {}).get(EVALUATION_FAILED), RecordedFailure):
        return int(context.source_event_id)
    return original(manager, context, event_type, event_details, **more)


@patch(
    Environment,
    "set_error",
    "The running state of a stopped execution fails, and moto takes its error for the end of the execution; "
    "a full history is an error of its own.",
)
def set_error(original: Callable[[Any, Any], None], env: Any, error: Any) -> None:
    if isinstance(env.program_state(), ProgramStopped | ProgramTimedOut):
        return
    is_full = len(env.event_manager._history_event_list) >= _MAX_EVENTS - 1
    original(env, _HISTORY_FULL if is_full else error)
