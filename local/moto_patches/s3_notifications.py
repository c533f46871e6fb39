"""S3: the notification configuration of buckets."""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.s3.responses import S3Response

from local.moto_patches.patching import patch


@patch(
    S3Response,
    "get_bucket_notification",
    "moto stores that a bucket sends its events to EventBridge, but does not return it.",
)
def get_bucket_notification(original: Callable[[Any], Any], service: S3Response) -> Any:
    configuration = service.backend.get_bucket_notification_configuration(service.bucket_name)
    if configuration is None or configuration.event_bridge is None:
        return original(service)
    service.data["Action"] = "GetBucketNotificationConfiguration"
    return service.serialized(ActionResult({"EventBridgeConfiguration": {}}))
