"""The shipped recipe's preparation in PySpark, by hand: its types, rules, steps and counts, and nothing else."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from bench.peers import Check
from bench.rules import KEY, RECIPE, WEATHER, broken, text

_TIME = "yyyy-MM-dd'T'HH:mm:ss'Z'"


def run(spark: SparkSession, folder: Path, check: Check | None = None) -> dict[str, Any]:
    """Writes data set, CSV and quarantined rows; returns the numbers of rows.

    `check` counts the values that break a rule, too; the bench ends if it finds others.
    """
    spark.conf.set("spark.sql.ansi.enabled", "false")
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    sources = json.loads(RECIPE.read_text())["sources"]
    checked = {name: _checked(spark, folder, name, source["columns"]) for name, source in sources.items()}
    if check:
        for name, rows in checked.items():
            _compare(name, rows, check, dict(broken(sources[name]["columns"], "regexp_like")))
    good = {
        name: rows.filter("size(reasons) = 0").select(*(column["name"] for column in sources[name]["columns"]))
        for name, rows in checked.items()
    }
    for name, rows in checked.items():
        bad = rows.filter("size(reasons) > 0").select("reasons", *map(text, sources[name]["columns"]))
        bad.write.json(f"{folder}/out/quarantine/{name}")
    _joined(good).write.parquet(f"{folder}/out/dataset")
    dataset = spark.read.parquet(f"{folder}/out/dataset")
    dataset.coalesce(1).sortWithinPartitions(*dataset.columns).write.csv(f"{folder}/out/csv", header=True)
    return _counts(checked["flights"], dataset, good["airlines"])


def _checked(spark: SparkSession, folder: Path, source: str, columns: list[Mapping[str, Any]]) -> DataFrame:
    """The rows with typed values, texts, and the names of the rules that they break."""
    read = spark.read.csv(f"{folder}/raw/run_id=bench/{source}", header=True, nullValue="NA")
    texts = read.select(*(F.trim(column.get("from", column["name"])).alias(text(column)) for column in columns))
    valued = texts.select("*", *(_value(column).alias(column["name"]) for column in columns))
    reasons = (F.when(F.expr(condition), rule) for rule, condition in broken(columns, "regexp_like"))
    return valued.withColumn("reasons", F.filter(F.array(*reasons), lambda found: found.isNotNull())).cache()


def _compare(source: str, rows: DataFrame, check: Check, rules: Mapping[str, str]) -> None:
    found = check(rows.drop("reasons"), rules)
    expected = rows.agg(F.sum(F.size("reasons"))).collect()[0][0]
    if found != expected:
        raise SystemExit(f"{source}: {found} values break a rule; by hand {expected}")


def _value(column: Mapping[str, Any]) -> SparkColumn:
    found = F.col(text(column))
    return F.try_to_timestamp(found, F.lit(_TIME)) if column["type"] == "timestamp" else found.cast(column["type"])


def _joined(good: Mapping[str, DataFrame]) -> DataFrame:
    flights = good["flights"]
    window = Window.partitionBy(*KEY).orderBy(*flights.columns)
    first = flights.withColumn("place", F.row_number().over(window)).filter("place = 1").drop("place")
    airlines = good["airlines"].withColumnRenamed("name", "airline")
    weather = good["weather"].select("origin", F.col("hour").alias("scheduled_hour"), *WEATHER)
    joined = first.join(airlines, "carrier", "left").join(weather, ["origin", "scheduled_hour"], "left")
    return joined.select(
        *flights.columns,
        "airline",
        *WEATHER,
        F.col("departure_delay_minutes").isNull().alias("cancelled"),
        F.coalesce(F.col("arrival_delay_minutes") >= 15, F.lit(False)).alias("delayed"),
    )


def _counts(flights: DataFrame, dataset: DataFrame, airlines: DataFrame) -> dict[str, Any]:
    rows = flights.agg(F.count("*").alias("rows_in"), F.count_if(F.size("reasons") > 0).alias("rows_quarantined"))
    present = dataset.agg(F.count("*").alias("rows_out"), F.count(WEATHER[0]).alias("with_temperature"))
    return {
        **rows.collect()[0].asDict(),
        **present.collect()[0].asDict(),
        "repeated_keys": dataset.groupBy(*KEY).count().filter("count > 1").count(),
        "without_airline": dataset.join(airlines, "carrier", "anti").count(),
    }
