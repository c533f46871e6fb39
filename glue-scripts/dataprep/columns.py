"""Typing a source's texts: each value gets its type, each row the list of what is wrong with it."""

from collections.abc import Iterator
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.names import FILE, MALFORMED, RAW, REASONS, quoted
from dataprep.recipe import Column, Source

_SPARK_TYPES = {"integer": "int", "long": "bigint"}


def spark_type(name: str) -> str:
    """The recipe's word for a type as Spark's."""
    return _SPARK_TYPES.get(name, name)


def typed(source: Source, texts: DataFrame) -> DataFrame:
    """The columns with their types, and beside them RAW, the texts as they were, FILE, and REASONS against the row."""
    raw = F.struct(*(F.col(quoted(column.name)) for column in source.columns)).alias(RAW)
    cleaned = texts.select(*(_cleaned(column, source) for column in source.columns), raw, MALFORMED, FILE)
    problems = [_problem(source, column, rule, broken) for column in source.columns for rule, broken in _rules(column)]
    malformed = F.col(MALFORMED).isNotNull()
    reasons = F.when(malformed, F.array(F.lit(f"{source.name}: malformed row"))).otherwise(
        F.filter(F.array(*problems), lambda reason: reason.isNotNull())
    )
    return cleaned.select(
        *(_value(column).alias(column.name) for column in source.columns), reasons.alias(REASONS), RAW, MALFORMED, FILE
    )


def _cleaned(column: Column, source: Source) -> SparkColumn:
    """Trimmed, unless the recipe says otherwise, with null for what means null, and the default in its place."""
    text = F.col(quoted(column.name))
    if column.rules.get("trim", True):
        text = F.trim(text)
    nulls = ["", *source.format.get("nullValues", [])]
    text = F.when(~text.isin(nulls), text)
    if "default" in column.rules:
        text = F.coalesce(text, F.lit(_literal(column.rules["default"])))
    return text.alias(column.name)


def _literal(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(column: Column) -> SparkColumn:
    """The text as a value of the column's type; null where it is none."""
    name, kind = quoted(column.name), spark_type(column.type)
    if column.type in ("date", "timestamp") and "format" in column.rules:
        return F.try_to_timestamp(F.col(name), F.lit(column.rules["format"])).cast(kind)
    return F.col(name) if kind == "string" else F.expr(f"try_cast({name} as {kind})")


def _rules(column: Column) -> Iterator[tuple[str, SparkColumn]]:
    """Each rule of the column by its name, and the condition under which a row breaks it."""
    text, value, rules = F.col(quoted(column.name)), _value(column), column.rules
    if rules.get("required"):
        yield "required", text.isNull()
    yield f"not of type {column.type}", text.isNotNull() & value.isNull()
    if "allowed" in rules:
        yield "not an allowed value", ~text.isin([_literal(allowed) for allowed in rules["allowed"]])
    if "pattern" in rules:
        yield "does not match the pattern", ~text.rlike(f"^(?:{rules['pattern']})$")
    bounds = rules.get("range", {})
    if "min" in bounds:
        yield f"less than {bounds['min']}", value < _bound(column, bounds["min"])
    if "max" in bounds:
        yield f"more than {bounds['max']}", value > _bound(column, bounds["max"])
    sizes = rules.get("length", {})
    if "min" in sizes:
        yield f"shorter than {sizes['min']}", F.length(text) < sizes["min"]
    if "max" in sizes:
        yield f"longer than {sizes['max']}", F.length(text) > sizes["max"]


def _bound(column: Column, bound: Any) -> SparkColumn:
    return F.lit(str(bound)).cast(spark_type(column.type))


def _problem(source: Source, column: Column, rule: str, broken: SparkColumn) -> SparkColumn:
    """The reason's text where the rule is broken, else null: a rule that null makes unknown is not broken."""
    return F.when(broken, F.lit(f"{source.name}.{column.name}: {rule}"))
