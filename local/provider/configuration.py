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
    allowed, forbidden = (parsed(inputs.get(name)) for name in ("allowedAccountIds", "forbiddenAccountIds"))
    if isinstance(allowed, list) and allowed and aws.account not in allowed:
        found.append(PropertyError("allowedAccountIds", f"the local AWS's account {aws.account} is not among them"))
    if isinstance(forbidden, list) and aws.account in forbidden:
        found.append(PropertyError("forbiddenAccountIds", f"the local AWS's account {aws.account} is among them"))
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
    return json.loads(value) if isinstance(value, str) and value else None if value is UNKNOWN else value
