"""SQS: the attributes of queues."""

from collections.abc import Callable
from typing import Any

from moto.sqs.models import Queue

from local.moto_patches.patching import patch


@patch(Queue, "_set_attributes", "moto removes a queue's policy when another attribute is set.")
def set_attributes(
    original: Callable[..., None], queue: Queue, attributes: dict[str, Any], now: float | None = None
) -> None:
    original(queue, {"Policy": getattr(queue, "policy", None), **attributes}, now)
