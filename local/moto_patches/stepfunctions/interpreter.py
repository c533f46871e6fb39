"""Executions: their names, and the JSON of their inputs, histories and outputs."""

import contextvars
import json
import uuid
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

from moto.stepfunctions.parser.api import ExecutionStatus
from moto.stepfunctions.parser.asl.utils import encoding
from moto.stepfunctions.parser.backend import execution_worker
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from local.moto_patches.patching import add_value, patch, patch_value

# the input text of the execution that the thread runs
_INPUT: contextvars.ContextVar[str] = contextvars.ContextVar("input")
_INPUT_TEXT = "An execution's input keeps its spelling; moto rewrites it."


@patch(
    StepFunctionsParserBackend,
    "start_execution",
    "AWS names an execution that has no name; moto gives all of them one ARN.",
)
def start_execution(
    original: Callable[..., Any],
    backend: Any,
    state_machine_arn: str,
    name: str | None = None,
    *rest: Any,
    **named: Any,
) -> Any:
    return original(backend, state_machine_arn, name or str(uuid.uuid4()), *rest, **named)


@patch_value(encoding, "json", "Histories, causes and arguments have JSON without spaces, in UTF-8; moto's differs.")
def compact_json(original: ModuleType) -> SimpleNamespace:
    def dumps(value: Any, cls: Any, separators: Any) -> str:
        return json.dumps(value, cls=cls, separators=(",", ":"), ensure_ascii=False)

    return SimpleNamespace(dumps=dumps)


@patch(execution_worker.ExecutionWorker, "_execution_logic", _INPUT_TEXT)
def run_execution(original: Callable[[Any], None], worker: Any) -> None:
    _INPUT.set(worker._execution_communication.execution.execution_input)
    original(worker)


@patch(execution_worker, "to_json_str", _INPUT_TEXT)
def input_text(value: Any) -> str:
    return _INPUT.get()


@add_value(
    Execution,
    "output",
    "moto describes a text output by the bare text, and a null output by a missing one.",
)
def output() -> property:
    return property(_output_json, _set_output)


def _set_output(execution: Any, value: Any) -> None:
    execution.__dict__["output"] = value


def _output_json(execution: Any) -> str | None:
    succeeded = execution.exec_status == ExecutionStatus.SUCCEEDED
    return encoding.to_json_str(execution.__dict__["output"]) if succeeded else None
