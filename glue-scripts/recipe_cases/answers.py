"""The expectation of a case: one right outcome, or several, of which the first is preferred."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

# the keys of a run's outcome, and the two keys that replace them
RUN_KEYS = ("rows", "quarantined", "verdict", "warnings")
END_KEYS = ("refused", "error")
_VERDICTS = ("passed", "failed")
_SCALARS = (str, int, float, bool, type(None))

Answer = Mapping[str, Any]


def invalid(key: str, value: Any, rule: str) -> str:
    """The text of a problem."""
    shown = json.dumps(value, ensure_ascii=False)
    return f"{key}: invalid value {shown if len(shown) <= 80 else shown[:77] + '...'}; must be {rule}"


def unknown(prefix: str, document: Mapping[str, Any], known: Iterable[str]) -> Iterable[str]:
    """A problem for each unknown key."""
    return (f"{prefix}{key}: unknown key; must be one of {', '.join(known)}" for key in document if key not in known)


def read(document: Mapping[str, Any], as_texts: Mapping[str, Any], problems: list[str]) -> tuple[Answer, ...]:
    """The outcomes that `expect` accepts, none without `expect`; adds their problems to `problems`."""
    if "expect" not in document:
        return ()
    given = document["expect"]
    several = isinstance(given, list)
    answers = given if several else [given]
    if not answers:
        problems.append(invalid("expect", given, "an object, or a list of at least one"))
    for place, answer in enumerate(answers):
        key = f"expect[{place}]" if several else "expect"
        problems.extend(_unfit_answer(key, answer))
    if problems:
        return ()
    texts = as_texts["expect"] if several else [as_texts["expect"]]
    return tuple({**answer, **({"rows": _texts(said["rows"])} if "rows" in said else {})}
                 for answer, said in zip(answers, texts, strict=True))  # fmt: skip


def _unfit_answer(key: str, answer: Any) -> Iterable[str]:
    if not isinstance(answer, dict) or not answer:
        yield invalid(key, answer, f"an object with one of {', '.join((*RUN_KEYS, *END_KEYS))}")
        return
    yield from unknown(f"{key}.", answer, (*RUN_KEYS, *END_KEYS))
    for end in END_KEYS:
        if end in answer and len(answer) > 1:
            yield f"{key}.{end}: must be the only key of {key}"
    for name, (fits, rule) in _RULES.items():
        if name in answer and not fits(answer[name]):
            yield invalid(f"{key}.{name}", answer[name], rule)


def _texts(rows: list[Any]) -> list[Any]:
    """Rows of texts as in output.csv, where a missing value is the empty text."""
    return [
        {name: _text(value) for name, value in row.items()} if isinstance(row, dict) else [_text(v) for v in row]
        for row in rows
    ]


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _are_rows(given: Any) -> bool:
    if not isinstance(given, list):
        return False
    lists = all(isinstance(row, list) and all(isinstance(value, _SCALARS) for value in row) for row in given)
    return lists or all(
        isinstance(row, dict) and all(isinstance(value, _SCALARS) for value in row.values()) for row in given
    )


def _are_reasons(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(row, list) and _are_texts(row) for row in given)


def _are_texts(given: list[Any]) -> bool:
    return all(isinstance(text, str) for text in given)


def _is_pattern(given: Any) -> bool:
    try:
        return isinstance(given, str) and bool(re.compile(given))
    except re.error:
        return False


_RULES = {
    "rows": (
        _are_rows,
        "a list of rows, all lists of values in the order of output.csv or all objects",
    ),
    "quarantined": (_are_reasons, "a list with, for each quarantined row, the list of its reasons"),
    "verdict": (lambda given: given in _VERDICTS, " or ".join(_VERDICTS)),
    "warnings": (
        lambda given: given is True or (isinstance(given, list) and all(_is_pattern(text) for text in given)),
        "a list of regular expressions, one for each warning, or true for at least one",
    ),
    "refused": (_is_pattern, "a regular expression"),
    "error": (_is_pattern, "a regular expression"),
}
