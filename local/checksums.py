"""S3: what kind an object's checksum is, which moto 5.2.5 knows of objects that were uploaded in parts only.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
"""

from collections.abc import Callable
from typing import Any

from moto.s3.models import FakeKey
from moto.s3.responses import S3Response

from local.moto_seams import replace

_WHOLE = "FULL_OBJECT"


def install() -> None:
    """To be called before moto serves."""
    init: Callable[..., None] = FakeKey.__init__
    checksum: Callable[..., Any] = S3Response._get_checksum

    def of_whole_object(key: Any, *arguments: Any, **named: Any) -> None:
        init(key, *arguments, **named)
        key.checksum_type = key.checksum_type or _WHOLE

    def with_type(service: Any, response_headers: dict[str, Any]) -> Any:
        found = checksum(service, response_headers)
        if found[0]:
            response_headers["x-amz-checksum-type"] = _WHOLE
        return found

    replace(FakeKey, "__init__", of_whole_object)
    replace(S3Response, "_get_checksum", with_type)
