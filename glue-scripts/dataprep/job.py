"""One run of the job: prepare the sources, transform, validate, merge, write, evaluate the rules, report.

Each stage takes values and returns values; the rows that a stage quarantines are part of what it returns.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial, reduce
from typing import Any

from pyspark import StorageLevel
from pyspark.errors import SparkRuntimeException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from dataprep import (
    descriptions,
    drift,
    iceberg_versions,
    merge,
    parquet_output,
    quality,
    reasons,
    row_rules,
    rules,
    sensitive,
    settings,
    sources,
    steps,
    watermark,
)
from dataprep.concurrency import run_concurrently
from dataprep.failures import StepError, root_cause
from dataprep.iceberg_output import IcebergOutput
from dataprep.iceberg_versions import Published
from dataprep.inputs import Inputs
from dataprep.names import REASONS, quoted
from dataprep.quality import Counts
from dataprep.recipe import Recipe
from dataprep.report_bounds import bounded
from dataprep.row_rules import DATA_SET, Tables
from dataprep.sources import PreparedSource
from dataprep.storage import Storage
from dataprep.writers import OutputPaths, json_lines, write_csv
from dataprep.written import Written

# the limit of one copyObject, by which the file is published; a CSV file is larger than the same rows in Parquet
_MAX_CSV_BYTES = 5 << 30
_NO_TABLE = Published()


@dataclass(frozen=True)
class ExecutionContext:
    """The values that do not change during a run."""

    spark: SparkSession
    recipe: Recipe
    inputs: Inputs
    paths: OutputPaths
    storage: Storage
    started: datetime
    table: Published


@dataclass(frozen=True)
class Validated:
    """The data set's rows that break no row rule, and the rows that do."""

    rows: DataFrame
    quarantined: DataFrame | None = None
    quarantined_count: int = 0
    cached: tuple[DataFrame, ...] = ()


@dataclass(frozen=True)
class Outputs:
    """The manifest's entries for what the run wrote, and warnings about it."""

    entries: Mapping[str, Any]
    warnings: list[str] = field(default_factory=list)


def run(
    spark: SparkSession,
    recipe: Recipe,
    inputs: Inputs,
    root: str,
    run_id: str,
    job_run: str,
    hash_key: str = "",
    table: Published = _NO_TABLE,
) -> dict[str, Any]:
    """Executes the recipe, writes data set, quarantine and report below `root`, and returns the report.

    `hash_key` is the key of the columns to hash, `table` the published Iceberg table. Raises SourceError, StepError,
    TableError, HashKeyMissing or LostRows. A run whose data breaks the recipe's rules ends normally, with the verdict
    `failed` in its report.
    """
    settings.apply(spark)
    sensitive.provide_key(spark, recipe, hash_key)
    paths = OutputPaths(root, run_id, job_run)
    context = ExecutionContext(spark, recipe, inputs, paths, Storage(spark), datetime.now(UTC), table)
    try:
        return _execute(context)
    except SparkRuntimeException as error:
        raise StepError(f"dataset.steps: {root_cause(error)}") from error


def _execute(context: ExecutionContext) -> dict[str, Any]:
    recipe = context.recipe
    output = _output(context)
    context.storage.delete(context.paths.quarantine)
    prepared = _prepare_sources(context)
    tables = {name: source.valid for name, source in prepared.items()}
    transformed = steps.apply(recipe, tables)
    validated = _validate(context, transformed.rows, tables)
    evolved = [name for source in prepared.values() for name in source.evolved]
    rows, warnings = _evolved_columns_last(recipe, validated.rows, evolved)
    if recipe.key:
        merge.require_unique(rows, recipe.key)
    written = output(rows)
    counts = Counts(
        sources={name: source.counts for name, source in prepared.items()},
        main=recipe.main,
        **transformed.dropped(prepared[recipe.main].counts.rows_used),
        quarantined_by_rules=validated.quarantined_count,
        retained=written.retained,
        rows_out=written.dataset.count(),
    )
    counts.require_conserved()
    quarantined = [source.quarantined.select(REASONS) for source in prepared.values() if source.counts.rows_quarantined]
    if validated.quarantined is not None:
        quarantined.append(validated.quarantined.select(REASONS))
    of_sources = (text for source in prepared.values() for text in source.warnings)
    warnings = [*context.inputs.warnings, *of_sources, *warnings]
    report = _report(context, written, counts, tables, quarantined, warnings)
    for frame in (*(source.rows for source in prepared.values()), *validated.cached):
        frame.unpersist()
    return report


def _output(context: ExecutionContext) -> Callable[[DataFrame], Written]:
    """Writes rows as the recipe's format wants it; raises TableError before anything is written."""
    recipe, paths, storage, table = context.recipe, context.paths, context.storage, context.table
    published = context.inputs.published
    if recipe.table.format == "parquet":
        return lambda rows: parquet_output.write(recipe, paths, storage, rows, published)
    merges = bool(recipe.key and published)
    base = iceberg_versions.base(storage, table, recipe.table.partition_by, merges)
    output = IcebergOutput(recipe, paths, storage, base)
    return lambda rows: output.write(rows, table, merges)


def _prepare_sources(context: ExecutionContext) -> dict[str, PreparedSource]:
    """Reads, cleans, casts and checks the sources, and writes their quarantined rows."""
    names = list(context.recipe.sources)
    found = run_concurrently(context.spark, *(partial(_prepare, context, name) for name in names))
    return dict(zip(names, found, strict=True))


