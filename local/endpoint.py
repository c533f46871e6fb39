"""The address and the account of a local AWS."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AwsEndpoint:
    """An address such as http://127.0.0.1:4566, and the administrator's credentials for it."""

    url: str
    region: str
    account: str
    access_key_id: str
    secret_access_key: str
