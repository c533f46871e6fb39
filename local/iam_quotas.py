"""IAM: what is too large is refused; moto takes it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

import inspect
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from moto.iam.exceptions import LimitExceededException
from moto.iam.models import IAMBackend

from local.moto_seams import replace

_MANAGED_POLICY = 6_144
_TRUST_POLICY = 2_048
_INLINE_POLICIES_OF_A_ROLE = 10_240
_MANAGED_POLICIES_OF_A_ROLE = 10
_Check = Callable[[IAMBackend, dict[str, Any]], None]


def install() -> None:
    """Makes moto's IAM refuse what exceeds a quota."""
    checks: dict[str, _Check] = {
        "create_policy": _document("policy_document", _MANAGED_POLICY, "PolicySize"),
        "create_policy_version": _document("policy_document", _MANAGED_POLICY, "PolicySize"),
        "create_role": _document("assume_role_policy_document", _TRUST_POLICY, "ACLSizePerRole"),
        "update_assume_role_policy": _document("policy_document", _TRUST_POLICY, "ACLSizePerRole"),
        "put_role_policy": _check_inline_policies,
        "attach_role_policy": _check_attached_policies,
    }
    for operation, check in checks.items():
        replace(IAMBackend, operation, _checked(getattr(IAMBackend, operation), check))


def _checked(operation: Callable[..., Any], check: _Check) -> Callable[..., Any]:
    signature = inspect.signature(operation)

    @wraps(operation)
    def checked(backend: IAMBackend, *arguments: Any, **more: Any) -> Any:
        check(backend, signature.bind(backend, *arguments, **more).arguments)
        return operation(backend, *arguments, **more)

    return checked


def _document(argument: str, characters: int, quota: str) -> _Check:
    def check(_: IAMBackend, arguments: dict[str, Any]) -> None:
        if _size(arguments[argument]) > characters:
            raise LimitExceededException(f"Cannot exceed quota for {quota}: {characters}")

    return check


def _check_inline_policies(backend: IAMBackend, arguments: dict[str, Any]) -> None:
    name = arguments["role_name"]
    policies = {**backend.get_role(name).policies, arguments["policy_name"]: arguments["policy_json"]}
    if sum(map(_size, policies.values())) > _INLINE_POLICIES_OF_A_ROLE:
        raise LimitExceededException(
            f"Maximum policy size of {_INLINE_POLICIES_OF_A_ROLE} bytes exceeded for role {name}"
        )


def _check_attached_policies(backend: IAMBackend, arguments: dict[str, Any]) -> None:
    attached = set(backend.get_role(arguments["role_name"]).managed_policies) | {arguments["policy_arn"]}
    if len(attached) > _MANAGED_POLICIES_OF_A_ROLE:
        raise LimitExceededException(f"Cannot exceed quota for PoliciesPerRole: {_MANAGED_POLICIES_OF_A_ROLE}")


def _size(document: str) -> int:
    """White space does not count."""
    return len(re.sub(r"\s", "", document))
