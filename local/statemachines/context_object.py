"""The context object's times, which moto 5.2.5 writes with microseconds and an offset.

https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from moto.stepfunctions.parser.asl.component.state import state
from moto.stepfunctions.parser.asl.eval.states import ExecutionData, StateData
from moto.stepfunctions.parser.backend import execution_worker

from local.moto_seams import replace


def install() -> None:
    """To be called before the interpreter runs."""
    replace(execution_worker, "ExecutionData", _with_time("StartTime", ExecutionData))
    replace(state, "StateData", _with_time("EnteredTime", StateData))


def _with_time(name: str, make: Callable[..., Any]) -> Callable[..., Any]:
    def made(**fields: Any) -> Any:
        return make(**{**fields, name: _milliseconds(fields[name])})

    return made


def _milliseconds(time: datetime | str) -> str:
    value = datetime.fromisoformat(time) if isinstance(time, str) else time
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