def _prepare(context: ExecutionContext, name: str) -> PreparedSource:
    recipe, paths = context.recipe, context.paths
    reserved = steps.names(recipe) if name == recipe.main else None
    source = replace(recipe.sources[name], types=context.inputs.types.get(name, {}))
    prepared = sources.prepare(context.spark, source, context.inputs.sources[name], recipe.drift, reserved)
    if prepared.counts.rows_quarantined:
        _write_quarantine(paths, name, prepared.quarantined_with_row_numbers)
    return prepared


def _write_quarantine(paths: OutputPaths, source: str, rows: DataFrame) -> None:
    reasons.quarantine_records(rows, source, paths.run_id).write.json(paths.quarantine_of(source))


def _validate(context: ExecutionContext, rows: DataFrame, tables: Tables) -> Validated:
    """Checks the rules of severity `reject row`, and writes the rows that break one to the quarantine."""
    wanted = row_rules.of_rows(context.recipe.rules)
    if not wanted:
        return Validated(rows)
    checked = row_rules.checked(rows, wanted, tables, context.started).persist(StorageLevel.MEMORY_AND_DISK)
    is_broken = F.size(REASONS) > 0
    valid = checked.filter(~is_broken).drop(REASONS)
    quarantined = checked.filter(is_broken)
    count = quarantined.count()
    if not count:
        return Validated(valid, cached=(checked,))
    _write_quarantine(context.paths, DATA_SET, reasons.as_source_rows(quarantined))
    return Validated(valid, quarantined, count, (checked,))


def _evolved_columns_last(recipe: Recipe, rows: DataFrame, evolved: list[str]) -> tuple[DataFrame, list[str]]:
    """Moves the columns that the recipe does not name to the end; warns of those that a step drops."""
    dropped = [name for name in evolved if name not in rows.columns]
    warnings = [f"source {recipe.main}: new columns that no step keeps: {drift.listed(dropped)}"] if dropped else []
    ordered = sorted(rows.columns, key=lambda name: name in evolved)
    return rows.select(*map(quoted, ordered)), warnings


def _report(
    context: ExecutionContext,
    written: Written,
    counts: Counts,
    tables: Tables,
    quarantined: list[DataFrame],
    warnings: list[str],
) -> dict[str, Any]:
    recipe, paths, storage = context.recipe, context.paths, context.storage
    facts = rules.Facts(written.dataset, counts.rows_out, written.measured, counts.read, counts.quarantined, tables,
                        context.started)  # fmt: skip
    # output.csv is written by one task, which leaves the other cores to the rules
    (broken, findings), outputs = run_concurrently(
        context.spark,
        partial(_evaluate, recipe, facts, quarantined),
        partial(_write_outputs, context, written),
    )
    report = bounded(
        {
            "run_id": paths.run_id,
            "recipe": recipe.name,
            "description": recipe.description,
            "recipe_sha256": recipe.digest,
            "watermark": watermark.text(written.measured),
            **quality.report(counts, broken, findings, [*warnings, *outputs.warnings]),
            **outputs.entries,
        }
    )
    storage.write(paths.rules, json_lines(quality.table(paths.run_id, broken, findings)))
    storage.write(paths.report, json.dumps(report, indent=2))
    return report


def _evaluate(
    recipe: Recipe, facts: rules.Facts, quarantined: list[DataFrame]
) -> tuple[list[dict[str, Any]], list[rules.Finding]]:
    """The quarantined rows by rule, and the findings of all rules on the data set."""
    broken = reasons.by_rule(reduce(DataFrame.unionByName, quarantined)) if quarantined else []
    of_dataset = {entry["rule"]: entry["rows"] for entry in broken if entry["source"] == DATA_SET}
    return broken, rules.evaluate(recipe.rules, facts, of_dataset)


def _write_outputs(context: ExecutionContext, written: Written) -> Outputs:
    """Writes the list of the data set's files, and output.csv."""
    paths, storage, dataset = context.paths, context.storage, written.dataset
    storage.write(paths.objects, json_lines(written.files))
    csv = _write_csv(context, dataset, written.size) if context.recipe.csv else None
    entries = {
        "dataset": paths.dataset,
        "dataset_bytes": written.size,
        "objects": paths.objects,
        "object_count": len(written.files),
        **written.entries,
        "schema_sha256": hashlib.sha256(json.dumps(dataset.dtypes).encode()).hexdigest(),
        "columns": _columns(context.recipe, dataset),
        "output_csv": csv,
    }
    if csv or not context.recipe.csv:
        return Outputs(entries)
    return Outputs(entries, [f"output.csv is not published: it is larger than {_MAX_CSV_BYTES >> 30} GiB"])


def _columns(recipe: Recipe, dataset: DataFrame) -> list[dict[str, str]]:
    """The columns as the catalog's table has them."""
    comments = descriptions.of(recipe)
    return [
        {"Name": name, "Type": kind, **({"Comment": comments[name]} if name in comments else {})}
        for name, kind in dataset.dtypes
    ]


def _write_csv(context: ExecutionContext, dataset: DataFrame, dataset_bytes: int) -> str | None:
    """The URI of the data set as one CSV file, or None if the file is too large to publish."""
    target, storage = context.paths.csv, context.storage
    if dataset_bytes <= _MAX_CSV_BYTES and write_csv(dataset, storage, target) <= _MAX_CSV_BYTES:
        return target
    storage.delete(target)
    return None
