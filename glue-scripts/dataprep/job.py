"""One run: read the sources, set bad rows aside, make the data set, report."""

import json
from typing import Any

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from dataprep import quality, readers, steps
from dataprep.columns import typed
from dataprep.names import REASONS, quoted
from dataprep.quality import Counts, SourceCounts
from dataprep.recipe import Recipe, Source
from dataprep.storage import Storage
from dataprep.writers import Places, write_csv, write_quarantine


def run(spark: SparkSession, recipe: Recipe, root: str, raw_prefix: str, run_id: str) -> dict[str, Any]:
    """Carries out the recipe on `<root>/<raw_prefix><source>/`: writes data set, quarantine and report; the latter.

    Raises SourceError, StepError or LostRows; a run whose data breaks the recipe's rules ends normally, with the
    verdict `failed` in its report.
    """
    # what a recipe's expression cannot compute is null, on every version of Spark
    spark.conf.set("spark.sql.ansi.enabled", "false")
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    places, storage = Places(root, run_id), Storage(spark)
    checked = {
        name: typed(source, readers.read(spark, source, f"{root}/{raw_prefix}{name}/")).persist(StorageLevel.DISK_ONLY)
        for name, source in recipe.sources.items()
    }
    storage.delete(places.quarantine)
    counts, reasons = _set_aside(checked, places)
    good = {name: _good(recipe.sources[name], rows) for name, rows in checked.items()}
    stage = steps.apply(recipe, good)
    stage.rows.write.mode("overwrite").parquet(places.dataset)
    dataset = spark.read.schema(stage.rows.schema).parquet(places.dataset)
    conserved = _conserved(recipe, counts, stage, dataset.count())
    report = {
        "run_id": run_id,
        "recipe": recipe.name,
        **quality.report(conserved, reasons, quality.rules(recipe.quality, conserved)),
        "dataset": places.dataset,
        "output_csv": places.csv if recipe.csv else None,
        "output_csv_bytes": write_csv(dataset, storage, places.csv) if recipe.csv else 0,
    }
    storage.write(places.report, json.dumps(report, indent=2))
    for rows in checked.values():
        rows.unpersist()
    return report


def _set_aside(checked: dict[str, DataFrame], places: Places) -> tuple[dict[str, SourceCounts], dict[str, int]]:
    """Writes the rows that have reasons against them; counts them by source and by reason."""
    counts: dict[str, SourceCounts] = {}
    reasons: dict[str, int] = {}
    for name, rows in checked.items():
        bad = F.size(REASONS) > 0
        total = rows.agg(F.count(F.lit(1)).alias("rows"), F.count_if(bad).alias("bad")).first()
        counts[name] = SourceCounts(total["rows"], total["bad"])
        if total["bad"]:
            write_quarantine(name, rows.filter(bad), places.quarantine)
            by_reason = rows.filter(bad).select(F.explode(REASONS).alias("reason")).groupBy("reason").count()
            reasons |= {row["reason"]: row["count"] for row in by_reason.collect()}
    return counts, reasons


def _good(source: Source, rows: DataFrame) -> DataFrame:
    return rows.filter(F.size(REASONS) == 0).select(*(quoted(column.name) for column in source.columns))


def _conserved(recipe: Recipe, sources: dict[str, SourceCounts], stage: steps.Stage, rows_out: int) -> Counts:
    counts = Counts(
        sources=sources,
        main=recipe.main,
        deduplicated=stage.dropped("deduplicated"),
        filtered=stage.dropped("filtered"),
        aggregated=stage.dropped("aggregated"),
        rows_out=rows_out,
    )
    counts.require_conserved()
    return counts
