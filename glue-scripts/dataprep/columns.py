"""Cleans and casts the texts of a source, and checks the column rules; each invalid row gets its reasons."""

from collections.abc import Iterator
from functools import partial, reduce
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from dataprep import sensitive
from dataprep.names import FILE, MALFORMED, ORDINAL, QUARANTINE, RAW, REASON, REASONS, REASONS_TYPE, quoted
from dataprep.numbering import file_hash, ordinal
from dataprep.recipe import Column, Source
from dataprep.text_files import WHITE_SPACE
from dataprep.types import converted, literal, typed_literal, value

# decoders write it for bytes that are invalid in the encoding
_UNDECODABLE = "\ufffd"
# ISO 8859-1 has control codes where windows-1252 has letters: most such files are in windows-1252
_LATIN_1 = "ISO-8859-1"
_CONTROL_CODES = "[\\x80-\\x9f]"


def typed(source: Source, texts: DataFrame) -> DataFrame:
    """The columns with their types, and QUARANTINE, which is null for a valid row.

    QUARANTINE has REASONS, RAW (the texts as they were read), MALFORMED and FILE. Values and texts of sensitive columns
    are replaced in all of them. Valid rows do not keep them, as they are large; all rows have FILE_HASH instead of
    FILE. The values are computed in a projection before the rules, so that they are computed once. If a rule shuffles
    the rows, ORDINAL is computed before the shuffle.
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
    quarantine = _quarantine(source, path, every=bool(unique)).alias(QUARANTINE)
    names = [quoted(column.name) for column in columns]
    place = F.col(ORDINAL) if ORDINAL in moved else ordinal()
    rows = valued.select(*names, quarantine, file_hash(path), *([place] if unique or ORDINAL in moved else []))
    checked = reduce(lambda seen, column: _unique(source, column, seen), unique, rows)
    if unique:
        checked = checked.withColumn(QUARANTINE, F.when(F.size(f"{QUARANTINE}.{REASONS}") > 0, F.col(QUARANTINE)))
    hidden = {
        column.name: sensitive.replaced(column, F.col(quoted(column.name))) for column in columns if column.sensitive
    }
    return checked.withColumns(hidden) if hidden else checked


def _raw(column: Column) -> str:
    """The internal name of the column's text as it was read; no column of a recipe can have such a name."""
    return f"_raw_{column.name}"


def _quarantine(source: Source, file: SparkColumn, every: bool) -> SparkColumn:
    """QUARANTINE of invalid rows; with `every` of all rows, with REASONS that may be empty."""
    rules = [(column, rule, broken) for column in source.columns for rule, broken in _rules(column, source)]
    is_malformed = F.col(MALFORMED).isNotNull()
    is_broken = reduce(SparkColumn.__or__, (broken for _, _, broken in rules), F.lit(False))
    text = F.lit(None).cast("string") if source.is_sensitive else F.col(MALFORMED)
    malformed = F.array(reason(source.name, None, "malformed row", text))
    given = [
        F.when(broken, reason(source.name, column.name, rule, sensitive.sample(column, F.col(quoted(_raw(column))))))
        for column, rule, broken in rules
    ]
    broken_rules = F.filter(F.array(*given), lambda given: given.isNotNull()) if given else F.array()
    reasons = F.when(is_malformed, malformed).otherwise(broken_rules).cast(REASONS_TYPE)
    texts = (sensitive.shown(column, F.col(quoted(_raw(column)))).alias(column.name) for column in source.columns)
    shown = sensitive.malformed(source, F.col(MALFORMED)).alias(MALFORMED)
    found = F.struct(reasons.alias(REASONS), F.struct(*texts).alias(RAW), shown, file.alias(FILE))
    return found if every else F.when(is_malformed | is_broken, found)


def reason(source: str, column: str | None, rule: str, invalid: SparkColumn) -> SparkColumn:
    """One entry of REASONS; `invalid` is the value that breaks the rule."""
    texts = zip(REASON, (source, column, rule), strict=True)
    return F.struct(*(F.lit(text).cast("string").alias(name) for name, text in texts), invalid.alias("value"))


def _cleaned(column: Column, source: Source, raw: SparkColumn) -> SparkColumn:
    """The text after the recipe's trim, nullValues, replace, case and default; null if there is no value."""
    changed = partial(_changed, column, source)
    text = changed(raw)
    if column.rules.get("trim", True):
        # this check takes a fraction of the time of a trim without effect
        text = F.when(_begins_and_ends_in_ascii(raw), text).otherwise(changed(F.btrim(raw, F.lit(WHITE_SPACE))))
    if "default" in column.rules:
        text = F.coalesce(text, F.lit(literal(column.rules["default"])))
    return text


def _changed(column: Column, source: Source, text: SparkColumn) -> SparkColumn:
    """A trimmed text after nullValues, replace and case."""
    rules = column.rules
    text = F.when(~text.isin(["", *source.format.get("nullValues", [])]), text)
    for replacement in rules.get("replace", []):
        text = F.regexp_replace(text, replacement["pattern"], replacement["with"])
    if "case" in rules:
        text = F.lower(text) if rules["case"] == "lower" else F.upper(text)
    return F.when(text != "", text) if "replace" in rules else text


def _begins_and_ends_in_ascii(text: SparkColumn) -> SparkColumn:
    """Whether the first and the last byte are visible ASCII characters, so that there is no white space to trim."""
    last = F.substring(text.cast("binary"), -1, 1)
    return (text >= "!") & (text < "\x7f") & last.between(F.lit(b"!"), F.lit(b"~"))


def _rules(column: Column, source: Source) -> Iterator[tuple[str, SparkColumn]]:
    """The rules of the column by name, each with the condition under which a row breaks it."""
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
        # an allowed value that the type cannot hold is null, with which every comparison is null
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
    invalid = text.contains(_UNDECODABLE)
    if encoding == _LATIN_1:
        # the text as it was read, as a trim drops one of the codes as white space
        invalid |= F.col(quoted(_raw(column))).rlike(_CONTROL_CODES)
    return f"not of encoding {encoding}", invalid


def _bound(column: Column, bound: Any) -> SparkColumn:
    return converted(column.type, F.lit(literal(bound)))


def _unique(source: Source, column: Column, rows: DataFrame) -> DataFrame:
    """Adds a reason to each row whose value is also in another row; all rows have QUARANTINE here."""
    name, raw = F.col(quoted(column.name)), F.col(f"{QUARANTINE}.{RAW}.{quoted(column.name)}")
    counts = name.isNotNull() & F.col(f"{QUARANTINE}.{MALFORMED}").isNull()
    # rows without a value are spread over groups of their own, as there may be many
    own_group = F.when(~counts, F.col(ORDINAL))
    group = Window.partitionBy(name, "_own_group")
    repeated = counts & (F.count(F.lit(1)).over(group) > 1)
    counted = rows.withColumn("_own_group", own_group).withColumn("_repeated", repeated).drop("_own_group")
    not_unique = F.array(reason(source.name, column.name, "not unique", sensitive.sample(column, raw)))
    more = F.col(QUARANTINE).withField(REASONS, F.concat(f"{QUARANTINE}.{REASONS}", not_unique))
    return counted.withColumn(QUARANTINE, F.when(F.col("_repeated"), more).otherwise(F.col(QUARANTINE))).drop(
        "_repeated"
    )
