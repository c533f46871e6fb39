"""Step Functions' quotas of executions, of which moto 5.2.5 knows a part.

https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
"""

import json
from collections.abc import Callable
from typing import Any

from moto.stepfunctions.parser.api import HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.common.parargs import Parargs
from moto.stepfunctions.parser.asl.component.state import state
from moto.stepfunctions.parser.asl.component.state.exec.state_map.item_selector import ItemSelector
from moto.stepfunctions.parser.asl.component.state.exec.state_task import state_task_lambda
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.event.event_manager import EventManager

from local.moto_seams import replace

PAYLOAD_BYTES = 256 * 1024
_EVENTS = 25_000
_FULL = {
    "error": "States.Runtime",
    "cause": f"The execution reached the maximum number of history events ({_EVENTS}).",
}
_ENDS = {
    HistoryEventType.ExecutionSucceeded,
    HistoryEventType.ExecutionFailed,
    HistoryEventType.ExecutionAborted,
    HistoryEventType.ExecutionTimedOut,
}


class _HistoryFullError(Exception):
    """Nothing but the execution's end can be recorded any more."""


def install() -> None:
    """To be called before the interpreter runs."""
    # moto counts another spelling of the JSON, of some results
    for module in (state, state_task_lambda, state_task_service):
        replace(module, "is_within_size_quota", is_within_payload_limit)
    for evaluated in (Parargs, ItemSelector):
        _limit_input(evaluated)
    _limit_history()


def is_within_payload_limit(value: Any) -> bool:
    """Whether a state may get this as its input or give it as its result or output."""
    compact = json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str)
    return len(compact.encode()) <= PAYLOAD_BYTES


def _limit_input(component: type) -> None:
    """What Parameters, Arguments or an ItemSelector make is limited, too."""
    evaluate: Callable[[Any, Any], None] = component._eval_body  # type: ignore[attr-defined]

    def limited(part: Any, env: Any) -> None:
        evaluate(part, env)
        if not is_within_payload_limit(env.stack[-1]):
            name = StatesErrorName(typ=StatesErrorNameType.StatesStatesDataLimitExceeded)
            cause = (
                f"The state/task '{env.next_state_name}' has an input with a size exceeding "
                "the maximum number of bytes service limit."
            )
            details: Any = {"taskFailedEventDetails": {"error": name.error_name, "cause": cause}}
            raise FailureEventException(FailureEvent(env, name, HistoryEventType.TaskFailed, details))

    replace(component, "_eval_body", limited)


def _limit_history() -> None:
    """Observed 2026-08-29: event 25,000 is the execution's end, or its failure."""
    add: Callable[..., int] = EventManager.add_event
    fail: Callable[[Any, Any], None] = Environment.set_error

    def add_event(manager: Any, context: Any, event_type: Any, *more: Any, **named: Any) -> int:
        if len(manager._history_event_list) >= _EVENTS - 1 and event_type not in _ENDS:
            raise _HistoryFullError(_FULL["cause"])
        return add(manager, context, event_type, *more, **named)

    def set_error(env: Any, error: Any) -> None:
        full = len(env.event_manager._history_event_list) >= _EVENTS - 1
        fail(env, _FULL if full else error)

    replace(EventManager, "add_event", add_event)
    replace(Environment, "set_error", set_error)
