"""How long executions wait, and how they end before their time, where moto 5.2.5's interpreter differs from AWS."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from moto.stepfunctions.parser.api import HistoryEventType
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.common.timeouts.timeout import TimeoutSeconds
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_glue import (
    StateTaskServiceGlue,
)
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.program_state import ProgramStopped, ProgramTimedOut
from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication

from local.faults.register import Faults
from local.moto_seams import replace

_ENDS = (HistoryEventType.ExecutionAborted, HistoryEventType.ExecutionTimedOut)


def install(faults: Faults, tell: Callable[[Any], None]) -> None:
    """Waits as long as the faults say, stops job runs that nobody waits for any more, tells which execution ended."""
    replace(retrier_decl, "time", SimpleNamespace(sleep=lambda seconds: time.sleep(seconds * faults.retry_waits)))
    wait: Callable[..., None] = WaitFunction._wait_interval
    replace(
        WaitFunction,
        "_wait_interval",
        lambda function, env, wait_seconds: wait(function, env, wait_seconds * faults.retry_waits),
    )
    replace(TimeoutSeconds, "_eval_seconds", lambda timeout, env: _seconds(timeout, env, faults))
    # what is stopped evaluates nothing any more, and moto takes for the time limit what it finds instead
    replace(TimeoutSeconds, "eval", lambda timeout, env: timeout._eval_body(env))
    _stop_job_runs()
    _stay_stopped()
    _stop_at_once()
    _tell_of_ends(tell)


def _seconds(timeout: TimeoutSeconds, env: Any, faults: Faults) -> float:
    state = env.states.context_object.context_object_data.get("State", {})
    return faults.timeouts.get(state.get("Name", ""), timeout.timeout_seconds)


def _stop_job_runs() -> None:
    """A .sync task that is aborted or out of time stops its job run, with the state machine's role."""
    wait: Callable[..., Any] = StateTaskServiceGlue._eval_sync
    look_at: Callable[..., Any] = StateTaskServiceGlue._build_sync_resolver

    def build(task: Any, env: Any, resource_runtime_part: Any, state_credentials: Any, **named: Any) -> Any:
        where = {"resource_runtime_part": resource_runtime_part, "state_credentials": state_credentials}
        started, glue = env.stack[-1], task._get_glue_client(**where)
        look = look_at(task, env=env, **where, **named)
        stop = {"JobName": started["JobName"], "JobRunIds": [started["JobRunId"]]}
        return SimpleNamespace(look=look, stop=lambda: glue.batch_stop_job_run(**stop))

    def eval_sync(task: Any, env: Any, sync_resolver: Any, **named: Any) -> Any:
        outcome = wait(task, env=env, sync_resolver=sync_resolver.look, **named)
        if not isinstance(outcome, dict):  # the description of a run that ended
            sync_resolver.stop()
        return outcome

    replace(StateTaskServiceGlue, "_build_sync_resolver", build)
    replace(StateTaskServiceGlue, "_eval_sync", eval_sync)


def _stay_stopped() -> None:
    """What an execution was doing when it was stopped fails for that; moto takes this for how the execution ended."""
    fail: Callable[[Any, Any], None] = Environment.set_error

    def set_error(env: Any, error: Any) -> None:
        if not isinstance(env.program_state(), ProgramStopped | ProgramTimedOut):
            fail(env, error)

    replace(Environment, "set_error", set_error)


class EndedHistory:
    """The history of an execution that was stopped or is out of time: nothing but its end is added."""

    def __init__(self, history: Any) -> None:
        self.history = history

    def add_event(self, context: Any, event_type: Any, *more: Any, **named: Any) -> int:
        if event_type in _ENDS:
            return int(self.history.add_event(context, event_type, *more, **named))
        return int(context.source_event_id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.history, name)


def _stop_at_once() -> None:
    """Who waits for a task token waits no more; moto lets it, and an execution ends when the token comes."""
    for name in ("set_stop", "set_timed_out"):
        replace(Environment, name, _ending(getattr(Environment, name)))


def _ending(end: Callable[..., None]) -> Callable[..., None]:
    def ended(env: Any, *arguments: Any, **named: Any) -> None:
        end(env, *arguments, **named)
        if env.is_running():
            return
        if not isinstance(env.event_manager, EndedHistory):
            env.event_manager = EndedHistory(env.event_manager)
        for endpoint in list(env.callback_pool_manager._pool.values()):
            endpoint.interrupt_all()

    return ended


def _tell_of_ends(tell: Callable[[Any], None]) -> None:
    end: Callable[..., None] = BaseExecutionWorkerCommunication.terminated

    def terminated(communication: Any) -> None:
        end(communication)
        tell(communication.execution)

    replace(BaseExecutionWorkerCommunication, "terminated", terminated)
