"""Callers, their policies, and the services that a role trusts, from moto's IAM."""

from dataclasses import dataclass
from typing import Any

from moto.iam.access_control import CreateAccessKeyFailure, create_access_key
from moto.iam.models import Policy, iam_backends
from moto.s3.models import s3_backends

from local.authorization import policies

_PARTITION = "aws"


class UnknownCaller(Exception):
    """The access key does not exist."""


class TrustError(Exception):
    """The trust policy of a role does not allow a service to assume it."""


@dataclass(frozen=True)
class Caller:
    """The caller's ARN and identity-based policies."""

    arn: str
    documents: list[str]

    def principals(self) -> set[str]:
        """The principals that match the caller in a resource-based policy: the session, its role, the account."""
        account = self.arn.split(":")[4]
        return {self.arn, self.role_arn(), account, f"arn:{_PARTITION}:iam::{account}:root"}

    def role_arn(self) -> str:
        """The role of a session; the user's own ARN for a user."""
        if ":assumed-role/" not in self.arn:
            return self.arn
        role = self.arn.split("/")[1]
        return f"arn:{_PARTITION}:iam::{self.arn.split(':')[4]}:role/{role}"


def caller(account: str, access_key_id: str, headers: dict[str, str]) -> Caller:
    """The user or the role session of an access key; signatures are not verified."""
    token = {"X-Amz-Security-Token": headers["x-amz-security-token"]} if "x-amz-security-token" in headers else {}
    try:
        key = create_access_key(account, _PARTITION, access_key_id, token)
    except CreateAccessKeyFailure as error:
        raise UnknownCaller(access_key_id) from error
    return Caller(key.arn, [_document(policy) for policy in key.collect_policies()])


def role_documents(account: str, role_arn: str) -> list[str]:
    """The documents of a role's managed and inline policies."""
    iam = iam_backends[account][_PARTITION]
    role = iam.get_role_by_arn(role_arn)
    attached, _ = iam.list_attached_role_policies(role.name)
    return [_document(policy) for policy in attached] + [_document(inline) for inline in role.policies.values()]


def bucket_policy(account: str, bucket: str) -> str | None:
    """The policy of a bucket, if it has one."""
    found = s3_backends[account][_PARTITION].buckets.get(bucket)
    policy = found.policy if found else None
    return policy.decode() if isinstance(policy, bytes) else policy


def check_trust(account: str, role_arn: str, *principals: str) -> None:
    """Raises TrustError unless the trust policy allows one of the principals, on behalf of this account."""
    try:
        role = iam_backends[account][_PARTITION].get_role_by_arn(role_arn)
    except Exception as error:
        raise TrustError(f"{role_arn} does not exist") from error
    document, context = role.assume_role_policy_document, {"aws:SourceAccount": account}
    if policies.decide([document], "sts:AssumeRole", role_arn, context, principals) != "Allow":
        raise TrustError(f"{role_arn} does not trust {principals[0]}")


def _document(policy: Any) -> str:
    if isinstance(policy, Policy):
        return str(next(version.document for version in policy.versions if version.is_default))
    return str(policy if isinstance(policy, str) else policy["policy_document"])
