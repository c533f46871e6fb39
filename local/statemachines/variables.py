"""Workflow variables, which moto 5.2.5 reads by a JSONata that is missing here, and records with unescaped quotes.

https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
"""

import copy
import re
from typing import Any

from moto.stepfunctions.parser.asl.component.common.string.string_expression import StringVariableSample
from moto.stepfunctions.parser.asl.eval.variable_store import VariableStore
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.asl.utils.json_path import NoSuchJsonPathError

from local.moto_seams import replace
from local.statemachines import paths

_REFERENCE = re.compile(r"\$(\w+)(.*)", re.DOTALL)


def install() -> None:
    """To be called before the interpreter runs."""
    replace(StringVariableSample, "_eval_body", _read_variable)
    replace(VariableStore, "get_assigned_variables", _assigned_variables)


def _read_variable(sample: StringVariableSample, env: Any) -> None:
    """`$name`, and what may follow it: a path into the variable's value."""
    found = _REFERENCE.fullmatch(sample.expression)
    variables = {**env.variable_store._outer_scope, **env.variable_store._inner_scope}
    if not found or found[1] not in variables:
        raise NoSuchJsonPathError(sample.expression, variables)
    name, path = found.groups()
    value: Any = paths.extract(f"${path}", variables[name]) if path else variables[name]
    env.stack.append(copy.deepcopy(value))


def _assigned_variables(store: VariableStore) -> dict[str, str]:
    """The variables that a state has assigned, as JSON, for its history."""
    return {name: to_json_str(store.get(name), separators=(",", ":")) for name in store._declaration_tracing}
