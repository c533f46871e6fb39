"""How the failure of a state is recorded in the execution's history, and which failures of a state can be caught.

moto 5.2.5 records a failed evaluation for some states only, names another event as that in which the state was entered,
and evaluates the output of a task where nothing catches its errors.
"""

from collections.abc import Callable
from typing import Any

from moto.stepfunctions.parser.api import HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.state.exec.execute_state import ExecutionState
from moto.stepfunctions.parser.asl.eval.event.event_manager import EventManager

from local.moto_seams import replace

_EVALUATION = "evaluationFailedEventDetails"
_ENTERED = "stateEnteredEventDetails"
_RUNTIME = "States.Runtime"


class _Recorded(dict[str, Any]):
    """Details of a failed evaluation that the history has."""


def install() -> None:
    """To be called before the interpreter runs."""
    init: Callable[..., None] = FailureEvent.__init__
    add: Callable[..., int] = EventManager.add_event

    def with_entering(failure: Any, env: Any, error_name: Any, event_type: Any, event_details: Any = None) -> None:
        init(failure, env, error_name, event_type, event_details)
        failure.source_event_id = _entered(env)
        if event_details and _EVALUATION in event_details:
            details = event_details[_EVALUATION]
            details |= {"cause": _in_state(failure, details["cause"]), "state": failure.state_name}
            context = env.event_history_context
            env.event_manager.add_event(context, HistoryEventType.EvaluationFailed, dict(event_details))
            event_details[_EVALUATION] = _Recorded(details)

    def add_once(manager: Any, context: Any, event_type: Any, event_details: Any = None, **more: Any) -> int:
        if isinstance((event_details or {}).get(_EVALUATION), _Recorded):
            return int(context.source_event_id)
        return add(manager, context, event_type, event_details, **more)

    replace(FailureEvent, "__init__", with_entering)
    replace(EventManager, "add_event", add_once)
    replace(FailureEventException, "get_evaluation_failed_event_details", _evaluation_failed)
    replace(FailureEventException, "get_execution_failed_event_details", _execution_failed)
    _catch_errors_of_outputs()


def _entered(env: Any) -> int:
    """The event in which the state that is evaluated was entered, which comes some events before what it does."""
    source_id: int = env.event_history_context.source_event_id
    history, event_id, before = env.event_manager._history_event_list, source_id, source_id + 1
    # the items of a distributed Map have histories of their own, which begin after an event of another one
    while 0 < event_id < before and event_id <= len(history):
        event = history[event_id - 1]
        if event.get(_ENTERED, {}).get("name") == env.next_state_name:
            return event_id
        event_id, before = event["previousEventId"], event_id
    return source_id


def _in_state(failure: Any, cause: str) -> str:
    start = "An error occurred while executing the state"
    if cause.startswith(start):  # in a state inside this one
        return cause
    return f"{start} '{failure.state_name}' (entered at the event id #{failure.source_event_id}). {cause}"


def _evaluation_failed(exception: FailureEventException) -> Any:
    details: Any = exception.failure_event.event_details
    return details[_EVALUATION]


def _execution_failed(exception: FailureEventException) -> dict[str, str]:
    error, cause = exception.extract_error_cause_pair() or (None, None)
    if cause and error == _RUNTIME:
        cause = _in_state(exception.failure_event, cause)
    return {name: value for name, value in (("error", error), ("cause", cause)) if value}


def _catch_errors_of_outputs() -> None:
    """The output of a state that can catch errors belongs to what it catches."""
    evaluate: Callable[[Any, Any], None] = ExecutionState._evaluate_with_timeout
    eval_output: Callable[[Any, Any], None] = ExecutionState._eval_state_output

    def with_output(state: Any, env: Any) -> None:
        evaluate(state, env)
        if state.output:
            state.output.eval(env)

    def output_unless_evaluated(state: Any, env: Any) -> None:
        if not state.output:
            eval_output(state, env)

    replace(ExecutionState, "_evaluate_with_timeout", with_output)
    replace(ExecutionState, "_eval_state_output", output_unless_evaluated)
