"""Automatic names of resources: the logical name and random characters."""

import hashlib
import secrets
from typing import Any, Final

from pulumi.runtime.proto.provider_pb2 import CheckRequest

from local.provider.shapes import PropertyError
from local.provider.spec import AutoName, Properties

DEFAULTS: Final = "__defaults"
"""The input in which a provider stores the names of the properties that it set."""

_Mode: Final = CheckRequest.AutonamingOptions.Mode


def named(rule: AutoName, request: Any, logical_name: str, olds: Properties, news: Properties) -> Properties:
    """The inputs with a name: the program's own, the earlier automatic name, or a new one."""
    if news.get(rule.property) is not None:
        return news
    prefix = f"{rule.property}Prefix"
    if rule.property in olds.get(DEFAULTS, []) and olds.get(prefix) == news.get(prefix):
        name = olds[rule.property]
    else:
        name = _automatic_name(rule, request, logical_name, news.get(prefix))
    if len(name) > rule.max_length:
        reason = f"invalid automatic name {name!r} of {len(name)} characters; must have at most {rule.max_length}"
        raise PropertyError(rule.property, reason)
    return {**news, rule.property: name, DEFAULTS: [rule.property]}


def _automatic_name(rule: AutoName, request: Any, logical_name: str, prefix: Any) -> str:
    mode = request.autonaming.mode if request.HasField("autonaming") else None
    if mode == _Mode.DISABLE:
        raise PropertyError(rule.property, "unset; must be set: the project's configuration disables automatic names")
    if mode == _Mode.ENFORCE:
        return str(request.autonaming.proposed_name)
    if mode == _Mode.PROPOSE:
        name = str(request.autonaming.proposed_name)
    else:
        start = prefix if isinstance(prefix, str) else logical_name + (rule.separator if rule.random else "")
        name = start + _random(rule, request.randomSeed)
    return rule.start + (name.lower() if rule.lower else name)


def _random(rule: AutoName, seed: bytes) -> str:
    """Characters derived from the engine's seed, so that a preview and its update agree; random without a seed."""
    source = hashlib.sha256(seed).digest() if seed else secrets.token_bytes(32)
    return "".join(rule.alphabet[byte % len(rule.alphabet)] for byte in source[: rule.random])
