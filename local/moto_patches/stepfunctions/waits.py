"""How long executions wait: retries, Wait states, polls and timeouts; faults can shorten them."""

import time
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.common.timeouts.timeout import TimeoutSeconds
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_callback
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction

from local.moto_patches import runtime
from local.moto_patches.patching import patch, patch_value

_POLL_SECONDS = 0.1


@patch_value(retrier_decl, "time", "`retry_waits` of the faults shortens the interval of a retry.")
def retry_clock(original: ModuleType) -> SimpleNamespace:
    return SimpleNamespace(sleep=lambda seconds: time.sleep(seconds * runtime.current().faults.retry_waits))


@patch(WaitFunction, "_wait_interval", "`retry_waits` of the faults shortens a Wait state.")
def wait_interval(original: Callable[..., None], function: Any, env: Any, wait_seconds: float) -> None:
    original(function, env, wait_seconds * runtime.current().faults.retry_waits)


@patch(TimeoutSeconds, "_eval_seconds", "`timeouts` of the faults replaces the timeout of a state.")
def timeout_seconds(timeout: TimeoutSeconds, env: Any) -> float:
    state = env.states.context_object.context_object_data.get("State", {})
    return runtime.current().faults.timeouts.get(state.get("Name", ""), timeout.timeout_seconds)


@patch(
    TimeoutSeconds,
    "eval",
    "A stopped execution evaluates nothing; moto then reads another value as the timeout.",
)
def eval_timeout(timeout: TimeoutSeconds, env: Any) -> None:
    timeout._eval_body(env)


@patch_value(
    state_task_service_callback,
    "_DELAY_SECONDS_SYNC_CONDITION_CHECK",
    "Performance: moto polls a `.sync` task every 0.5 s; 0.1 s notices its end 0.2 s earlier on average.",
)
def poll_seconds(original: float) -> float:
    return _POLL_SECONDS
