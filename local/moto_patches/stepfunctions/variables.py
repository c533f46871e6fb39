"""Workflow variables: references in JSONPath, and their values in the history.

https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
"""

import copy
import re
from typing import Any

from moto.stepfunctions.parser.asl.component.common.string.string_expression import StringVariableSample
from moto.stepfunctions.parser.asl.eval.variable_store import VariableStore
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.asl.utils.json_path import NoSuchJsonPathError

from local.moto_patches.patching import patch
from local.moto_patches.stepfunctions import jsonpath

_REFERENCE = re.compile(r"\$(\w+)(.*)", re.DOTALL)


@patch(StringVariableSample, "_eval_body", "moto evaluates a reference by a Java JSONata that is not installed.")
def read_variable(sample: StringVariableSample, env: Any) -> None:
    """Evaluates `$name`, and an optional path into the value of the variable."""
    found = _REFERENCE.fullmatch(sample.expression)
    variables = {**env.variable_store._outer_scope, **env.variable_store._inner_scope}
    if not found or found[1] not in variables:
        raise NoSuchJsonPathError(sample.expression, variables)
    name, path = found.groups()
    value: Any = jsonpath.extract(f"${path}", variables[name]) if path else variables[name]
    env.stack.append(copy.deepcopy(value))


@patch(VariableStore, "get_assigned_variables", "moto's history has the values of variables with unescaped quotes.")
def assigned_variables(store: VariableStore) -> dict[str, str]:
    return {name: to_json_str(store.get(name), separators=(",", ":")) for name in store._declaration_tracing}
