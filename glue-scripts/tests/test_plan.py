"""Spark's plans: each source is read once, and rows are shuffled only where a step requires it."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import SCRIPTS, Run, place
from pyspark.sql import DataFrame, SparkSession

from dataprep import recipe, settings, sources, steps
from dataprep.recipe import Drift, Recipe
from dataprep.writers import one_file

SAMPLES = SCRIPTS.parent / "samples"
# the actions of the job: counts, keys that should not exist, samples of invalid values, the files of a table
_ASKED = {
    ("iceberg_expiry", "collect"): 1,
    ("iceberg_output", "collect"): 3,
    ("job", "count"): 2,
    ("merge", "head"): 1,
    ("json_files", "collect"): 1,
    ("reasons", "collect"): 1,
    ("row_rules", "head"): 1,
    ("rules", "count"): 2,
    ("sources", "collect"): 1,
    ("steps", "head"): 1,
    ("writers", "head"): 1,
}


@pytest.fixture
def shipped(spark: SparkSession) -> Recipe:
    settings.apply(spark)
    return recipe.parse((SCRIPTS / "recipes/flights.json").read_text())


def _plan(rows: DataFrame) -> str:
    query: Any = rows._jdf.queryExecution()
    # the text has the executed plan and the initial plan
    return str(query.executedPlan().toString()).split("Initial Plan")[0]


def _prepared(spark: SparkSession, shipped: Recipe) -> dict[str, sources.PreparedSource]:
    return {
        name: sources.prepare(spark, source, place(SAMPLES / f"{name}.csv"), Drift(), None)
        for name, source in shipped.sources.items()
    }


def test_a_source_is_read_once_and_its_rows_stay_where_they_are(spark: SparkSession, shipped: Recipe) -> None:
    for prepared in _prepared(spark, shipped).values():
        for rows in (prepared.valid, prepared.quarantined):
            plan = _plan(rows)
            assert plan.count("InMemoryRelation") == 1
            assert plan.count("FileScan text") == 1
            assert "Exchange" not in plan
        prepared.rows.unpersist()


def test_only_what_has_to_meet_is_shuffled(spark: SparkSession, shipped: Recipe) -> None:
    prepared = _prepared(spark, shipped)
    plan = _plan(steps.apply(shipped, {name: source.valid for name, source in prepared.items()}).rows)
    assert re.findall(r"Exchange hashpartitioning\((\w+)#", plan) == ["scheduled_hour"]  # for dedupe
    assert plan.count("BroadcastExchange") == 2
    assert "SortMergeJoin" not in plan
    assert plan.count("FileScan text") == 3
    for source in prepared.values():
        source.rows.unpersist()


def test_the_shipped_recipe_reads_each_source_once_and_shuffles_only_where_a_step_requires_it(
    spark: SparkSession, run: Run
) -> None:
    document = json.loads((SCRIPTS / "recipes/flights.json").read_text())
    files = {f"{name}/{name}.csv": (SAMPLES / f"{name}.csv").read_bytes() for name in document["sources"]}
    last = max(_stages(spark), default=-1)
    outcome = run(document, files)
    executed = [stage for number, stage in _stages(spark).items() if number > last]
    rows = sorted((source["rows_in"] for source in outcome.report["sources"].values()), reverse=True)
    published = outcome.report["rows_out"]
    # a header is read first, alone; prepared rows are cached, so that later reads are of the written data set
    read = sorted((stage.inputRecords() for stage in executed), reverse=True)
    assert [count for count in read if count not in (0, 1, published)] == [count + 1 for count in rows]
    # all rows are shuffled once for dedupe, and the hashes of their keys once for the count; the keys of joined
    # sources are shuffled, and the rest are sums, samples and reasons by rule
    moved = sorted((stage.shuffleWriteRecords() for stage in executed), reverse=True)
    assert moved[:4] == [published, published, *rows[1:]]
    assert all(count <= 10 for count in moved[4:])


def _stages(spark: SparkSession) -> dict[int, Any]:
    """The executed stages by number; the plans that Spark shows afterwards do not include cached stages."""
    java: Any = spark
    context, jvm = java._jsc.sc(), java._jvm
    context.listenerBus().waitUntilEmpty()
    none = jvm.java.util.ArrayList()
    no_quantiles = java.sparkContext._gateway.new_array(jvm.double, 0)
    stages = context.statusStore().stageList(none, False, False, no_quantiles, none)
    return {stages.apply(place).stageId(): stages.apply(place) for place in range(stages.size())}


def test_a_unique_column_costs_one_shuffle_and_no_other_read(spark: SparkSession, shipped: Recipe) -> None:
    document = json.loads((SCRIPTS.parent / "examples/delays/recipe.json").read_text())
    airlines = recipe.parse(json.dumps(document)).sources["airlines"]
    prepared = sources.prepare(spark, airlines, place(SAMPLES / "airlines.csv"), Drift(), None)
    plan = _plan(prepared.valid)
    assert (plan.count("FileScan text"), plan.count("Exchange")) == (1, 1)
    prepared.rows.unpersist()


def test_one_file_is_written_without_a_shuffle(spark: SparkSession, shipped: Recipe, tmp_path: Path) -> None:
    spark.range(100).repartition(4).write.parquet(str(tmp_path / "dataset"))
    assert "Exchange" not in _plan(one_file(spark.read.parquet(str(tmp_path / "dataset"))))


def test_the_driver_asks_for_nothing_but_small_results() -> None:
    asked: dict[tuple[str, str], int] = {}
    for file in (SCRIPTS / "dataprep").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
                name = node.func.attr
                if name in ("collect", "head", "first", "count", "toPandas", "toLocalIterator", "take"):
                    asked[file.stem, name] = asked.get((file.stem, name), 0) + 1
    groups = {("merge", "count"), ("row_rules", "count"), ("steps", "count")}  # of a groupBy, which is no action
    assert {place: times for place, times in asked.items() if place not in groups} == _ASKED
