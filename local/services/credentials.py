"""Temporary credentials of a role, for code that runs with the role."""

from dataclasses import dataclass
from typing import Any

from moto.sts.models import sts_backends

_SESSION_SECONDS = 12 * 3600


@dataclass(frozen=True)
class RoleCredentials:
    """Temporary credentials, which the IAM of the local AWS knows."""

    access_key_id: str
    secret_access_key: str
    session_token: str

    def arguments(self) -> dict[str, Any]:
        """The credentials as arguments of a boto3 client."""
        return {
            "aws_access_key_id": self.access_key_id,
            "aws_secret_access_key": self.secret_access_key,
            "aws_session_token": self.session_token,
        }

    def environment(self) -> dict[str, str]:
        """The credentials as environment variables of AWS SDKs."""
        return {name.upper(): value for name, value in self.arguments().items()}

    def spark_conf(self) -> dict[str, str]:
        """The credentials as Spark's settings for S3A."""
        return {
            "spark.hadoop.fs.s3a.access.key": self.access_key_id,
            "spark.hadoop.fs.s3a.secret.key": self.secret_access_key,
            "spark.hadoop.fs.s3a.session.token": self.session_token,
        }


def assume(role_arn: str, session: str, region: str) -> RoleCredentials:
    """Starts a session of the role; the caller must check that the service may assume the role."""
    partition, account = role_arn.split(":")[1], role_arn.split(":")[4]
    role = sts_backends[account][partition].assume_role(
        region_name=region,
        role_session_name=session,
        role_arn=role_arn,
        policy="",
        duration=_SESSION_SECONDS,
        external_id="",
    )
    return RoleCredentials(role.access_key_id, role.secret_access_key, role.session_token)
