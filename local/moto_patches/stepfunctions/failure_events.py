"""The events and the causes of states that fail, and the failures that a state can catch."""

from collections.abc import Callable
from typing import Any

from moto.stepfunctions.parser.api import HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.state.exec.execute_state import ExecutionState

from local.moto_patches.patching import patch
from local.moto_patches.stepfunctions.history import EVALUATION_FAILED, RecordedFailure

_ENTERED = "stateEnteredEventDetails"
_RUNTIME = "States.Runtime"
_OUTPUT = "moto evaluates the output of a task outside of its error handling; AWS's errors in `Output` can be caught."


@patch(
    FailureEvent,
    "__init__",
    "moto records failed evaluations of some states only, and names a wrong event as the one that entered the state.",
)
def init_failure(
    original: Callable[..., None],
    failure: Any,
    env: Any,
    error_name: Any,
    event_type: Any,
    event_details: Any = None,
) -> None:
    original(failure, env, error_name, event_type, event_details)
    failure.source_event_id = _entered(env)
    if event_details and EVALUATION_FAILED in event_details:
        details = event_details[EVALUATION_FAILED]
        details |= {"cause": _in_state(failure, details["cause"]), "state": failure.state_name}
        context = env.event_history_context
        env.event_manager.add_event(context, HistoryEventType.EvaluationFailed, dict(event_details))
        event_details[EVALUATION_FAILED] = RecordedFailure(details)


@patch(
    FailureEventException,
    "get_evaluation_failed_event_details",
    "The details of a failed evaluation are complete; moto builds incomplete ones.",
)
def evaluation_failed_details(exception: FailureEventException) -> Any:
    details: Any = exception.failure_event.event_details
    return details[EVALUATION_FAILED]


@patch(
    FailureEventException,
    "get_execution_failed_event_details",
    "AWS's cause of States.Runtime names the state and the event that entered it.",
)
def execution_failed_details(exception: FailureEventException) -> dict[str, str]:
    error, cause = exception.extract_error_cause_pair() or (None, None)
    if cause and error == _RUNTIME:
        cause = _in_state(exception.failure_event, cause)
    return {name: value for name, value in (("error", error), ("cause", cause)) if value}


@patch(ExecutionState, "_evaluate_with_timeout", _OUTPUT)
def evaluate_with_output(original: Callable[[Any, Any], None], state: Any, env: Any) -> None:
    original(state, env)
    if state.output:
        state.output.eval(env)


@patch(ExecutionState, "_eval_state_output", _OUTPUT)
def eval_output(original: Callable[[Any, Any], None], state: Any, env: Any) -> None:
    if not state.output:
        original(state, env)


def _entered(env: Any) -> int:
    """The id of the event that entered the current state, which is some events before the failure."""
    source_id: int = env.event_history_context.source_event_id
    history, event_id, before = env.event_manager._history_event_list, source_id, source_id + 1
    # an item of a Distributed Map has its own history, whose first event follows an event of another history
    while 0 < event_id < before and event_id <= len(history):
        event = history[event_id - 1]
        if event.get(_ENTERED, {}).get("name") == env.next_state_name:
            return event_id
        event_id, before = event["previousEventId"], event_id
    return source_id


def _in_state(failure: Any, cause: str) -> str:
    start = "An error occurred while executing the state"
    if cause.startswith(start):  # the failure of an inner state
        return cause
    return f"{start} '{failure.state_name}' (entered at the event id #{failure.source_event_id}). {cause}"
