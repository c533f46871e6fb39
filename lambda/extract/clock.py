"""The time, and how much of it the function has left."""

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

# a server that asks for no wait at all is not asked in a loop
_SHORTEST_WAIT = timedelta(seconds=1)
# what a timedelta can hold, and longer than any bound of a source
_LONGEST_WAIT = timedelta(days=365)


@dataclass(frozen=True)
class Clock:
    """The clock of an invocation."""

    context: Any

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(seconds)

    def remaining(self) -> float:
        """The seconds until Lambda ends the invocation."""
        return float(self.context.get_remaining_time_in_millis()) / 1000


def after(header: str, now: datetime) -> datetime | None:
    """When the source may be asked again by its Retry-After: seconds or a date; None if the header is neither.

    https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text)
        wait = (
            timedelta(seconds=min(seconds, _LONGEST_WAIT.total_seconds())) if math.isfinite(seconds) else _LONGEST_WAIT
        )
    else:
        try:
            date = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    return now + min(max(wait, _SHORTEST_WAIT), _LONGEST_WAIT)
