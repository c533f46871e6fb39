"""Quarantined rows as records of the quarantine, and their number by rule."""

from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.names import FILE, MALFORMED, RAW, REASON, REASONS, ROW, quoted

_SAMPLES = 10
_SAMPLE_CHARACTERS = 60
# one value of each group can become a sample: samples differ, and memory use is bounded
_GROUPS = 256


def quarantine_records(rows: DataFrame, source: str, run_id: str) -> DataFrame:
    """Records with the origin of each row, the reasons, and the row as it was read."""
    texts = F.transform(REASONS, lambda reason: _words(reason))
    raw = F.coalesce(F.col(MALFORMED), F.to_json(RAW, {"ignoreNullFields": "false"}))
    return rows.select(
        F.lit(run_id).alias("run_id"),
        F.lit(source).alias("source"),
        F.col(FILE).alias("file"),
        F.col(ROW),
        texts.alias("reasons"),
        raw.alias("raw"),
    )


def _words(reason: Any) -> Any:
    place = F.concat_ws(".", reason["source"], reason["column"])
    return F.concat(place, F.lit(": "), reason["rule"])


def by_rule(reasons: DataFrame) -> list[dict[str, Any]]:
    """For each source, column and rule in REASONS: how many rows break the rule, and samples of their values."""
    broken = reasons.select(F.explode(REASONS).alias("reason")).select("reason.*")
    value = F.left(F.col("value"), F.lit(_SAMPLE_CHARACTERS))
    groups = broken.groupBy(*REASON, F.pmod(F.xxhash64("value"), F.lit(_GROUPS)).alias("group")).agg(
        F.count(F.lit(1)).alias("rows"), F.min(value).alias("sample")
    )
    samples = F.slice(F.array_sort(F.collect_set("sample")), 1, _SAMPLES)
    counted = groups.groupBy(*REASON).agg(F.sum("rows").alias("rows"), samples.alias("samples"))
    found = [row.asDict() for row in counted.collect()]
    return sorted(found, key=lambda entry: (-entry["rows"], *(entry[part] or "" for part in REASON)))


def as_source_rows(rows: DataFrame) -> DataFrame:
    """Rows of the data set with the columns of a source's quarantined rows; file and row number are null."""
    whole = F.struct(*(F.col(quoted(name)) for name in rows.columns if name != REASONS))
    nothing = F.lit(None).cast("string")
    number = F.lit(None).cast("long").alias(ROW)
    return rows.select(REASONS, whole.alias(RAW), nothing.alias(MALFORMED), nothing.alias(FILE), number)
