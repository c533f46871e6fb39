"""S3: the notifications of a bucket to EventBridge."""

from typing import Final

from local.provider.spec import Hook, Properties, Resource, Scope, words


def _put(scope: Scope) -> None:
    configuration: Properties = {"EventBridgeConfiguration": {}} if scope.inputs.get("eventbridge") else {}
    _set(scope, configuration)


def _get(scope: Scope) -> Properties:
    found = scope.call("GetBucketNotificationConfiguration", Bucket=scope.fields["bucket"])
    return {"eventbridge": "EventBridgeConfiguration" in found}


def _clear(scope: Scope) -> None:
    _set(scope, {})


def _set(scope: Scope, configuration: Properties) -> None:
    bucket = scope.fields["bucket"]
    scope.call("PutBucketNotificationConfiguration", Bucket=bucket, NotificationConfiguration=configuration)


RESOURCES: Final = {
    "aws:s3/bucketNotification:BucketNotification": Resource(
        service="s3",
        inputs=words("bucket eventbridge"),
        required=("bucket",),
        id="$bucket",
        create=Hook(_put, on=words("bucket eventbridge")),
        update=(Hook(_put, on=("eventbridge",)),),
        read=(Hook(_get),),
        delete=(Hook(_clear),),
        replace=("bucket",),
        defaults={"eventbridge": False},
    ),
}
