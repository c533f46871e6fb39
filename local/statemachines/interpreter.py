"""Step Functions: what moto 5.2.5's interpreter lacks for the workflows of this project, each fault with its mend."""

import contextvars
import functools
import sys
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.response import StreamingBody
from moto.stepfunctions.parser.asl.component.eval_component import EvalComponent
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_callback,
    state_task_service_glue,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import ResourceCondition
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (
    StateTaskServiceAwsSdk,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_glue import (
    StateTaskServiceGlue,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.state_task import StateTask
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from local import credentials
from local.faults.register import STATE, Faults
from local.moto_seams import add, replace
from local.once import once
from local.statemachines import endings, errors, expressions, sdk_shapes

_POLL_SECONDS = 0.1
_CALL_SECONDS = 120
_CONNECTIONS = 100
_DEFINITIONS = 8
# the state whose call the thread makes
_CALLING: contextvars.ContextVar[str] = contextvars.ContextVar("calling")


def install(url: str, region: str, faults: Faults, tell: Callable[[Any], None]) -> None:
    """Mends the interpreter; its calls go to `url` with the state machine's own role, `tell` gets what has ended."""
    expressions.install()
    errors.install()
    endings.install(faults, tell)
    replace(state_task_service_callback, "_DELAY_SECONDS_SYNC_CONDITION_CHECK", _POLL_SECONDS)
    _parse_each_definition_once()
    _call_with_the_role(url)
    _let_glue_sync_end()
    sdk_shapes.install()
    _make_results_json()
    _name_actions_as_botocore_does()
    _let_executions_go_unnamed()
    _write_outputs_as_json()


def _parse_each_definition_once() -> None:
    """moto parses a definition to check it and for each execution, which takes longer than most of what one does.

    What is made of it is only read, but for the name that a part gives itself when it is first asked: of two executions
    that ask at once, one would find its part named anew, and count its retries from the start.
    """
    parse: Callable[[str], Any] = AmazonStateLanguageParser.parse
    replace(AmazonStateLanguageParser, "parse", staticmethod(functools.lru_cache(_DEFINITIONS)(parse)))
    replace(EvalComponent, "heap_key", property(lambda part: str(id(part))))


def _call_with_the_role(url: str) -> None:
    """moto calls with fixed keys that belong to nobody; the calls say which state makes them, for faults to tell."""
    of_state: Callable[[Any, Any], Any] = StateTask._eval_state_credentials

    def credentials_of_state(task: Any, env: Any) -> Any:
        found = of_state(task, env)
        found.state = env.states.context_object.context_object_data["State"]["Name"]
        return found

    replace(StateTask, "_eval_state_credentials", credentials_of_state)

    @once
    def of_role(region: str, service: Any, role_arn: str) -> Any:
        role = credentials.assume(role_arn, "StepFunctions", region)
        made = boto3.client(
            service,
            endpoint_url=url,
            region_name=region,
            **role.arguments(),
            config=Config(
                parameter_validation=False,
                retries={"total_max_attempts": 1},
                connect_timeout=_CALL_SECONDS,
                read_timeout=None,
                max_pool_connections=_CONNECTIONS,
                s3={"addressing_style": "path"},
            ),
        )
        made.meta.events.register("before-send", _name_the_state)
        return made

    def client(region: str, service: Any, state_credentials: Any = None) -> Any:
        _CALLING.set(state_credentials.state)
        return of_role(region, service, state_credentials.role_arn)

    for path, module in list(sys.modules.items()):
        if path.startswith("moto.stepfunctions.") and hasattr(module, "boto_client_for"):
            replace(module, "boto_client_for", client)


def _name_the_state(request: Any, **_: Any) -> None:
    request.headers[STATE] = quote(_CALLING.get())


def _let_glue_sync_end() -> None:
    """A .sync task ends by interrupting a callback that moto makes for other patterns only."""
    supported: set[Any] = state_task_service_glue._SUPPORTED_INTEGRATION_PATTERNS
    supported.add(ResourceCondition.WaitForTaskToken)


def _make_results_json() -> None:
    """Results hold datetimes and streams, which no later state can read: AWS gives epoch seconds and text."""
    sdk_task: Callable[..., None] = StateTaskServiceAwsSdk._eval_service_task
    glue_sync: Callable[..., Callable[[], Any] | None] = StateTaskServiceGlue._sync_to_start_job_run

    def sdk(task: Any, env: Any, *arguments: Any, **named: Any) -> None:
        sdk_task(task, env, *arguments, **named)
        env.stack.append(_json(env.stack.pop()))

    def sync(task: Any, *arguments: Any, **named: Any) -> Callable[[], Any]:
        look = glue_sync(task, *arguments, **named)
        return lambda: _json(look() if look else None)

    replace(StateTaskServiceAwsSdk, "_eval_service_task", sdk)
    replace(StateTaskServiceGlue, "_sync_to_start_job_run", sync)


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_json(inner) for inner in value]
    if isinstance(value, datetime):
        return int(value.timestamp() * 1000)
    if isinstance(value, StreamingBody):
        return value.read().decode()
    return value


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


def _write_outputs_as_json() -> None:
    """moto describes an execution whose output is a text by the text itself."""

    def keep(execution: Any, output: Any) -> None:
        execution.__dict__["output"] = None if output is None else to_json_str(output)

    add(Execution, "output", property(lambda execution: execution.__dict__["output"], keep))
