"""The events that Step Functions sends to EventBridge when the status of an execution changes; moto 5.2.5 sends none.

https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
"""

import json
from datetime import datetime
from typing import Any

from moto.events.models import events_backends

from local.statemachines.executions import started_by
from local.statemachines.redrives import redrive_fields

_DETAIL_TYPE = "Step Functions Execution Status Change"
# an event has at most 256 KiB; a larger one has no input and no output
_DETAIL_BYTES = 250 * 1024


def publish(execution: Any, status: str | None = None) -> None:
    """Sends the event of the execution's status, as recorded on 2024-02-07."""
    detail = _detail(execution, status or execution.status)
    text = json.dumps(detail)
    if len(text.encode()) > _DETAIL_BYTES:
        omitted = {"included": False}
        text = json.dumps(detail | {"input": None, "output": None, "inputDetails": omitted, "outputDetails": omitted})
    entry = {
        "Source": "aws.states",
        "DetailType": _DETAIL_TYPE,
        "Resources": [execution.exec_arn],
        "Detail": text,
    }
    events_backends[execution.account_id][execution.region_name].put_events([entry])


def _detail(execution: Any, status: str) -> dict[str, Any]:
    output = execution.output if status == "SUCCEEDED" else None
    redrive = {"redriveDate": None, "redriveStatusReason": None, **redrive_fields(execution, status)}
    return {
        "executionArn": execution.exec_arn,
        "stateMachineArn": execution.state_machine_arn,
        "name": execution.name,
        "status": status,
        "startDate": _milliseconds(execution.start_date),
        "stopDate": _milliseconds(execution.stop_date),
        "input": execution.execution_input,
        "output": output,
        "stateMachineVersionArn": None,
        "stateMachineAliasArn": None,
        **started_by(execution),
        **redrive,
        "redriveDate": _milliseconds(redrive["redriveDate"]),
        "inputDetails": {"included": True},
        "outputDetails": None if output is None else {"included": True},
        "error": execution.error,
        "cause": execution.cause,
    }


def _milliseconds(time: datetime | None) -> int | None:
    return int(time.timestamp() * 1000) if time else None
