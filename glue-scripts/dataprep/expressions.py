"""Which SQL expressions a recipe may hold: those over its own columns, by functions that stay within the row.

A recipe is data, and may come from elsewhere than the code: it must not reach a file, a process or another table.
"""

import re

# https://spark.apache.org/docs/latest/api/sql/: functions that call into the JVM, read the environment, or fail at will
_OUTSIDE = {
    *("assert_true", "current_catalog", "current_database", "current_schema", "current_user", "input_file_name"),
    *("input_file_block_length", "input_file_block_start", "java_method", "raise_error", "read_files", "reflect"),
    *("session_user", "spark_partition_id", "sql_keywords", "try_reflect", "user", "version"),
}
_LITERAL = re.compile(r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\"|`(?:[^`]|``)*`")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class ExpressionError(Exception):
    """An expression that a recipe may not hold."""


def require_allowed(expression: str) -> str:
    """The expression itself; raises ExpressionError if it holds a subquery or a function that reaches outside."""
    code = _LITERAL.sub("''", expression)
    words = {word.lower() for word in _WORD.findall(code)}
    if "select" in words or ";" in code or "--" in code or "/*" in code:
        raise ExpressionError(f"expression {expression!r}: allowed is an expression, without subquery and comment")
    outside = sorted(words & _OUTSIDE)
    if outside:
        raise ExpressionError(f"expression {expression!r}: {', '.join(outside)} is not allowed, it reaches outside")
    return expression
