"""The quota for the size of inputs, results and outputs.

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

from local.moto_patches.patching import patch

PAYLOAD_BYTES = 256 * 1024
_SIZE = "moto measures another spelling of the JSON, and of some results only."
_INPUT = "moto does not limit what Parameters, Arguments and ItemSelector produce."


@patch(state, "is_within_size_quota", _SIZE)
@patch(state_task_lambda, "is_within_size_quota", _SIZE)
@patch(state_task_service, "is_within_size_quota", _SIZE)
def is_within_payload_limit(value: Any) -> bool:
    """Whether a value is small enough for an input, a result or an output of a state."""
    compact = json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str)
    return len(compact.encode()) <= PAYLOAD_BYTES


@patch(Parargs, "_eval_body", _INPUT)
@patch(ItemSelector, "_eval_body", _INPUT)
def eval_limited(original: Callable[[Any, Any], None], part: Any, env: Any) -> None:
    original(part, env)
    if not is_within_payload_limit(env.stack[-1]):
        name = StatesErrorName(typ=StatesErrorNameType.StatesStatesDataLimitExceeded)
        cause = (
            f"The state/task '{env.next_state_name}' has an input with a size exceeding "
            "the maximum number of bytes service limit."
        )
        details: Any = {"taskFailedEventDetails": {"error": name.error_name, "cause": cause}}
        raise FailureEventException(FailureEvent(env, name, HistoryEventType.TaskFailed, details))
