"""The shipped recipe's preparation in Polars, by hand.

Usage: python -m bench.with_polars <folder>; prints how long it took and what became of the rows.
"""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars

from bench.rules import KEY, RECIPE, TIME, WEATHER, broken, text

TYPES = {"integer": polars.Int32, "double": polars.Float64, "string": polars.String}


def main() -> None:
    """Prints JSON."""
    folder = Path(sys.argv[1])
    (folder / "out").mkdir(parents=True)
    started = time.monotonic()
    sources = json.loads(RECIPE.read_text())["sources"]
    checked = {name: _checked(name, source["columns"], folder) for name, source in sources.items()}
    good = {
        name: rows.lazy().filter(~polars.col("is_bad")).select(*(column["name"] for column in sources[name]["columns"]))
        for name, rows in checked.items()
    }
    _write(good, folder / "out" / "dataset")
    counts = {
        "rows_in": checked["flights"].height,
        "rows_quarantined": checked["flights"]["is_bad"].sum(),
        **_counts(polars.scan_parquet(folder / "out" / "dataset.parquet"), good["airlines"]),
    }
    print(json.dumps({"seconds": round(time.monotonic() - started, 2), **counts}))


def _checked(source: str, columns: list[Mapping[str, Any]], folder: Path) -> Any:
    """Typed and checked rows; the bad ones are written to a file."""
    files = folder / "raw/run_id=bench" / source / "*.csv"
    read = polars.scan_csv(files, infer_schema=False, null_values=["NA", ""])
    texts = read.select(
        *(polars.col(column.get("from", column["name"])).str.strip_chars().alias(text(column)) for column in columns)
    )
    rules = [(rule, polars.sql_expr(condition)) for rule, condition in broken(columns, "regexp_like")]
    is_bad = polars.any_horizontal(*(condition.fill_null(False) for _, condition in rules))
    rows = texts.with_columns(*map(_value, columns)).with_columns(is_bad=is_bad).collect()
    given = polars.concat_list(*(polars.when(condition).then(polars.lit(rule)) for rule, condition in rules))
    bad = rows.filter("is_bad").select(given.list.drop_nulls().alias("reasons"), *map(text, columns))
    bad.write_ndjson(folder / "out" / f"{source}.json")
    return rows


def _value(column: Mapping[str, Any]) -> Any:
    given = polars.col(text(column))
    if column["type"] == "timestamp":
        return given.str.to_datetime(TIME, strict=False).alias(column["name"])
    return given.cast(TYPES[column["type"]], strict=False).alias(column["name"])


def _write(good: Mapping[str, Any], target: Path) -> None:
    first = good["flights"].sort(polars.all()).unique(KEY, keep="first", maintain_order=True)
    joined = first.join(good["airlines"].rename({"name": "airline"}), on="carrier", how="left").join(
        good["weather"], left_on=["origin", "scheduled_hour"], right_on=["origin", "hour"], how="left"
    )
    derived = joined.with_columns(
        cancelled=polars.col("departure_delay_minutes").is_null(),
        delayed=(polars.col("arrival_delay_minutes") >= 15).fill_null(False),
    )
    derived.sink_parquet(f"{target}.parquet", compression="snappy")
    dataset = polars.scan_parquet(f"{target}.parquet")
    dataset.sort(polars.all()).sink_csv(f"{target}.csv", datetime_format=TIME)


def _counts(dataset: Any, airlines: Any) -> dict[str, int]:
    questions = {
        "rows_out": dataset.select(polars.len()),
        "repeated_keys": dataset.group_by(KEY).len().filter(polars.col("len") > 1).select(polars.len()),
        "without_airline": dataset.join(airlines, on="carrier", how="anti").select(polars.len()),
        "with_temperature": dataset.select(polars.col(WEATHER[0]).count()),
    }
    return {name: question.collect().item() for name, question in questions.items()}


if __name__ == "__main__":
    main()
