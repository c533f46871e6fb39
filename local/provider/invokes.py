"""The provider's functions, which describe the account and the region."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from local.provider.aws import Aws
from local.provider.spec import Properties

_DNS_SUFFIXES: Final = {"aws": "amazonaws.com", "aws-cn": "amazonaws.com.cn", "aws-us-gov": "amazonaws.com"}


def _caller_identity(aws: Aws, _: Properties) -> Properties:
    identity = aws.call("sts", "GetCallerIdentity", {})
    account = identity["Account"]
    return {"accountId": account, "arn": identity["Arn"], "id": account, "userId": identity["UserId"]}


def _region(aws: Aws, arguments: Properties) -> Properties:
    name = arguments.get("name") or arguments.get("id") or aws.region
    suffix = _DNS_SUFFIXES[aws.partition]
    return {"description": name, "endpoint": f"ec2.{name}.{suffix}", "id": name, "name": name}


def _partition(aws: Aws, _: Properties) -> Properties:
    suffix = _DNS_SUFFIXES[aws.partition]
    reverse = ".".join(reversed(suffix.split(".")))
    return {"dnsSuffix": suffix, "id": aws.partition, "partition": aws.partition, "reverseDnsPrefix": reverse}


INVOKES: Final[Mapping[str, Callable[[Aws, Properties], dict[str, Any]]]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": _caller_identity,
    "aws:index/getRegion:getRegion": _region,
    "aws:index/getPartition:getPartition": _partition,
}
