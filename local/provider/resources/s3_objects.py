"""S3 objects, uploaded from assets and archives."""

from typing import Final

from local.provider.resources.s3_versions import delete_versions
from local.provider.spec import AutoName, Call, Hook, Properties, Resource, Scope, words

_UPLOADED: Final = words("""
    acl bucket bucketKeyEnabled cacheControl checksumAlgorithm content contentDisposition contentEncoding
    contentLanguage contentType key kmsKeyId metadata serverSideEncryption source sourceHash storageClass
    websiteRedirect
""")
_OBJECT: Final = {"Bucket": "$bucket", "Key": "$key"}
_PUT: Final = Call("PutObject", on=_UPLOADED)


def _read_object(scope: Scope) -> Properties:
    bucket, key = scope.fields["bucket"], scope.fields["key"]
    head = scope.call("HeadObject", Bucket=bucket, Key=key)
    return {
        "bucket": bucket,
        "bucketKeyEnabled": head.get("BucketKeyEnabled", False),
        "cacheControl": head.get("CacheControl", ""),
        "contentDisposition": head.get("ContentDisposition", ""),
        "contentEncoding": head.get("ContentEncoding", ""),
        "contentLanguage": head.get("ContentLanguage", ""),
        "contentType": head.get("ContentType", ""),
        "etag": head["ETag"].strip('"'),
        "kmsKeyId": head.get("SSEKMSKeyId", ""),
        "metadata": head.get("Metadata", {}),
        "serverSideEncryption": head.get("ServerSideEncryption", ""),
        "storageClass": head.get("StorageClass", "STANDARD"),
        "versionId": head.get("VersionId", ""),
        "websiteRedirect": head.get("WebsiteRedirectLocation", ""),
    }


def _tag_object(scope: Scope) -> None:
    """Sets the tags after each write, because a new version has none."""
    where = {"Bucket": scope.fields["bucket"], "Key": scope.fields["key"]}
    if tags := scope.inputs.get("tags"):
        tag_set = [{"Key": name, "Value": value} for name, value in tags.items()]
        scope.call("PutObjectTagging", **where, Tagging={"TagSet": tag_set})
    else:
        scope.call("DeleteObjectTagging", **where)


RESOURCES: Final = {
    "aws:s3/bucketObjectv2:BucketObjectv2": Resource(
        service="s3",
        inputs=(*_UPLOADED, "forceDestroy", "tags"),
        required=("bucket",),
        id="$key",
        import_id="$bucket/$key",
        auto_name=AutoName("key", max_length=1024, random=0),
        create=_PUT,
        update=(_PUT, Hook(_tag_object, on=(*_UPLOADED, "tags"))),
        read=(Hook(_read_object), Call("GetObjectTagging", key=_OBJECT, at="{tags: tagSet}")),
        delete=(Hook(lambda scope: delete_versions(scope, scope.fields["key"])),),
        names={
            "source": "body",
            "content": "body",
            "kmsKeyId": "sseKmsKeyId",
            "websiteRedirect": "websiteRedirectLocation",
        },
        settings=words("acl checksumAlgorithm content forceDestroy source sourceHash"),
        replace=words("bucket key"),
        defaults={"contentType": "binary/octet-stream", "storageClass": "STANDARD"},
        outputs=words("etag versionId"),
        derived={"arn": "arn:$partition:s3:::$bucket/$key", "tagsAll": "$tags"},
        volatile=words("etag versionId"),
    ),
}
