"""Step Functions: what moto 5.2.5's interpreter lacks for the workflows of this project, each fault with its mend."""

import contextvars
import json
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from botocore import xform_name
from moto.stepfunctions.parser.api import ExecutionStatus
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_callback,
    state_task_service_glue,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import ResourceCondition
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService
from moto.stepfunctions.parser.asl.utils import encoding
from moto.stepfunctions.parser.backend import execution_worker
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from local.faults.register import Faults
from local.moto_seams import add, replace
from local.statemachines import (
    api_shapes,
    clients,
    context_object,
    definition_parsing,
    distributed_maps,
    endings,
    errors,
    expressions,
    failures,
    limits,
    paths,
    variables,
)

_POLL_SECONDS = 0.1
# the text of the input of the execution that the thread runs
_INPUT: contextvars.ContextVar[str] = contextvars.ContextVar("input")


def install(url: str, region: str, faults: Faults, tell: Callable[[Any], None]) -> None:
    """Mends the interpreter; its calls go to `url` with the state machine's own role, `tell` gets what has ended."""
    expressions.install()
    paths.install()
    variables.install()
    errors.install()
    failures.install()
    limits.install()
    endings.install(faults, tell)
    replace(state_task_service_callback, "_DELAY_SECONDS_SYNC_CONDITION_CHECK", _POLL_SECONDS)
    definition_parsing.install()
    clients.install(url)
    context_object.install()
    distributed_maps.install()
    _let_glue_sync_end()
    api_shapes.install()
    _name_actions_as_botocore_does()
    _let_executions_go_unnamed()
    _write_json_compactly()
    _write_outputs_as_json()


def _let_glue_sync_end() -> None:
    """A .sync task ends by interrupting a callback that moto makes for other patterns only."""
    supported: set[Any] = state_task_service_glue._SUPPORTED_INTEGRATION_PATTERNS
    supported.add(ResourceCondition.WaitForTaskToken)


def _name_actions_as_botocore_does() -> None:
    """moto makes list_objects_v_2 of listObjectsV2, which no client has."""

    def action(task: Any, name: str | None = None) -> str:
        return xform_name(name or task.resource.api_action)

    replace(StateTaskService, "_get_boto_service_action", action)


def _let_executions_go_unnamed() -> None:
    """Without a name all executions have the same ARN; AWS gives each a name."""
    start: Callable[..., Any] = StepFunctionsParserBackend.start_execution

    def start_execution(backend: Any, state_machine_arn: str, name: str | None = None, *rest: Any, **named: Any) -> Any:
        return start(backend, state_machine_arn, name or str(uuid.uuid4()), *rest, **named)

    replace(StepFunctionsParserBackend, "start_execution", start_execution)


def _write_json_compactly() -> None:
    """Histories, causes and arguments have JSON without spaces, in UTF-8; an execution's input stays as it is given."""
    run: Callable[[Any], None] = execution_worker.ExecutionWorker._execution_logic

    def dumps(value: Any, cls: Any, separators: Any) -> str:
        return json.dumps(value, cls=cls, separators=(",", ":"), ensure_ascii=False)

    def run_on_input(worker: Any) -> None:
        _INPUT.set(worker._execution_communication.execution.execution_input)
        run(worker)

    replace(encoding, "json", SimpleNamespace(dumps=dumps))
    replace(execution_worker, "to_json_str", lambda value: _INPUT.get())
    replace(execution_worker.ExecutionWorker, "_execution_logic", run_on_input)


def _write_outputs_as_json() -> None:
    """moto describes an execution whose output is a text by the text itself, and one whose output is null by none."""

    def keep(execution: Any, output: Any) -> None:
        execution.__dict__["output"] = output

    def written(execution: Any) -> str | None:
        succeeded = execution.exec_status == ExecutionStatus.SUCCEEDED
        return encoding.to_json_str(execution.__dict__["output"]) if succeeded else None

    add(Execution, "output", property(written, keep))
