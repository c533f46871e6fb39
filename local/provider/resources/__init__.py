"""The table: the supported resource types by Pulumi type token."""

from collections.abc import Mapping
from typing import Final

from local.provider.resources import (
    athena,
    budgets,
    cloudwatch,
    events,
    glue,
    iam,
    kms,
    lambda_,
    s3_buckets,
    s3_notifications,
    s3_objects,
    scheduler,
    secretsmanager,
    sfn,
    sns,
    sqs,
)
from local.provider.spec import Resource

RESOURCES: Final[Mapping[str, Resource]] = {
    token: resource
    for service in (
        *(athena, budgets, cloudwatch, events, glue, iam, kms, lambda_),
        *(s3_buckets, s3_notifications, s3_objects, scheduler, secretsmanager, sfn, sns, sqs),
    )
    for token, resource in service.RESOURCES.items()
}
