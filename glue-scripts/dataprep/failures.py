"""What ends a run: errors that name the source, the step or the rule, in words for a reader of the run's failure."""

from typing import Any

from py4j.protocol import Py4JJavaError

_CHARACTERS = 500


class SourceError(Exception):
    """A source that is not what the recipe says."""


class StepError(Exception):
    """A step that the data does not allow."""


class TooManyColumns(Exception):
    """A data set with more columns than its description may have room for."""


class LostRows(Exception):
    """Rows that went in and are nowhere: a fault of this program, after which nothing may be published."""


def root_cause(error: Exception) -> str:
    """What is at the bottom of Spark's error, in one line."""
    if isinstance(error, Py4JJavaError):
        cause: Any = error.java_exception
        while cause.getCause() is not None:
            cause = cause.getCause()
        text = f"{cause.getClass().getSimpleName()}: {cause.getMessage()}"
    else:
        text = str(error)
    words = " ".join(text.split("JVM stacktrace")[0].split())
    return words[:_CHARACTERS] or type(error).__name__
