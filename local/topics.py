"""SNS: topics that are not there, and FIFO topics, as AWS was recorded to answer (2025-11-06); moto 5.2.5 differs.

https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
"""

import itertools
from collections.abc import Callable
from typing import Any

from moto.sns.exceptions import SNSInvalidParameter
from moto.sns.models import SNSBackend
from moto.sns.responses import SNSResponse

from local.moto_seams import replace

_ENDPOINT = ":endpoint/"
# 20 digits
_SEQUENCE = itertools.count(10**19)


def install() -> None:
    """To be called before moto serves."""
    publish: Callable[..., str] = SNSBackend.publish
    answer: Callable[[Any], Any] = SNSResponse.publish

    def to_topic(backend: Any, message: str, arn: str | None, *more: Any, **named: Any) -> str:
        # moto takes every ARN that it does not know for that of a mobile endpoint
        if arn and _ENDPOINT not in arn and backend.get_topic(arn).fifo_topic and not named.get("group_id"):
            raise SNSInvalidParameter("Invalid parameter: The MessageGroupId parameter is required for FIFO topics")
        return publish(backend, message, arn, *more, **named)

    def with_sequence(service: Any) -> Any:
        answered = answer(service)
        if str(service._get_param("TopicArn")).endswith(".fifo"):
            answered.result["SequenceNumber"] = str(next(_SEQUENCE))
        return answered

    replace(SNSBackend, "publish", to_topic)
    replace(SNSResponse, "publish", with_sequence)
