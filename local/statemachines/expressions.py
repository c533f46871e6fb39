"""JSONata as Step Functions evaluates it, in place of moto's bridge to a Java library that is not there.

https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
"""

import hashlib
import json
import random
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from jsonata.jsonata import Jsonata
from moto.stepfunctions.parser.api import EvaluationFailedEventDetails, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.common.string import string_expression
from moto.stepfunctions.parser.asl.component.common.string.string_expression import StringJSONata
from moto.stepfunctions.parser.asl.eval import states, variable_store
from moto.stepfunctions.parser.asl.jsonata import jsonata
from moto.stepfunctions.parser.asl.jsonata.jsonata import JSONataException
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str

from local.moto_seams import replace

_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def install() -> None:
    """Makes moto's interpreter evaluate expressions here."""
    replace(jsonata, "_eval_jsonata", evaluate)
    # moto writes text between quotes as it is, so that a quote within it ends it
    for module in (states, variable_store):
        replace(module, "encode_jsonata_variable_declarations", _declarations)
    # some of moto's own functions are sentences that they are missing
    replace(string_expression, "get_intrinsic_functions_declarations", lambda variable_references: "")
    replace(StringJSONata, "_eval_body", _naming_errors(StringJSONata._eval_body))


def evaluate(expression: str) -> Any:
    """The expression's value; raises moto's JSONataException if it has none."""
    try:
        parsed = Jsonata(expression)
        for name, function in _ADDED.items():
            parsed.register_lambda(name, function)
        return parsed.evaluate(None)
    except Exception as error:
        raise JSONataException(type(error).__name__, str(error)) from error


def _declarations(bindings: Mapping[str, Any]) -> str:
    return "".join(f"{name}:={to_json_str(value)};" for name, value in bindings.items())


def _naming_errors(evaluated: Callable[..., None]) -> Callable[..., None]:
    """A wrong expression is States.QueryEvaluationError, which a Catch can name; moto ends the execution."""

    def eval_body(expression: Any, env: Any) -> None:
        try:
            evaluated(expression, env)
        except JSONataException as error:
            name = StatesErrorName(typ=StatesErrorNameType.StatesQueryEvaluationError)
            cause = f"The JSONata expression '{expression.expression}' could not be evaluated: {error.details}"
            failed = EvaluationFailedEventDetails(error=name.error_name, cause=cause)
            details: Any = {"evaluationFailedEventDetails": failed}
            failure = FailureEvent(env, name, HistoryEventType.EvaluationFailed, details)
            raise FailureEventException(failure) from error

    return eval_body


def _range(first: int, last: int, step: int) -> list[int]:
    return list(range(first, last + (1 if step > 0 else -1), step))


def _partition(array: list[Any], size: int) -> list[list[Any]]:
    return [array[start : start + size] for start in range(0, len(array), size)]


def _hash(text: str, algorithm: str) -> str:
    return hashlib.new(_HASHES[algorithm], text.encode()).hexdigest()


def _random(seed: float | None = None) -> float:
    return random.Random(seed).random()  # noqa: S311 - a function of the language, not a secret


def _eval(*_: Any) -> None:
    raise NotImplementedError("Step Functions has no $eval; $parse reads JSON")


_ADDED: dict[str, Callable[..., Any]] = {
    "eval": _eval,
    "hash": _hash,
    "parse": json.loads,
    "partition": _partition,
    "random": _random,
    "range": _range,
    "uuid": lambda: str(uuid.uuid4()),
}
