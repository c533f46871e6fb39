"""IAM's quotas for the sizes of policies and for their number.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

import inspect
import re
from collections.abc import Callable
from typing import Any

from moto.iam.exceptions import LimitExceededException
from moto.iam.models import IAMBackend

from local.moto_patches.patching import patch

_MANAGED_POLICY_CHARACTERS = 6_144
_TRUST_POLICY_CHARACTERS = 2_048
_INLINE_POLICIES_CHARACTERS = 10_240
_MANAGED_POLICIES_OF_A_ROLE = 10
_POLICY_SIZE = "IAM refuses a managed policy that exceeds the quota for its size; moto accepts it."
_TRUST_SIZE = "IAM refuses a trust policy that exceeds the quota for its size; moto accepts it."
_Operation = Callable[..., Any]


@patch(IAMBackend, "create_policy", _POLICY_SIZE)
@patch(IAMBackend, "create_policy_version", _POLICY_SIZE)
def write_managed_policy(original: _Operation, backend: IAMBackend, *arguments: Any, **named: Any) -> Any:
    document = _bound(original, backend, *arguments, **named)["policy_document"]
    _check_size(document, "PolicySize", _MANAGED_POLICY_CHARACTERS)
    return original(backend, *arguments, **named)


@patch(IAMBackend, "create_role", _TRUST_SIZE)
def create_role(original: _Operation, backend: IAMBackend, *arguments: Any, **named: Any) -> Any:
    document = _bound(original, backend, *arguments, **named)["assume_role_policy_document"]
    _check_size(document, "ACLSizePerRole", _TRUST_POLICY_CHARACTERS)
    return original(backend, *arguments, **named)


@patch(IAMBackend, "update_assume_role_policy", _TRUST_SIZE)
def update_trust_policy(original: _Operation, backend: IAMBackend, *arguments: Any, **named: Any) -> Any:
    document = _bound(original, backend, *arguments, **named)["policy_document"]
    _check_size(document, "ACLSizePerRole", _TRUST_POLICY_CHARACTERS)
    return original(backend, *arguments, **named)


@patch(
    IAMBackend,
    "put_role_policy",
    "IAM refuses an inline policy if the inline policies of the role exceed the quota for their size; moto accepts it.",
)
def put_role_policy(original: _Operation, backend: IAMBackend, *arguments: Any, **named: Any) -> Any:
    given = _bound(original, backend, *arguments, **named)
    name = given["role_name"]
    policies = {**backend.get_role(name).policies, given["policy_name"]: given["policy_json"]}
    if sum(map(_size, policies.values())) > _INLINE_POLICIES_CHARACTERS:
        raise LimitExceededException(
            f"Maximum policy size of {_INLINE_POLICIES_CHARACTERS} bytes exceeded for role {name}"
        )
    return original(backend, *arguments, **named)


@patch(IAMBackend, "attach_role_policy", "IAM refuses an eleventh managed policy of a role; moto attaches it.")
def attach_role_policy(original: _Operation, backend: IAMBackend, *arguments: Any, **named: Any) -> Any:
    given = _bound(original, backend, *arguments, **named)
    attached = set(backend.get_role(given["role_name"]).managed_policies) | {given["policy_arn"]}
    if len(attached) > _MANAGED_POLICIES_OF_A_ROLE:
        raise LimitExceededException(f"Cannot exceed quota for PoliciesPerRole: {_MANAGED_POLICIES_OF_A_ROLE}")
    return original(backend, *arguments, **named)


def _bound(operation: _Operation, *arguments: Any, **named: Any) -> dict[str, Any]:
    """The arguments by the names of the operation's parameters."""
    return inspect.signature(operation).bind(*arguments, **named).arguments


def _check_size(document: str, quota: str, characters: int) -> None:
    if _size(document) > characters:
        raise LimitExceededException(f"Cannot exceed quota for {quota}: {characters}")


def _size(document: str) -> int:
    """The number of characters; IAM does not count white space."""
    return len(re.sub(r"\s", "", document))
