"""How executions end that are stopped or time out, and the events of executions that end."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_glue
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import ResourceCondition
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_glue import (
    StateTaskServiceGlue,
)
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication

from local.moto_patches.patching import patch, patch_value
from local.services import execution_events
from local.statemachines.ended_history import EndedHistory

_TASK_TOKEN = "moto lets a stopped execution wait until its task token is used."  # noqa: S105 (no secret)


@patch_value(
    state_task_service_glue,
    "_SUPPORTED_INTEGRATION_PATTERNS",
    "A `.sync` task ends when its callback is interrupted, and moto creates callbacks for task tokens only.",
)
def supported_patterns(original: set[Any]) -> set[Any]:
    return {*original, ResourceCondition.WaitForTaskToken}


@patch(
    StateTaskServiceGlue,
    "_build_sync_resolver",
    "A `.sync` task that is stopped or times out stops its job run; moto's job run continues.",
)
def build_sync_resolver(
    original: Callable[..., Any], task: Any, env: Any, resource_runtime_part: Any, state_credentials: Any, **named: Any
) -> Any:
    session = {"resource_runtime_part": resource_runtime_part, "state_credentials": state_credentials}
    started, glue = env.stack[-1], task._get_glue_client(**session)
    resolve = original(task, env=env, **session, **named)
    run = {"JobName": started["JobName"], "JobRunIds": [started["JobRunId"]]}
    return SimpleNamespace(resolve=resolve, stop=lambda: glue.batch_stop_job_run(**run))


@patch(StateTaskServiceGlue, "_eval_sync", "Stops the job run of a `.sync` task that is stopped or times out.")
def eval_sync(original: Callable[..., Any], task: Any, env: Any, sync_resolver: Any, **named: Any) -> Any:
    result = original(task, env=env, sync_resolver=sync_resolver.resolve, **named)
    if not isinstance(result, dict):  # a dictionary describes a run that ended
        sync_resolver.stop()
    return result


@patch(Environment, "set_stop", _TASK_TOKEN)
@patch(Environment, "set_timed_out", _TASK_TOKEN)
def end_at_once(original: Callable[..., None], env: Any, *arguments: Any, **named: Any) -> None:
    original(env, *arguments, **named)
    if env.is_running():
        return
    if not isinstance(env.event_manager, EndedHistory):
        env.event_manager = EndedHistory(env.event_manager)
    for endpoint in list(env.callback_pool_manager._pool.values()):
        endpoint.interrupt_all()


@patch(BaseExecutionWorkerCommunication, "terminated", "moto sends no event when an execution ends.")
def on_execution_ended(original: Callable[[Any], None], communication: Any) -> None:
    original(communication)
    execution_events.publish(communication.execution)
