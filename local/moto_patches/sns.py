"""SNS: publishing to missing topics and to FIFO topics, as recorded on AWS (2025-11-06).

https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
"""

import itertools
from collections.abc import Callable
from typing import Any

from moto.sns.exceptions import SNSInvalidParameter
from moto.sns.models import SNSBackend
from moto.sns.responses import SNSResponse

from local.moto_patches.patching import patch

_ENDPOINT = ":endpoint/"
# 20 digits
_SEQUENCE_NUMBERS = itertools.count(10**19)


@patch(
    SNSBackend,
    "publish",
    "moto takes each unknown ARN for a mobile endpoint and does not require a message group for FIFO topics.",
)
def publish(original: Callable[..., str], backend: Any, message: str, arn: str | None, *more: Any, **named: Any) -> str:
    if arn and _ENDPOINT not in arn and backend.get_topic(arn).fifo_topic and not named.get("group_id"):
        raise SNSInvalidParameter("Invalid parameter: The MessageGroupId parameter is required for FIFO topics")
    return original(backend, message, arn, *more, **named)


@patch(SNSResponse, "publish", "moto's response lacks the sequence number of a message to a FIFO topic.")
def respond_to_publish(original: Callable[[Any], Any], service: Any) -> Any:
    response = original(service)
    if str(service._get_param("TopicArn")).endswith(".fifo"):
        response.result["SequenceNumber"] = str(next(_SEQUENCE_NUMBERS))
    return response
