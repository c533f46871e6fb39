"""Typing a source's texts: each value gets its type, each row the list of what is wrong with it."""

from collections.abc import Iterator
from functools import partial, reduce
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from dataprep.names import ASIDE, FILE, MALFORMED, ORDINAL, RAW, REASON, REASONS, REASONS_TYPE, quoted
from dataprep.numbering import file_hash, ordinal
from dataprep.recipe import Column, Source
from dataprep.text_files import WHITE_SPACE
from dataprep.types import converted, literal, typed_literal, value

# what decoders write for bytes that are none of the encoding
_UNDECODABLE = "\ufffd"
# what they make of bytes that ISO 8859-1 leaves to control codes: texts of windows-1252, most often
_LATIN_1 = "ISO-8859-1"
_CONTROL_CODES = "[\\x80-\\x9f]"


def typed(source: Source, texts: DataFrame) -> DataFrame:
    """The columns with their types, and beside them ASIDE, which is null for a row that nothing is wrong with.

    ASIDE holds REASONS against the row, RAW, its texts as they were, MALFORMED and FILE: copies of good rows would be
    carried along for nothing, and so would FILE, which is asked for only then, unless the texts have it; FILE_HASH is
    in its place. Values come before the rules on them, so that none is computed for each use of it. Where a rule moves
    rows there is ORDINAL, too.
    """
    columns = source.columns
    raw = [F.col(quoted(column.name)).alias(_raw(column)) for column in columns]
    values = [
        value(column, _cleaned(column, source, F.col(quoted(column.name)))).alias(column.name) for column in columns
    ]
    moved = [name for name in (FILE, ORDINAL) if name in texts.columns]
    valued = texts.select(*values, *raw, MALFORMED, *moved)
    unique = [column for column in columns if column.rules.get("unique")]
    path = F.col(FILE) if FILE in moved else F.input_file_name()
    aside = _aside(source, path, every=bool(unique)).alias(ASIDE)
    names = [quoted(column.name) for column in columns]
    place = F.col(ORDINAL) if ORDINAL in moved else ordinal()
    rows = valued.select(*names, aside, file_hash(path), *([place] if unique or ORDINAL in moved else []))
    checked = reduce(lambda seen, column: _unique(source, column, seen), unique, rows)
    return checked.withColumn(ASIDE, F.when(F.size(f"{ASIDE}.{REASONS}") > 0, F.col(ASIDE))) if unique else checked


def _raw(column: Column) -> str:
    """The name of the column's text as it was, as no column may be named."""
    return f"_raw_{column.name}"


def _aside(source: Source, file: SparkColumn, every: bool) -> SparkColumn:
    """What is kept of a row that something is wrong with; or of every row, with REASONS that may be empty."""
    rules = [(column, rule, broken) for column in source.columns for rule, broken in _rules(column, source)]
    is_malformed = F.col(MALFORMED).isNotNull()
    is_broken = reduce(SparkColumn.__or__, (broken for _, _, broken in rules), F.lit(False))
    malformed = F.array(reason(source.name, None, "malformed row", F.col(MALFORMED)))
    given = [
        F.when(broken, reason(source.name, column.name, rule, F.col(quoted(_raw(column)))))
        for column, rule, broken in rules
    ]
    broken_rules = F.filter(F.array(*given), lambda given: given.isNotNull()) if given else F.array()
    reasons = F.when(is_malformed, malformed).otherwise(broken_rules).cast(REASONS_TYPE)
    raw = F.struct(*(F.col(quoted(_raw(column))).alias(column.name) for column in source.columns))
    aside = F.struct(reasons.alias(REASONS), raw.alias(RAW), F.col(MALFORMED), file.alias(FILE))
    return aside if every else F.when(is_malformed | is_broken, aside)


def reason(source: str, column: str | None, rule: str, wrong: SparkColumn) -> SparkColumn:
    """One entry of REASONS; `wrong` is the value that breaks the rule."""
    said = zip(REASON, (source, column, rule), strict=True)
    return F.struct(*(F.lit(text).cast("string").alias(name) for name, text in said), wrong.alias("value"))


def _cleaned(column: Column, source: Source, raw: SparkColumn) -> SparkColumn:
    """The text after all changes that the recipe wants, null where there is no value."""
    changed = partial(_changed, column, source)
    text = changed(raw)
    if column.rules.get("trim", True):
        # a trim takes several times as long to see that there is nothing to do
        text = F.when(_begins_and_ends_in_ascii(raw), text).otherwise(changed(F.btrim(raw, F.lit(WHITE_SPACE))))
    if "default" in column.rules:
        text = F.coalesce(text, F.lit(literal(column.rules["default"])))
    return text


