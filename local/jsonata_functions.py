"""JSONata as Step Functions evaluates it: the language and the functions that Step Functions adds.

https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
"""

import hashlib
import json
import random
import uuid
from collections.abc import Callable
from typing import Any

from jsonata.jsonata import Jsonata
from moto.stepfunctions.parser.asl.jsonata.jsonata import JSONataException

_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def evaluate(expression: str) -> Any:
    """The expression's value; raises moto's JSONataException, which becomes States.QueryEvaluationError."""
    try:
        jsonata = Jsonata(expression)
        for name, function in _ADDED.items():
            jsonata.register_lambda(name, function)
        return jsonata.evaluate(None)
    except Exception as error:
        raise JSONataException(type(error).__name__, str(error)) from error


def _range(first: int, last: int, step: int) -> list[int]:
    return list(range(first, last + (1 if step > 0 else -1), step))


def _partition(array: list[Any], size: int) -> list[list[Any]]:
    return [array[start : start + size] for start in range(0, len(array), size)]


def _hash(text: str, algorithm: str) -> str:
    return hashlib.new(_HASHES[algorithm], text.encode()).hexdigest()


def _random(seed: float | None = None) -> float:
    return random.Random(seed).random()  # noqa: S311 - a function of the language, not a secret


_ADDED: dict[str, Callable[..., Any]] = {
    "parse": json.loads,
    "range": _range,
    "partition": _partition,
    "hash": _hash,
    "random": _random,
    "uuid": lambda: str(uuid.uuid4()),
}
