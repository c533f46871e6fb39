"""The expressions that a recipe may contain; the preview's tests read the same lists."""

from pathlib import Path

import pytest
from pyspark.errors import ParseException
from pyspark.sql import DataFrame, SparkSession

from dataprep import exact, settings
from dataprep.expressions import ExpressionError, _functions, require_allowed

_COLUMNS = ("id", "text", "amount", "day", "items")


def _lines(name: str) -> list[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.fixture
def rows(spark: SparkSession) -> DataFrame:
    settings.apply(spark)
    return spark.sql("select 1 id, 'a' text, 1.50BD amount, date '2024-01-15' day, '[]' items")


def test_every_hostile_expression_is_refused(spark: SparkSession) -> None:
    hostile = _lines("hostile_expressions.txt")
    assert len(hostile) >= 150
    taken = []
    for expression in hostile:
        try:
            taken.append(require_allowed(expression, _COLUMNS))
        except (ExpressionError, ParseException):
            continue
    assert taken == []


def test_every_expression_that_stays_within_its_row_is_taken(rows: DataFrame) -> None:
    for expression in _lines("allowed_expressions.txt"):
        require_allowed(expression, rows.columns)
        is_measure = any(name in expression for name in ("count", "sum(amount)", "avg("))
        over = exact.measure(rows.groupBy(), expression, "string") if is_measure else None
        assert over is not None or exact.value(rows, expression, "string") is not None


def test_every_function_of_the_list_is_one_of_sparks(spark: SparkSession) -> None:
    operators = {"between", "in", "when"}
    assert [name for name in sorted(_functions() - operators) if not spark.catalog.functionExists(name)] == []


@pytest.mark.parametrize("expression", ["rand()", "uuid()", "monotonically_increasing_id()"])
def test_a_nondeterministic_expression_is_refused_by_its_plan_too(rows: DataFrame, expression: str) -> None:
    with pytest.raises(ExpressionError, match="is not deterministic"):
        exact.value(rows, expression, "string")
