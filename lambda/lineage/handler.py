"""The Lambda function: records the start and the end of each run as an OpenLineage event.

Event   "Step Functions Execution Status Change" of EventBridge, of a state machine of the stack
Answer  {"written": "s3://bucket/key"}

Environment: DATA_BUCKET; FACTS, the prefix of the objects with the facts of each data set (facts.py); LINEAGE_ENDPOINT,
the https address that also receives the event, which is a secret; unset for none.

Permissions: s3:GetObject on the facts, the manifests beside data sets and the quality reports; s3:PutObject under
lineage/; s3:ListBucket on the data bucket. Errors: see failures.py. Lambda retries an invocation twice, which writes
the same object again, then sends its event to the dead-letter queue. A run never waits for it.
"""

import json
import os
from typing import Any

import boto3
from botocore.config import Config

import endpoint
import facts
import results
import run_event
from status_change import StatusChange


def handler(event: Any, context: Any) -> dict[str, Any]:
    """Lambda's entry point."""
    change = StatusChange.parse(event)
    print(json.dumps({"run_id": change.name, "event": change.event_type}))
    s3 = boto3.client("s3", config=Config(retries={"mode": "standard"}))
    known = facts.read(s3, os.environ["FACTS"], change.state_machine)
    result = results.read(s3, change)
    body = json.dumps(run_event.of(change, known, result)).encode()
    bucket = os.environ["DATA_BUCKET"]
    key = f"{known['prefix']}lineage/run_id={change.name}/{change.event_type}.json"
    s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType="application/json")
    if address := os.environ.get("LINEAGE_ENDPOINT"):
        endpoint.post(address, body)
    return {"written": f"s3://{bucket}/{key}"}
