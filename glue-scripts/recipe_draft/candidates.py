"""Proposes types for a column from a sample of its texts; the job then checks them on all rows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# texts that exports write for a missing value; the likely ones may also be values
CERTAIN_MARKERS = ("\\N", "NULL", "N/A", "n/a", "#N/A")
LIKELY_MARKERS = ("NA", "null", "None", "NaN", "nan", "NaT", "-", "--", "?", ".", "missing")
MARKERS = (*CERTAIN_MARKERS, *LIKELY_MARKERS)

_DAYS = ("dd.MM.yyyy", "MM/dd/yyyy", "dd/MM/yyyy", "yyyy/MM/dd", "dd-MM-yyyy")
_TIMES = ("HH:mm:ss", "HH:mm")
_MONTH_NAMES = {
    r"[A-Za-z]{3} \d{1,2} \d{4}": "MMM d yyyy",
    r"[A-Za-z]{3} \d{1,2}, \d{4}": "MMM d, yyyy",
    r"\d{1,2} [A-Za-z]{3} \d{4}": "d MMM yyyy",
    r"\d{1,2}-[A-Za-z]{3}-\d{4}": "d-MMM-yyyy",
}
_WORDS = ({"true", "false"}, {"yes", "no"}, {"y", "n"}, {"t", "f"})


@dataclass(frozen=True)
class Candidate:
    """A type, with other keys of the recipe's column."""

    type: str
    rules: Mapping[str, Any] = field(default_factory=dict)


STRING = Candidate("string")


def of(texts: Iterable[str]) -> list[Candidate]:
    """The candidates for a column with these texts, the likeliest first, without string, which always fits."""
    shown = [text.strip() for text in texts if text.strip() not in MARKERS and text.strip()]
    if not shown:
        return []
    if {text.lower() for text in shown} in _WORDS:
        return [Candidate("boolean")]
    if all(re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text) for text in shown):
        return _numbers(shown)
    if all(re.match(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}", text) for text in shown):
        return _times(shown)
    by_name = (form for like, form in _MONTH_NAMES.items() if all(re.fullmatch(like, text) for text in shown))
    return [Candidate("date", {"format": form}) for form in by_name]


def _numbers(texts: Sequence[str]) -> list[Candidate]:
    """A number with a leading zero is a code, which stays a string; amounts of money have two decimal places."""
    if any(re.match(r"[+-]?0\d", text) for text in texts):
        return []
    fractions = {len(text.partition(".")[2]) for text in texts}
    digits = max(len(re.sub(r"\D", "", text)) for text in texts)
    if fractions == {0}:
        return [Candidate("integer"), Candidate("long")] if digits < 20 else []
    money = [Candidate("decimal(18,2)")] if fractions == {2} and digits <= 16 else []
    return [*money, Candidate("double")]


def _times(texts: Sequence[str]) -> list[Candidate]:
    iso = [Candidate("timestamp")] if any(len(text) > len("yyyy-MM-dd") for text in texts) else [Candidate("date")]
    days = [Candidate("date", {"format": day}) for day in _DAYS]
    times = [Candidate("timestamp", {"format": f"{day} {time}"}) for time in _TIMES for day in _DAYS]
    return [*iso, *(candidate for candidate in (*days, *times) if _is_like(candidate.rules["format"], texts[0]))]


def _is_like(pattern: str, text: str) -> bool:
    """Whether pattern and text have the same punctuation in the same places."""
    return re.sub(r"\w", "x", pattern) == re.sub(r"\w", "x", text)
