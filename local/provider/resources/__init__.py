"""The resource types that the local AWS knows, by Pulumi type token: the table."""

from collections.abc import Mapping
from typing import Final

from local.provider.resources import (
    athena,
    cloudwatch,
    glue,
    iam,
    kms,
    lambda_,
    s3_buckets,
    s3_objects,
    scheduler,
    sfn,
    sns,
)
from local.provider.spec import Resource

RESOURCES: Final[Mapping[str, Resource]] = {
    token: resource
    for service in (athena, cloudwatch, glue, iam, kms, lambda_, s3_buckets, s3_objects, scheduler, sfn, sns)
    for token, resource in service.RESOURCES.items()
}
