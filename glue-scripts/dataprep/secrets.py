"""Reads secrets from AWS Secrets Manager. Importing boto3 takes time, which only runs with a secret need."""

import json
from dataclasses import dataclass, field
from typing import Any

from dataprep.failures import SecretUnavailable


@dataclass(frozen=True)
class Credentials:
    """The user of a database; the password is not in the representation."""

    username: str
    password: str = field(repr=False)


def read(secret: str) -> str:
    """The text of the secret with this ARN or name; a name is in the region of the environment."""
    import boto3

    region = secret.split(":")[3] if secret.startswith("arn:") else None
    return str(boto3.client("secretsmanager", region_name=region).get_secret_value(SecretId=secret)["SecretString"])


def credentials(secret: str) -> Credentials:
    """The fields username and password of a secret in JSON; raises SecretUnavailable."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        text = read(secret)
    except ClientError as error:
        raise SecretUnavailable(f"secret {secret}: {error.response['Error']['Code']}") from error
    except BotoCoreError as error:
        raise SecretUnavailable(f"secret {secret}: {type(error).__name__}") from error
    except KeyError:
        raise SecretUnavailable(f"secret {secret}: it has no text, but binary data") from None
    return Credentials(_field(secret, text, "username"), _field(secret, text, "password"))


def _field(secret: str, text: str, name: str) -> str:
    try:
        value: Any = json.loads(text)[name]
    except (ValueError, KeyError, TypeError):
        # the error of the parser may show a part of the secret
        raise SecretUnavailable(f"secret {secret}: it must be a JSON object with the field {name}") from None
    if not isinstance(value, str) or not value:
        raise SecretUnavailable(f"secret {secret}: its field {name} must be a text")
    return value
