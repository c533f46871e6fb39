"""JSONata as Step Functions evaluates it.

https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
"""

import copy
import functools
import hashlib
import json
import random
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from jsonata.jsonata import Jsonata
from jsonata.utils import Utils
from moto.stepfunctions.parser.api import EvaluationFailedEventDetails, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.common.string.string_expression import StringJSONata
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.jsonata.jsonata import extract_jsonata_variable_references
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str

from local.moto_patches.patching import patch

_CACHED_EXPRESSIONS = 1024
_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


@patch(
    StringJSONata,
    "_eval_body",
    "moto evaluates JSONata by a Java library that is not installed, and lacks Step Functions' own functions.",
)
def eval_expression(expression: StringJSONata, env: Environment) -> None:
    extract_jsonata_variable_references(expression.expression)  # refuses $ and $$
    variables = {**env.variable_store._outer_scope, **env.variable_store._inner_scope}
    states = json.loads(to_json_str(env.states._states_data))  # converts datetimes
    try:
        env.stack.append(evaluate(expression.expression, {**variables, "states": states}))
    except EvaluationError as error:
        raise _failure(env, expression, str(error)) from error


class EvaluationError(Exception):
    """An expression has no value; the message is the reason."""


def evaluate(expression: str, variables: Mapping[str, Any]) -> Any:
    """The expression's value, as a copy that shares nothing with the variables; raises EvaluationError."""
    try:
        parsed = _with_own_variables(_parsed(expression))
        for name, function in _ADDED.items():
            parsed.register_lambda(name, function)
        for name, value in variables.items():
            parsed.assign(name, _with_nulls(value))
        value = parsed.evaluate(None)
    except Exception as error:
        code = getattr(error, "error", None)
        reason = f". {code}: {error}" if code else f": {error}"
        raise EvaluationError(f"threw an error during evaluation{reason}") from error
    if value is None:
        raise EvaluationError("returned nothing (undefined).")
    try:
        return json.loads(json.dumps(Utils.convert_nulls(value)))
    except TypeError as error:
        raise EvaluationError("returned an unsupported result type.") from error


@functools.lru_cache(_CACHED_EXPRESSIONS)
def _parsed(expression: str) -> Any:
    """Cached: evaluation does not change the parsed expression, and takes less time than parsing."""
    parsed: Any = Jsonata(expression)
    parsed.set_output_convert_nulls(False)
    return parsed


def _with_own_variables(parsed: Any) -> Any:
    expression = copy.copy(parsed)
    expression.environment = expression.create_frame(Jsonata.static_frame)
    # the language's functions read the calling expression from here
    Jsonata.CURRENT.jsonata = expression
    return expression


def _with_nulls(value: Any) -> Any:
    """A copy with the language's own null; the language reads Python's None as undefined."""
    if isinstance(value, dict):
        return {key: _with_nulls(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_nulls(inner) for inner in value]
    return Utils.NULL_VALUE if value is None else value


def _failure(env: Environment, expression: Any, reason: str) -> FailureEventException:
    """States.QueryEvaluationError, which a Catch can handle."""
    name = StatesErrorName(typ=StatesErrorNameType.StatesQueryEvaluationError)
    cause = f"The JSONata expression '{expression.expression}' specified for the field '{expression.location}' {reason}"
    failed = EvaluationFailedEventDetails(error=name.error_name, cause=cause, location=expression.location)
    details: Any = {"evaluationFailedEventDetails": failed}
    return FailureEventException(FailureEvent(env, name, HistoryEventType.EvaluationFailed, details))


def _range(first: int, last: int, step: int) -> list[int]:
    """Recorded 2024-11-15: the range is a sequence of JSONata, so a range of one number is that number."""
    numbers = Utils.create_sequence()
    numbers.extend(range(first, last + (1 if step > 0 else -1), step))
    return numbers or []


def _partition(array: Any, size: int) -> list[list[Any]]:
    values = array if isinstance(array, list) else [array]
    return [values[start : start + size] for start in range(0, len(values), size)]


def _hash(text: str, algorithm: str) -> str:
    return hashlib.new(_HASHES[algorithm], text.encode()).hexdigest()


def _random(seed: float | None = None) -> float:
    return random.Random(seed).random()  # noqa: S311 (no secret)


def _eval(*_: Any) -> None:
    raise NotImplementedError("Step Functions has no $eval; $parse reads JSON")


_ADDED: dict[str, Callable[..., Any]] = {
    "eval": _eval,
    "hash": _hash,
    "parse": lambda text: _with_nulls(json.loads(text)),
    "partition": _partition,
    "random": _random,
    "range": _range,
    "uuid": lambda: str(uuid.uuid4()),
}
