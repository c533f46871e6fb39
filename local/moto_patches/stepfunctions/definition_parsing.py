"""The parser of state machine definitions."""

import functools
import json
import re
from collections.abc import Callable
from typing import Any

from moto.stepfunctions.parser.asl.antlr.runtime.ASLLexer import ASLLexer
from moto.stepfunctions.parser.asl.antlr.runtime.ASLParser import ASLParser
from moto.stepfunctions.parser.asl.antlt4utils.antlr4utils import is_terminal
from moto.stepfunctions.parser.asl.component.common.query_language import QueryLanguage, QueryLanguageMode
from moto.stepfunctions.parser.asl.component.eval_component import EvalComponent
from moto.stepfunctions.parser.asl.parse import preprocessor
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.parse.preprocessor import Preprocessor

from local.moto_patches.patching import patch, patch_value

_CACHED_DEFINITIONS = 8
_PATHS = (ASLParser.String_jsonpathContext, ASLParser.String_context_pathContext)


@patch_value(
    AmazonStateLanguageParser,
    "parse",
    "Performance: moto parses a definition for each execution; "
    "that takes 0.3 s for this project's definition (measured 2026-11-30).",
)
def cached_parse(original: Callable[[str], Any]) -> Any:
    """Executions share the parsed definition, which they only read, except for `heap_key`."""
    return staticmethod(functools.lru_cache(_CACHED_DEFINITIONS)(original))


@patch_value(
    EvalComponent,
    "heap_key",
    "moto generates the key when it is first read: two executions that share a definition could read different keys, "
    "and one would count its retries from the start.",
)
def heap_key(original: Any) -> property:
    return property(lambda part: str(id(part)))


@patch(Preprocessor, "__init__", "moto keeps the open query-language scopes for all definitions, also failed ones.")
def init_preprocessor(original: Callable[..., None], parser: Any, *arguments: Any, **named: Any) -> None:
    original(parser, *arguments, **named)
    parser._query_language_per_scope = []


@patch(
    Preprocessor,
    "_open_query_language_scope",
    "moto refuses JSONPath inside a state in JSONata; AWS refuses it only if the whole state machine is in JSONata.",
)
def open_query_language_scope(original: Callable[[Any, Any], None], parser: Any, tree: Any) -> None:
    try:
        original(parser, tree)
    except ValueError:
        if parser._query_language_per_scope[0].query_language_mode == QueryLanguageMode.JSONata:
            raise
        parser._query_language_per_scope.append(QueryLanguage())


@patch(
    preprocessor,
    "from_string_literal",
    "A definition's texts are JSON; moto keeps some escapes and reads others as Python's.",
)
def text(parser_rule_context: Any) -> str:
    literal: str = parser_rule_context.getText()
    return str(json.loads(literal, strict=False)) if literal.startswith('"') else literal


@patch(
    Preprocessor, "_inner_string_of", "moto keeps the escapes of texts, and reads a backslash in a path as an escape."
)
def text_or_null(parser_rule_context: Any) -> str | None:
    if is_terminal(parser_rule_context, ASLLexer.NULL):
        return None
    value = text(parser_rule_context)
    # in a path, a backslash is literal unless a quote follows; the JSONPath library reads each as an escape
    return re.sub(r"\\(?!')", r"\\\\", value) if isinstance(parser_rule_context, _PATHS) else value


@patch(Preprocessor, "visitString_jsonata", "The cause of a failed evaluation names the field of the expression.")
def visit_jsonata(original: Callable[[Any, Any], Any], visitor: Any, ctx: Any) -> Any:
    expression = original(visitor, ctx)
    expression.location = _location(ctx)
    return expression


def _location(node: Any) -> str:
    """The path to a node from its state, as in `Output/name` or `Choices[0]/Condition`."""
    path = ""
    while node.parentCtx and not isinstance(node.parentCtx, ASLParser.State_declContext):
        siblings = node.parentCtx.children
        first = [sibling.getText() for sibling in siblings[:3]]
        if "[" in first:
            path = f"[{(siblings.index(node) - first.index('[')) // 2}]{path}"
        if first[1:2] == [":"]:
            path = f"/{text(siblings[0])}{path}"
        node = node.parentCtx
    return path.removeprefix("/")
