"""Distributed Maps: item readers for S3 and tolerated failures.

https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
"""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from moto.stepfunctions.parser.api import HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.state.exec.state_map.item_reader.eval.resource_eval_s3 import (
    ResourceEvalS3,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.distributed_iteration_component import (
    DistributedIterationComponent,
)

from local.moto_patches.patching import patch


@patch(ResourceEvalS3, "eval_resource", "moto ends the execution if an item reader fails; AWS's error can be caught.")
def read_items(original: Callable[..., None], reader: Any, env: Any) -> None:
    try:
        original(reader, env)
    except (BotoCoreError, ClientError) as error:
        raise _failure(env, "States.ItemReaderFailed", str(error)) from error


@patch(ResourceEvalS3, "_handle_list_objects_v2", "moto reads one page of a listing and fails if the page is empty.")
def list_all_objects(env: Any, resource_runtime_part: Any, state_credentials: Any) -> None:
    client = ResourceEvalS3._get_s3_client(resource_runtime_part, state_credentials)
    pages = client.get_paginator("list_objects_v2").paginate(**env.stack.pop())
    env.stack.append([listed for page in pages for listed in page.get("Contents", [])])


@patch(DistributedIterationComponent, "_map_run", "moto ignores how many failed items a Distributed Map tolerates.")
def run_map(original: Callable[..., None], component: Any, env: Any, eval_input: Any) -> None:
    original(component, env, eval_input)
    if _exceeds_tolerance(eval_input.map_run_record):
        cause = "The specified tolerated failure threshold was exceeded"
        raise _failure(env, "States.ExceedToleratedFailureThreshold", cause)


def _exceeds_tolerance(map_run: Any) -> bool:
    """Whether failures exceed the count or the percentage that is set; if neither is set, no item may fail."""
    items = map_run.item_counter
    failed = items.failed.get() + items.timed_out.get()
    if not map_run.tolerated_failure_count and not map_run.tolerated_failure_percentage:
        return bool(failed)
    percentage = 100 * failed / max(items.total.get(), 1)
    limits = [(failed, map_run.tolerated_failure_count), (percentage, map_run.tolerated_failure_percentage)]
    return any(found > limit for found, limit in limits if limit)


def _failure(env: Any, error: str, cause: str) -> FailureEventException:
    details: Any = {"executionFailedEventDetails": {"error": error, "cause": cause}}
    return FailureEventException(FailureEvent(env, CustomErrorName(error), HistoryEventType.MapRunFailed, details))
