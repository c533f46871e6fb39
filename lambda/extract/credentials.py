"""The credentials with which an https source is read: the headers that a secret in Secrets Manager gives.

The secret is read in each invocation, so that a rotated one works at once. Its value is in no event, error, log or
answer. SOURCE_CREDENTIALS has what is not secret: a JSON object by the data set's prefix and the source's name.

Permissions: secretsmanager:GetSecretValue on the secret, and kms:Decrypt on its key if that is not AWS's own.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

import https_client
from errors import SecretUnavailable, SourceForbidden, SourceMalformed, SourceUnavailable

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PASSING = {"InternalServiceError", "ThrottlingException"}


@dataclass(frozen=True)
class Credentials:
    """How to read a source: `type` is bearer, basic, header or oauth2ClientCredentials.

    `key` is the field of the secret's JSON with the value, empty if the secret is the value itself. basic reads the
    fields username and password, oauth2ClientCredentials the fields client_id and client_secret.
    """

    type: str
    secret: str
    key: str = ""
    header: str = ""
    token_uri: str = ""
    scope: str = ""

    @staticmethod
    def parse(fields: Mapping[str, str] | None) -> "Credentials | None":
        """From the deployment's JSON, which the Pulumi program has checked."""
        if fields is None:
            return None
        names = {"tokenUri": "token_uri"}
        return Credentials(**{names.get(name, name): value for name, value in fields.items()})

    def headers(self, allowed_hosts: frozenset[str]) -> dict[str, str]:
        """The headers of a request; raises SecretUnavailable, and for a token also the errors of an https source."""
        secret = self._read()
        if self.type == "header":
            return {self.header: self._value(secret)}
        if self.type == "bearer":
            return {"Authorization": f"Bearer {self._value(secret)}"}
        if self.type == "basic":
            return self._basic(secret, "username", "password")
        return {"Authorization": f"Bearer {self._token(secret, allowed_hosts)}"}

    def _read(self) -> str:
        client = boto3.client("secretsmanager", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))
        try:
            return str(client.get_secret_value(SecretId=self.secret)["SecretString"])
        except ClientError as error:
            code = error.response["Error"]["Code"]
            kind = SourceUnavailable if code in _PASSING else SecretUnavailable
            raise kind(f"secret {self.secret}: {code}") from error
        except BotoCoreError as error:
            raise SourceUnavailable(f"secret {self.secret}: {type(error).__name__}") from error
        except KeyError:
            raise SecretUnavailable(f"secret {self.secret}: it has no text, but binary data") from None

    def _value(self, secret: str) -> str:
        return self._field(secret, self.key) if self.key else self._checked(secret, "its value")

    def _field(self, secret: str, name: str) -> str:
        try:
            value = json.loads(secret)[name]
        except (ValueError, KeyError, TypeError):
            # the error of the parser may show a part of the secret
            raise SecretUnavailable(f"secret {self.secret}: it must be a JSON object with the field {name}") from None
        return self._checked(str(value), f"its field {name}")

    def _checked(self, value: str, what: str) -> str:
        if not value or _CONTROL.search(value) or not value.isascii():
            raise SecretUnavailable(f"secret {self.secret}: {what} is no text that a header can have")
        return value

    def _basic(self, secret: str, user: str, password: str) -> dict[str, str]:
        pair = f"{self._field(secret, user)}:{self._field(secret, password)}"
        return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}

    def _token(self, secret: str, allowed_hosts: frozenset[str]) -> str:
        form = {"grant_type": "client_credentials"} | ({"scope": self.scope} if self.scope else {})
        client = self._basic(secret, "client_id", "client_secret")
        answer = https_client.post(self.token_uri, allowed_hosts, urlencode(form), client)
        try:
            token: Any = json.loads(answer)["access_token"]
        except (ValueError, KeyError, TypeError):
            raise SourceMalformed(f"{https_client.shown(self.token_uri)}: the answer has no access_token") from None
        return self._checked(str(token), "the token that it gave")


def headers(credentials: Credentials | None, allowed_hosts: frozenset[str]) -> dict[str, str]:
    """The headers of a request for a source with or without credentials."""
    return credentials.headers(allowed_hosts) if credentials else {}


@contextmanager
def naming_secret(credentials: Credentials | None) -> Iterator[None]:
    """Adds the secret's name to the error of a server that refuses the credentials."""
    try:
        yield
    except SourceForbidden as error:
        if credentials:
            raise SourceForbidden(f"{error}, with the secret {credentials.secret}") from error
        raise
