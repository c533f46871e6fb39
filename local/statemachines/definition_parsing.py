"""State machine definitions as moto 5.2.5's parser should read them."""

import functools
import json
import re
from collections.abc import Callable
from typing import Any

from moto.stepfunctions.parser.asl.antlr.runtime.ASLLexer import ASLLexer
from moto.stepfunctions.parser.asl.antlr.runtime.ASLParser import ASLParser
from moto.stepfunctions.parser.asl.antlt4utils.antlr4utils import is_terminal
from moto.stepfunctions.parser.asl.component.eval_component import EvalComponent
from moto.stepfunctions.parser.asl.parse import preprocessor
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

from local.moto_seams import replace

_KEPT = 8
_PATHS = (ASLParser.String_jsonpathContext, ASLParser.String_context_pathContext)


def install() -> None:
    """To be called before moto serves."""
    _parse_each_definition_once()
    replace(preprocessor, "from_string_literal", _text)
    replace(preprocessor.Preprocessor, "_inner_string_of", staticmethod(_text_or_null))
    _locate_expressions()


def _parse_each_definition_once() -> None:
    """moto parses a definition to check it and for each execution, which takes longer than most of what one does.

    What is made of it is only read, but for the name that a part gives itself when it is first asked: of two executions
    that ask at once, one would find its part named anew, and count its retries from the start.
    """
    parse: Callable[[str], Any] = AmazonStateLanguageParser.parse
    replace(AmazonStateLanguageParser, "parse", staticmethod(functools.lru_cache(_KEPT)(parse)))
    replace(EvalComponent, "heap_key", property(lambda part: str(id(part))))


def _text(parser_rule_context: Any) -> str:
    """A definition's texts are JSON's; moto keeps the escapes of some, and reads those of others as Python's."""
    text: str = parser_rule_context.getText()
    return str(json.loads(text, strict=False)) if text.startswith('"') else text


def _text_or_null(parser_rule_context: Any) -> str | None:
    if is_terminal(parser_rule_context, ASLLexer.NULL):
        return None
    text = _text(parser_rule_context)
    # in a path, a backslash is itself unless it is before a quote; the library for paths takes it for an escape
    return re.sub(r"\\(?!')", r"\\\\", text) if isinstance(parser_rule_context, _PATHS) else text


def _locate_expressions() -> None:
    """What says that an expression failed says in which field it is."""
    visit: Callable[[Any, Any], Any] = preprocessor.Preprocessor.visitString_jsonata

    def located(visitor: Any, ctx: Any) -> Any:
        expression = visit(visitor, ctx)
        expression.location = _location(ctx)
        return expression

    replace(preprocessor.Preprocessor, "visitString_jsonata", located)


def _location(node: Any) -> str:
    """The path to a node from its state, as in `Output/name` or `Choices[0]/Condition`."""
    path = ""
    while node.parentCtx and not isinstance(node.parentCtx, ASLParser.State_declContext):
        siblings = node.parentCtx.children
        first = [sibling.getText() for sibling in siblings[:3]]
        if "[" in first:
            path = f"[{(siblings.index(node) - first.index('[')) // 2}]{path}"
        if first[1:2] == [":"]:
            path = f"/{_text(siblings[0])}{path}"
        node = node.parentCtx
    return path.removeprefix("/")
