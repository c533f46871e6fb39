"""What the deployment knows of a data set: the Pulumi program writes it beside the recipe, for each state machine.

{"job": {namespace, name}, "prefix": of its keys, "output": {namespace, name}, "table": {namespace, name},
"inputs": [{"source", namespace, name, type}], "column_lineage": {fields, dataset}}
"""

import json
from typing import Any

from botocore.exceptions import ClientError

from failures import InvalidEvent


def read(s3: Any, prefix: str, state_machine: str) -> dict[str, Any]:
    """The facts of the data set that the state machine prepares; raises InvalidEvent if there are none."""
    bucket, _, key = prefix.removeprefix("s3://").partition("/")
    try:
        body = s3.get_object(Bucket=bucket, Key=f"{key}{state_machine}.json")["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            raise InvalidEvent(f"{state_machine} is not a state machine of the stack") from error
        raise
    facts: dict[str, Any] = json.loads(body)
    return facts
