"""The provider's own configuration: what of `aws:` settings means something on the local AWS."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from local.endpoint import AwsEndpoint
from local.provider.shapes import PropertyError
from local.provider.values import UNKNOWN

_WITHOUT_EFFECT: Final = frozenset(
    {
        *("maxRetries", "pluginDownloadURL", "retryMode", "s3UsePathStyle", "skipCredentialsValidation"),
        *("skipMetadataApiCheck", "skipRegionValidation", "skipRequestingAccountId", "stsRegion", "version"),
    }
)
_WITH_EFFECT: Final = frozenset({"region", "allowedAccountIds", "forbiddenAccountIds", "defaultTags"})


@dataclass(frozen=True)
class Configuration:
    """One provider instance: a region, and the tags that all of its resources get."""

    region: str
    default_tags: Mapping[str, str] = field(default_factory=dict)


def problems(inputs: Mapping[str, Any], aws: AwsEndpoint) -> list[PropertyError]:
    """What of the configuration the local AWS cannot do."""
    found = [
        PropertyError(name, f"has no meaning on the local AWS, known here: {', '.join(sorted(_WITH_EFFECT))}")
        for name, value in inputs.items()
        if value is not None and not name.startswith("__") and name not in _WITH_EFFECT | _WITHOUT_EFFECT
    ]
    for name, wanted in (("allowedAccountIds", True), ("forbiddenAccountIds", False)):
        accounts = parsed(inputs.get(name))
        if accounts is not None and not isinstance(accounts, list):
            found.append(PropertyError(name, f"expected a list of account ids, got {accounts!r}"))
        elif accounts and (aws.account in map(str, accounts)) is not wanted:
            fault = "is not among them" if wanted else "is among them"
            found.append(PropertyError(name, f"the local AWS's account {aws.account} {fault}"))
    tags = parsed(inputs.get("defaultTags"))
    if tags is not None and not (isinstance(tags, dict) and isinstance(tags.get("tags", {}), dict)):
        found.append(PropertyError("defaultTags", f"expected an object with tags, got {tags!r}"))
    return found


def configured(inputs: Mapping[str, Any], aws: AwsEndpoint) -> Configuration:
    region = inputs.get("region")
    tags = parsed(inputs.get("defaultTags"))
    return Configuration(
        region=region if isinstance(region, str) and region else aws.region,
        default_tags=(tags.get("tags") or {}) if isinstance(tags, dict) else {},
    )


def parsed(value: Any) -> Any:
    """A value that is no text: the engine hands those of the stack's configuration over as JSON."""
    if not isinstance(value, str):
        return None if value is UNKNOWN else value
    try:
        return json.loads(value)
    except ValueError:
        return value
