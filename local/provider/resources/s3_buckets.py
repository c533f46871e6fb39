"""S3 buckets and their settings, which are separate resources."""

from collections.abc import Mapping
from typing import Final

from local.provider.resources.s3_versions import delete_versions
from local.provider.spec import AutoName, Call, Hook, Properties, Resource, Scope, words

_BUCKET: Final = {"Bucket": "$bucket"}
_DEFAULT_REGION: Final = "us-east-1"  # S3 does not accept this region as a location constraint


def _create_bucket(scope: Scope) -> None:
    request: Properties = {"ObjectLockEnabledForBucket": bool(scope.inputs.get("objectLockEnabled"))}
    if scope.aws.region != _DEFAULT_REGION:
        request["CreateBucketConfiguration"] = {"LocationConstraint": scope.aws.region}
    scope.call("CreateBucket", Bucket=scope.inputs["bucket"], **request)


def _empty_bucket(scope: Scope) -> None:
    if scope.fields.get("forceDestroy"):
        delete_versions(scope)


def _setting(
    operation: str,
    delete: Call,
    optional: str = "",
    required: str = "",
    under: str = "",
    at: str = "@",
    names: Mapping[str, str] | None = None,
) -> Resource:
    """A setting of a bucket, identified by the bucket's name."""
    write = Call(f"Put{operation}", key=_BUCKET, under=under)
    return Resource(
        service="s3",
        inputs=words(f"bucket expectedBucketOwner {required} {optional}"),
        required=words(f"bucket {required}"),
        id="$bucket",
        create=write,
        update=(write,),
        read=(Call(f"Get{operation}", key=_BUCKET, at=at),),
        delete=(delete,),
        names=names or {},
        settings=("expectedBucketOwner",),
        replace=words("bucket expectedBucketOwner"),
    )


RESOURCES: Final = {
    "aws:s3/bucketV2:BucketV2": Resource(
        service="s3",
        inputs=words("bucket bucketPrefix forceDestroy objectLockEnabled tags"),
        id="$bucket",
        auto_name=AutoName("bucket", max_length=63, lower=True),
        create=Hook(_create_bucket, on=words("bucket objectLockEnabled")),
        update=(
            Call(
                "PutBucketTagging",
                key=_BUCKET,
                names={"tags": "tagging.tagSet"},
                on=("tags",),
                unset="DeleteBucketTagging",
            ),
        ),
        read=(
            Call("HeadBucket", key=_BUCKET, at="{region: bucketRegion}"),
            Call("GetBucketTagging", key=_BUCKET, at="{tags: tagSet}"),
        ),
        delete=(Hook(_empty_bucket), Call("DeleteBucket", key=_BUCKET)),
        settings=words("bucketPrefix forceDestroy objectLockEnabled"),
        replace=words("bucket bucketPrefix objectLockEnabled"),
        outputs=("region",),
        derived={
            "arn": "arn:$partition:s3:::$bucket",
            "bucketDomainName": "$bucket.s3.amazonaws.com",
            "bucketRegionalDomainName": "$bucket.s3.$region.amazonaws.com",
            "tagsAll": "$tags",
        },
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _setting(
        "PublicAccessBlock",
        Call("DeletePublicAccessBlock", key=_BUCKET),
        optional="blockPublicAcls blockPublicPolicy ignorePublicAcls restrictPublicBuckets",
        under="PublicAccessBlockConfiguration",
        at="publicAccessBlockConfiguration",
    ),
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": _setting(
        "BucketEncryption",
        Call("DeleteBucketEncryption", key=_BUCKET),
        required="rules",
        under="ServerSideEncryptionConfiguration",
        at="serverSideEncryptionConfiguration",
    ),
    "aws:s3/bucketVersioningV2:BucketVersioningV2": _setting(
        "BucketVersioning",
        Call("PutBucketVersioning", key={**_BUCKET, "VersioningConfiguration": {"Status": "Suspended"}}),
        required="versioningConfiguration",
        optional="mfa",
        at="{versioningConfiguration: @}",
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _setting(
        "BucketOwnershipControls",
        Call("DeleteBucketOwnershipControls", key=_BUCKET),
        required="rule",
        under="OwnershipControls",
        at="ownershipControls",
        names={"rule": "rules[0]"},
    ),
    "aws:s3/bucketPolicy:BucketPolicy": _setting(
        "BucketPolicy", Call("DeleteBucketPolicy", key=_BUCKET), required="policy"
    ),
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": _setting(
        "BucketLifecycleConfiguration",
        Call("DeleteBucketLifecycle", key=_BUCKET),
        required="rules",
        optional="transitionDefaultMinimumObjectSize",
        under="LifecycleConfiguration",
    ),
}
