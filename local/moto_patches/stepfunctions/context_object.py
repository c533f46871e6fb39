"""The times of the context object.

https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from moto.stepfunctions.parser.asl.component.state import state
from moto.stepfunctions.parser.backend import execution_worker

from local.moto_patches.patching import patch

_REASON = "moto writes this time of the context object with microseconds and an offset."


@patch(execution_worker, "ExecutionData", _REASON)
def execution_data(original: Callable[..., Any], **fields: Any) -> Any:
    return original(**{**fields, "StartTime": _milliseconds(fields["StartTime"])})


@patch(state, "StateData", _REASON)
def state_data(original: Callable[..., Any], **fields: Any) -> Any:
    return original(**{**fields, "EnteredTime": _milliseconds(fields["EnteredTime"])})


def _milliseconds(time: datetime | str) -> str:
    value = datetime.fromisoformat(time) if isinstance(time, str) else time
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
