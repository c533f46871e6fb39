"""Typing a source's texts: each value gets its type, each row the list of what is wrong with it."""

from collections.abc import Iterator
from functools import reduce
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.names import FILE, MALFORMED, RAW, REASON, REASONS, quoted
from dataprep.recipe import Column, Source
from dataprep.types import spark_type, value

# also the no-break spaces and the byte order mark that exports leave
_WHITE_SPACE = " \t\r\n\f\v\u00a0\u2007\u202f\u3000\ufeff"


def typed(source: Source, texts: DataFrame) -> DataFrame:
    """The columns with their types, and beside them RAW, the texts as they were, FILE, and REASONS against the row."""
    raw = F.struct(*(F.col(quoted(column.name)) for column in source.columns)).alias(RAW)
    cleaned = texts.select(*(_cleaned(column, source) for column in source.columns), raw, MALFORMED, FILE)
    problems = [
        F.when(broken, reason(source.name, column.name, rule, F.col(f"{RAW}.{quoted(column.name)}")))
        for column in source.columns
        for rule, broken in _rules(column)
    ]
    malformed = F.array(reason(source.name, None, "malformed row", F.col(MALFORMED)))
    found = F.filter(F.array(*problems), lambda problem: problem.isNotNull())
    rows = cleaned.select(
        *(value(column).alias(column.name) for column in source.columns),
        F.when(F.col(MALFORMED).isNotNull(), malformed).otherwise(found).alias(REASONS),
        RAW,
        MALFORMED,
        FILE,
    )
    unique = [column for column in source.columns if column.rules.get("unique")]
    return reduce(lambda checked, column: _unique(source, column, checked), unique, rows)


def reason(source: str, column: str | None, rule: str, wrong: SparkColumn) -> SparkColumn:
    """One entry of REASONS; `wrong` is the value that breaks the rule."""
    said = zip(REASON, (source, column, rule), strict=True)
    return F.struct(*(F.lit(text).cast("string").alias(name) for name, text in said), wrong.alias("value"))


def _cleaned(column: Column, source: Source) -> SparkColumn:
    """The text after all changes that the recipe wants, null where there is no value."""
    rules, text = column.rules, F.col(quoted(column.name))
    if rules.get("trim", True):
        text = F.btrim(text, F.lit(_WHITE_SPACE))
    text = F.when(~text.isin(["", *source.format.get("nullValues", [])]), text)
    for replacement in rules.get("replace", []):
        text = F.regexp_replace(text, replacement["pattern"], replacement["with"])
    if "case" in rules:
        text = F.lower(text) if rules["case"] == "lower" else F.upper(text)
    text = F.when(text != "", text)
    if "default" in rules:
        text = F.coalesce(text, F.lit(_literal(rules["default"])))
    return text.alias(column.name)


def _literal(given: Any) -> str:
    return str(given).lower() if isinstance(given, bool) else str(given)


def _rules(column: Column) -> Iterator[tuple[str, SparkColumn]]:
    """Each rule of the column by its name, and the condition under which a row breaks it."""
    text, typed_value, rules = F.col(quoted(column.name)), value(column), column.rules
    if rules.get("required"):
        yield "required", text.isNull()
    if column.type != "string":
        yield f"not of type {column.type}", text.isNotNull() & typed_value.isNull()
    if "allowed" in rules:
        yield "not an allowed value", ~text.isin([_literal(allowed) for allowed in rules["allowed"]])
    if "pattern" in rules:
        yield "does not match the pattern", ~text.rlike(rf"\A(?:{rules['pattern']})\z")
    bounds = rules.get("range", {})
    if "min" in bounds:
        yield f"less than {bounds['min']}", typed_value < _bound(column, bounds["min"])
    if "max" in bounds:
        yield f"more than {bounds['max']}", typed_value > _bound(column, bounds["max"])
    sizes = rules.get("length", {})
    if "min" in sizes:
        yield f"shorter than {sizes['min']}", F.length(text) < sizes["min"]
    if "max" in sizes:
        yield f"longer than {sizes['max']}", F.length(text) > sizes["max"]


def _bound(column: Column, bound: Any) -> SparkColumn:
    return F.lit(str(bound)).cast(spark_type(column.type))


def _unique(source: Source, column: Column, rows: DataFrame) -> DataFrame:
    """Every row whose value another row has too gets a reason."""
    name, twice = quoted(column.name), "_twice"
    repeated = rows.groupBy(F.col(name).alias(twice)).count().filter(f"count > 1 and {twice} is not null").select(twice)
    not_unique = F.array(reason(source.name, column.name, "not unique", F.col(f"{RAW}.{name}")))
    reasons = F.when(F.col(twice).isNotNull(), F.concat(REASONS, not_unique)).otherwise(F.col(REASONS))
    joined = rows.join(repeated, rows[name] == repeated[twice], "left").withColumn(REASONS, reasons)
    return joined.select(*(quoted(column) for column in rows.columns))
