"""Typing a source's texts: each value gets its type, each row the list of what is wrong with it."""

from collections.abc import Iterator
from functools import reduce
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from dataprep.names import FILE, MALFORMED, RAW, REASON, REASONS, REASONS_TYPE, quoted
from dataprep.recipe import Column, Source
from dataprep.types import literal, spark_type, value

# also the no-break spaces and the byte order mark that exports leave
_WHITE_SPACE = " \t\r\n\f\v\u00a0\u2007\u202f\u3000\ufeff"
# what decoders write for bytes that are none of the encoding
_UNDECODABLE = "\ufffd"


def typed(source: Source, texts: DataFrame) -> DataFrame:
    """The columns with their types, and beside them RAW, the texts as they were, FILE, and REASONS against the row.

    RAW is null if nothing is wrong with the row: copies of good rows would be carried along for nothing. Text, value
    and what is wrong with them are computed one upon the other, so that none is computed for each use of it.
    """
    columns, beside = source.columns, (RAW, MALFORMED, FILE)
    raw = F.struct(*(F.col(quoted(column.name)) for column in columns)).alias(RAW)
    cleaned = texts.select(*(_cleaned(column, source).alias(_text(column)) for column in columns), raw, MALFORMED, FILE)
    values = [value(column, _text(column)).alias(column.name) for column in columns]
    valued = cleaned.select(*(quoted(_text(column)) for column in columns), *values, *beside)
    is_bad, reasons = _reasons(source)
    unique = [column for column in columns if column.rules.get("unique")]
    rows = valued.select(
        *(quoted(column.name) for column in columns),
        reasons.alias(REASONS),
        F.col(RAW) if unique else F.when(is_bad, F.col(RAW)).alias(RAW),
        MALFORMED,
        FILE,
    )
    return reduce(lambda checked, column: _unique(source, column, checked), unique, rows)


def _text(column: Column) -> str:
    """The name of the column's text, as no column may be named."""
    return f"_text_{column.name}"


def _reasons(source: Source) -> tuple[SparkColumn, SparkColumn]:
    """Whether anything is wrong with a row, and all that is; the list is made only for rows that are not good."""
    rules = [(column, rule, broken) for column in source.columns for rule, broken in _rules(column, source)]
    is_malformed = F.col(MALFORMED).isNotNull()
    malformed = F.array(reason(source.name, None, "malformed row", F.col(MALFORMED)))
    given = [
        F.when(broken, reason(source.name, column.name, rule, F.col(f"{RAW}.{quoted(column.name)}")))
        for column, rule, broken in rules
    ]
    is_broken = reduce(SparkColumn.__or__, (broken for _, _, broken in rules), F.lit(False))
    all_given = F.filter(F.array(*given), lambda reason: reason.isNotNull()) if given else F.array()
    reasons = F.when(is_malformed, malformed).when(is_broken, all_given).otherwise(F.array().cast(REASONS_TYPE))
    return is_malformed | is_broken, reasons


def reason(source: str, column: str | None, rule: str, wrong: SparkColumn) -> SparkColumn:
    """One entry of REASONS; `wrong` is the value that breaks the rule."""
    said = zip(REASON, (source, column, rule), strict=True)
    return F.struct(*(F.lit(text).cast("string").alias(name) for name, text in said), wrong.alias("value"))


def _cleaned(column: Column, source: Source) -> SparkColumn:
    """The text after all changes that the recipe wants, null where there is no value."""
    rules, text = column.rules, F.col(quoted(column.name))
    if rules.get("trim", True):
        text = F.when(_begins_and_ends_in_ascii(text), text).otherwise(F.btrim(text, F.lit(_WHITE_SPACE)))
    text = F.when(~text.isin(["", *source.format.get("nullValues", [])]), text)
    for replacement in rules.get("replace", []):
        text = F.regexp_replace(text, replacement["pattern"], replacement["with"])
    if "case" in rules:
        text = F.lower(text) if rules["case"] == "lower" else F.upper(text)
    text = F.when(text != "", text)
    if "default" in rules:
        text = F.coalesce(text, F.lit(literal(rules["default"])))
    return text


def _begins_and_ends_in_ascii(text: SparkColumn) -> SparkColumn:
    """Whether a text cannot have white space around it: a trim takes several times as long to see that."""
    first, last = F.lit("!"), F.lit("~")
    return (text >= first) & (text < F.lit("\x7f")) & F.right(text, F.lit(1)).between(first, last)


def _rules(column: Column, source: Source) -> Iterator[tuple[str, SparkColumn]]:
    """Each rule of the column by its name, and the condition under which a row breaks it."""
    text, typed_value, rules = F.col(quoted(_text(column))), F.col(quoted(column.name)), column.rules
    if rules.get("required"):
        yield "required", text.isNull()
    if column.type != "string":
        yield f"not of type {column.type}", text.isNotNull() & typed_value.isNull()
    elif source.format["type"] != "parquet":
        yield f"not of encoding {source.format.get('encoding', 'UTF-8')}", text.contains(_UNDECODABLE)
    if "allowed" in rules:
        yield "not an allowed value", ~typed_value.isin([_bound(column, allowed) for allowed in rules["allowed"]])
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
    return F.lit(literal(bound)).cast(spark_type(column.type))


def _unique(source: Source, column: Column, rows: DataFrame) -> DataFrame:
    """Every row whose value another row has too gets a reason."""
    name = F.col(quoted(column.name))
    counts = name.isNotNull() & F.col(MALFORMED).isNull()
    # the others need not meet, and there may be many
    apart = F.when(~counts, F.monotonically_increasing_id())
    group = Window.partitionBy(name, "_apart")
    not_unique = F.array(reason(source.name, column.name, "not unique", F.col(f"{RAW}.{quoted(column.name)}")))
    repeated = counts & (F.count(F.lit(1)).over(group) > 1)
    counted = rows.withColumn("_apart", apart).withColumn("_repeated", repeated).drop("_apart")
    reasons = F.when(F.col("_repeated"), F.concat(REASONS, not_unique)).otherwise(F.col(REASONS))
    return counted.withColumn(REASONS, reasons).drop("_repeated")
