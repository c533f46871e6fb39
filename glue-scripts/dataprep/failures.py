"""Errors that end a run; each message names the source, the step or the rule."""

from typing import Any

from py4j.protocol import Py4JJavaError

_CHARACTERS = 500


class SourceError(Exception):
    """A source does not conform to the recipe."""


class SecretUnavailable(Exception):
    """A secret cannot be read, or has not the fields that it must have."""


class StepError(Exception):
    """A step cannot be executed on this data."""


class TableError(Exception):
    """The published table cannot be continued; nothing has been written."""


class TooManyColumns(Exception):
    """The description of the data set's columns is too large for the report."""


class LostRows(Exception):
    """Rows were lost or added: a bug of this program, after which nothing may be published."""


def root_class(error: Exception) -> str:
    """The name of the class of the innermost cause of an error of Spark."""
    if not isinstance(error, Py4JJavaError):
        return type(error).__name__
    return str(_root(error).getClass().getSimpleName())


def root_cause(error: Exception) -> str:
    """The innermost cause of an error of Spark, in one line."""
    if isinstance(error, Py4JJavaError):
        cause = _root(error)
        text = f"{cause.getClass().getSimpleName()}: {cause.getMessage()}"
    else:
        text = str(error)
    words = " ".join(text.split("JVM stacktrace")[0].split())
    return words[:_CHARACTERS] or type(error).__name__


def _root(error: Py4JJavaError) -> Any:
    cause: Any = error.java_exception
    while cause.getCause() is not None:
        cause = cause.getCause()
    return cause
