"""What can go wrong, by the names that the workflow retries or catches: Step Functions sees a class's name."""

from botocore.exceptions import BotoCoreError, ClientError


class InvalidInput(Exception):
    """The event is not of the contract; no retry can help."""


class InvalidManifest(Exception):
    """The manifest of the last publish cannot be read as one."""


class SourceNotFound(Exception):
    """There is nothing at the source's address."""


class SourceForbidden(Exception):
    """The source exists, or may exist, and does not let us read it."""


class SourceRefused(Exception):
    """The source's server refuses the request for another reason of ours."""


class SourceUnavailable(Exception):
    """The source cannot be reached for now; the workflow tries again."""


class SourceTruncated(Exception):
    """The source's body ended before its declared length."""


class SourceChanged(Exception):
    """The source was replaced while it was read."""


class RedirectRefused(Exception):
    """The source's server redirects to where extraction does not follow."""


class AddressRefused(Exception):
    """The source's host has a private address and is not among the allowed ones."""


_NOT_FOUND = {"404", "NoSuchKey", "NoSuchBucket", "NotFound"}
_FORBIDDEN = {"403", "AccessDenied", "Forbidden"}
_CHANGED = {"412", "PreconditionFailed"}
_PASSING_STATUS = {429, 500, 502, 503, 504}


def of_s3(what: str, error: Exception) -> Exception:
    """The error to raise for one that S3, or the way to it, gave while doing `what`."""
    if isinstance(error, ClientError):
        code = error.response["Error"]["Code"]
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        text = f"{what}: {error}"
        if code in _NOT_FOUND:
            return SourceNotFound(text)
        if code in _FORBIDDEN:
            return SourceForbidden(text)
        if code in _CHANGED:
            return SourceChanged(text)
        return SourceUnavailable(text) if status in _PASSING_STATUS else SourceRefused(text)
    if isinstance(error, BotoCoreError):
        return SourceUnavailable(f"{what}: {error}")
    return error