def _changed(column: Column, source: Source, text: SparkColumn) -> SparkColumn:
    """A trimmed text after the other changes."""
    rules = column.rules
    text = F.when(~text.isin(["", *source.format.get("nullValues", [])]), text)
    for replacement in rules.get("replace", []):
        text = F.regexp_replace(text, replacement["pattern"], replacement["with"])
    if "case" in rules:
        text = F.lower(text) if rules["case"] == "lower" else F.upper(text)
    return F.when(text != "", text) if "replace" in rules else text


def _begins_and_ends_in_ascii(text: SparkColumn) -> SparkColumn:
    """Whether a text begins and ends in visible ASCII characters, by its bytes: it has no white space around it."""
    last = F.substring(text.cast("binary"), -1, 1)
    return (text >= "!") & (text < "\x7f") & last.between(F.lit(b"!"), F.lit(b"~"))


def _rules(column: Column, source: Source) -> Iterator[tuple[str, SparkColumn]]:
    """Each rule of the column by its name, and the condition under which a row breaks it."""
    rules, typed_value = column.rules, F.col(quoted(column.name))
    text = typed_value if column.type == "string" else _cleaned(column, source, F.col(quoted(_raw(column))))
    if rules.get("required"):
        yield "required", F.when(typed_value.isNull(), text.isNull())
    if column.type != "string":
        yield f"not of type {column.type}", F.when(typed_value.isNull(), text.isNotNull())
    else:
        yield _not_of_encoding(column, source, text)
    if "allowed" in rules:
        allowed = typed_value.isin([typed_literal(column, each) for each in rules["allowed"]])
        # a value that the recipe has and the type does not would make every comparison one that tells nothing
        yield "not an allowed value", typed_value.isNotNull() & ~F.coalesce(allowed, F.lit(False))
    if "pattern" in rules:
        yield "does not match the pattern", ~text.rlike(rf"\A(?:{rules['pattern']})\z")
    bounds = rules.get("range", {})
    if "min" in bounds:
        yield f"less than {literal(bounds['min'])}", typed_value < _bound(column, bounds["min"])
    if "max" in bounds:
        yield f"more than {literal(bounds['max'])}", typed_value > _bound(column, bounds["max"])
    sizes = rules.get("length", {})
    if "min" in sizes:
        yield f"shorter than {sizes['min']}", F.length(text) < sizes["min"]
    if "max" in sizes:
        yield f"longer than {sizes['max']}", F.length(text) > sizes["max"]


def _not_of_encoding(column: Column, source: Source, text: SparkColumn) -> tuple[str, SparkColumn]:
    encoding = source.format.get("encoding", "UTF-8")
    wrong = text.contains(_UNDECODABLE)
    if encoding == _LATIN_1:
        # one of the codes counts as white space, which a trim drops
        wrong |= F.col(quoted(_raw(column))).rlike(_CONTROL_CODES)
    return f"not of encoding {encoding}", wrong


def _bound(column: Column, bound: Any) -> SparkColumn:
    return converted(column.type, F.lit(literal(bound)))


def _unique(source: Source, column: Column, rows: DataFrame) -> DataFrame:
    """Every row whose value another row has too gets a reason; each row has its ASIDE here."""
    name, raw = F.col(quoted(column.name)), F.col(f"{ASIDE}.{RAW}.{quoted(column.name)}")
    counts = name.isNotNull() & F.col(f"{ASIDE}.{MALFORMED}").isNull()
    # the others need not meet, and there may be many
    apart = F.when(~counts, F.col(ORDINAL))
    group = Window.partitionBy(name, "_apart")
    repeated = counts & (F.count(F.lit(1)).over(group) > 1)
    counted = rows.withColumn("_apart", apart).withColumn("_repeated", repeated).drop("_apart")
    not_unique = F.array(reason(source.name, column.name, "not unique", raw))
    more = F.col(ASIDE).withField(REASONS, F.concat(f"{ASIDE}.{REASONS}", not_unique))
    return counted.withColumn(ASIDE, F.when(F.col("_repeated"), more).otherwise(F.col(ASIDE))).drop("_repeated")
