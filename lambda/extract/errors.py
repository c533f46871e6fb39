"""What can go wrong, by the names that the workflow retries or catches: Step Functions sees a class's name."""

from botocore.exceptions import BotoCoreError, ClientError


class InvalidInput(Exception):
    """The event is not of the contract; no retry can help."""


class SourceNotFound(Exception):
    """There is nothing at the source's address."""


class DatasetNotPublished(Exception):
    """The source is a data set of the stack of which no run has been published yet; the workflow ends without one."""


class SecretUnavailable(Exception):
    """The secret of a source cannot be read, or does not have what the source needs; the error never has its value."""


class SourceForbidden(Exception):
    """The source exists, or may exist, and does not let us read it."""


class SourceRefused(Exception):
    """The source's server refuses the request for another reason of ours."""


class SourceUnavailable(Exception):
    """The source, or S3, cannot be reached for now; the workflow retries.

    `retry_after` is the header with which a server says when to ask again.
    """

    def __init__(self, text: str, retry_after: str = "") -> None:
        super().__init__(text)
        self.retry_after = retry_after


class SourceTruncated(Exception):
    """The source's body ended before its declared length."""


class SourceChanged(Exception):
    """The source was replaced while it was read."""


class RedirectRefused(Exception):
    """The source's server redirects to where extraction does not follow."""


class AddressRefused(Exception):
    """The source's host has a private address and is not among the allowed ones."""


class SourceMalformed(Exception):
    """The source's server sends an invalid or too large HTTP response."""


class DestinationRefused(Exception):
    """The data bucket rejects writes or reads, which is an error of the deployment."""


_NOT_FOUND = {"404", "NoSuchKey", "NoSuchBucket", "NotFound"}
_FORBIDDEN = {"403", "AccessDenied", "Forbidden"}
_CHANGED = {"412", "PreconditionFailed", "ConditionalRequestConflict"}
_PASSING_STATUS = {429, 500, 502, 503, 504}


def of_source(what: str, error: Exception) -> Exception:
    """The error to raise for one that reading a source in S3 gave, while doing `what`."""
    code = _code(error)
    text = f"{what}: {error}"
    if code in _NOT_FOUND:
        return SourceNotFound(text)
    if code in _FORBIDDEN:
        return SourceForbidden(text)
    if code in _CHANGED:
        return SourceChanged(text)
    return SourceUnavailable(text) if _passes(error) else SourceRefused(text)


def of_destination(what: str, error: Exception) -> Exception:
    """The error to raise for one that the data bucket gave, while doing `what`."""
    text = f"{what}: {error}"
    return SourceUnavailable(text) if _passes(error) else DestinationRefused(text)


def is_precondition(error: Exception) -> bool:
    """Whether an object was not written because there is one."""
    return _code(error) in _CHANGED


def is_missing_key(error: Exception) -> bool:
    """Whether an object is missing from a bucket that is there."""
    return _code(error) in {"NoSuchKey", "404"}


def _code(error: Exception) -> str:
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else ""


def _passes(error: Exception) -> bool:
    if isinstance(error, ClientError):
        return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") in _PASSING_STATUS
    return isinstance(error, BotoCoreError)
