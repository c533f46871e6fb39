"""Step Functions: the errors that CreateStateMachine and ValidateStateMachineDefinition find in a definition.

Recorded messages are AWS's (2023-08-04, 2025-10-19); errors that only moto's parser finds have its messages.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
"""

import json
from collections.abc import Iterator
from typing import Any

from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

from local.statemachines import json_errors
from local.statemachines.validation import failure

_SCHEMA = "SCHEMA_VALIDATION_FAILED"
_PATTERNS = (".waitForTaskToken", ".sync", ".sync:2")
_REQUIRED = ("States", "StartAt")
_DEFAULT_MAX_RESULTS = 100
Diagnostic = dict[str, str]


def check(definition: str, kind: str) -> None:
    """Refuses a definition with all its errors."""
    if found := diagnose(definition, kind):
        texts = [
            f"{each['code']}: {each['message']}" + (f" at {each['location']}" if "location" in each else "")
            for each in found
        ]
        raise failure("InvalidDefinition", f"Invalid State Machine Definition: '{', '.join(texts)}'")


def validate(parameters: dict[str, Any]) -> dict[str, Any]:
    """The response of ValidateStateMachineDefinition."""
    found = diagnose(parameters["definition"], parameters.get("type") or "STANDARD")
    limit = parameters.get("maxResults") or _DEFAULT_MAX_RESULTS
    return {"result": "FAIL" if found else "OK", "diagnostics": found[:limit], "truncated": len(found) > limit}


def diagnose(definition: str, kind: str) -> list[Diagnostic]:
    """All errors of a definition for a state machine of the type STANDARD or EXPRESS."""
    if not definition.strip():
        return [_diagnostic("Definition must be a valid JSON object")]
    if error := json_errors.find(definition):
        source = f'[Source: (String)"{definition}"; line: {error.line}, column: {error.column}]'
        text = f"{error.message}\n at {source}"
        return [_diagnostic(text, source, "INVALID_JSON_DESCRIPTION")]
    parsed = json.loads(definition)
    if not isinstance(parsed, dict):
        return [_diagnostic("Definition must be a valid JSON object")]
    found = list(_of_machine(parsed, "", kind, None))
    return found or list(_of_parser(definition))


def _diagnostic(message: str, location: str | None = None, code: str = _SCHEMA) -> Diagnostic:
    found = {"severity": "ERROR", "code": code, "message": message}
    return found | ({"location": location} if location is not None else {})


def _of_machine(machine: dict[str, Any], path: str, kind: str, language: str | None) -> Iterator[Diagnostic]:
    """The errors of a definition, a branch of a Parallel, or the processor of a Map."""
    if missing := [name for name in _REQUIRED if name not in machine]:
        yield _diagnostic(f"These fields are required: [{', '.join(missing)}]", path or "/")
        return
    states, whole_language = machine["States"], language or machine.get("QueryLanguage", "JSONPath")
    if not isinstance(states, dict):
        return
    if machine["StartAt"] not in states:
        yield _missing("StartAt", machine["StartAt"], f"{path}/StartAt")
    for name, state in states.items():
        if isinstance(state, dict):
            yield from _of_state(state, f"{path}/States/{name}", kind, whole_language, states)


def _of_state(
    state: dict[str, Any], path: str, kind: str, language: str, states: dict[str, Any]
) -> Iterator[Diagnostic]:
    if language == "JSONata" and state.get("QueryLanguage") == "JSONPath":
        yield _diagnostic("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", path)
    resource = str(state.get("Resource", ""))
    pattern = next((each for each in _PATTERNS if resource.endswith(each)), None)
    if kind == "EXPRESS" and pattern:
        yield _diagnostic(
            f"Express state machine does not support '{pattern}' service integration ", f"{path}/Resource"
        )
    for where, field, target in _transitions(state):
        if target not in states:
            yield _missing(field, target, path + where)
    inner = [(f"/Branches[{number}]", branch) for number, branch in enumerate(state.get("Branches") or [])]
    inner += [(f"/{name}", state[name]) for name in ("ItemProcessor", "Iterator") if name in state]
    for where, machine in inner:
        if isinstance(machine, dict):
            yield from _of_machine(machine, path + where, kind, language)


def _transitions(state: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The path, the field and the target of each transition."""
    for field in ("Next", "Default"):
        if isinstance(state.get(field), str):
            yield f"/{field}", field, state[field]
    for name in ("Choices", "Catch"):
        for number, rule in enumerate(state.get(name) or []):
            if isinstance(rule, dict) and isinstance(rule.get("Next"), str):
                yield f"/{name}[{number}]/Next", "Next", rule["Next"]


def _missing(field: str, target: Any, location: str) -> Diagnostic:
    return _diagnostic(f"Missing '{field}' target: {target}", location, "MISSING_TRANSITION_TARGET")


def _of_parser(definition: str) -> Iterator[Diagnostic]:
    try:
        AmazonStateLanguageParser.parse(definition)
    except Exception as error:
        yield _diagnostic(str(error) or type(error).__name__)
