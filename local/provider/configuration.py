"""The provider's configuration: the `aws:` settings that have an effect on the local AWS."""

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
    """The configuration of one provider instance: the region, and the tags of all its resources."""

    region: str
    default_tags: Mapping[str, str] = field(default_factory=dict)


def problems(inputs: Mapping[str, Any], aws: AwsEndpoint) -> list[PropertyError]:
    """The settings that the local AWS does not support."""
    known = ", ".join(sorted(_WITH_EFFECT))
    found = [
        PropertyError(name, f"the local AWS does not support this setting; must be one of {known}")
        for name, value in inputs.items()
        if value is not None and not name.startswith("__") and name not in _WITH_EFFECT | _WITHOUT_EFFECT
    ]
    for name, wanted in (("allowedAccountIds", True), ("forbiddenAccountIds", False)):
        accounts = parsed(inputs.get(name))
        if accounts is not None and not isinstance(accounts, list):
            found.append(PropertyError(name, f"invalid value {accounts!r}; must be a list of account ids"))
        elif accounts and (aws.account in map(str, accounts)) is not wanted:
            rule = "must include" if wanted else "must not include"
            found.append(PropertyError(name, f"invalid value {accounts}; {rule} the local AWS's account {aws.account}"))
    tags = parsed(inputs.get("defaultTags"))
    if tags is not None and not (isinstance(tags, dict) and isinstance(tags.get("tags", {}), dict)):
        found.append(PropertyError("defaultTags", f"invalid value {tags!r}; must be an object with tags"))
    return found


def configured(inputs: Mapping[str, Any], aws: AwsEndpoint) -> Configuration:
    region = inputs.get("region")
    tags = parsed(inputs.get("defaultTags"))
    return Configuration(
        region=region if isinstance(region, str) and region else aws.region,
        default_tags=(tags.get("tags") or {}) if isinstance(tags, dict) else {},
    )


def parsed(value: Any) -> Any:
    """A value that is not a text: the engine passes values of the stack's configuration as JSON."""
    if not isinstance(value, str):
        return None if value is UNKNOWN else value
    try:
        return json.loads(value)
    except ValueError:
        return value
