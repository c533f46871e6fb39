"""The shipped recipe's preparation in DuckDB, by hand.

Usage: python -m bench.with_duckdb <folder>; prints how long it took and what became of the rows.
"""

# ruff: noqa: S608 (the SQL is made of the shipped recipe)
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from bench.rules import KEY, RECIPE, TIME, WEATHER, broken, text


def main() -> None:
    """Prints JSON."""
    folder = Path(sys.argv[1])
    (folder / "out").mkdir(parents=True)
    started = time.monotonic()
    database = duckdb.connect()
    database.execute("set enable_progress_bar = false")
    sources = json.loads(RECIPE.read_text())["sources"]
    for name, source in sources.items():
        _prepare(database, name, source["columns"], folder)
    _write(database, [column["name"] for column in sources["flights"]["columns"]], str(folder / "out" / "dataset"))
    counts = _counts(database)
    print(json.dumps({"seconds": round(time.monotonic() - started, 2), **counts}))


def _prepare(database: Any, source: str, columns: list[Mapping[str, Any]], folder: Path) -> None:
    """A table of typed and checked rows, a view of its good ones, a file of the others."""
    read = f"read_csv('{folder}/raw/run_id=bench/{source}/*.csv', all_varchar = true, nullstr = ['NA', ''])"
    texts = ", ".join(f'trim("{column.get("from", column["name"])}") as {text(column)}' for column in columns)
    values = ", ".join(f"{_value(column)} as {column['name']}" for column in columns)
    rules = list(broken(columns, "regexp_matches"))
    reasons = ", ".join(f"case when {condition} then '{rule}' end" for rule, condition in rules)
    is_bad = " or ".join(f"coalesce({condition}, false)" for _, condition in rules)
    checked = f"select *, {is_bad} as is_bad from (select *, {values} from (select {texts} from {read}))"
    database.execute(f"create table {source}_checked as {checked}")
    names, kept = (", ".join(map(of, columns)) for of in (lambda column: column["name"], text))
    database.execute(f"create view {source} as select {names} from {source}_checked where not is_bad")
    given = f"list_filter([{reasons}], lambda reason: reason is not null) as reasons"
    bad = f"select {given}, {kept} from {source}_checked where is_bad"
    database.execute(f"copy ({bad}) to '{folder}/out/{source}.json'")


def _value(column: Mapping[str, Any]) -> str:
    if column["type"] == "timestamp":
        return f"try_strptime({text(column)}, '{TIME}')"
    return f"try_cast({text(column)} as {column['type'].replace('string', 'varchar')})"


def _write(database: Any, names: list[str], target: str) -> None:
    window = f"partition by {', '.join(KEY)} order by {', '.join(names)}"
    first = f"select * from flights qualify row_number() over ({window}) = 1"
    weather = ", ".join(f"w.{name}" for name in WEATHER)
    database.execute(f"""
        copy (
            select f.*, a.name as airline, {weather}, departure_delay_minutes is null as cancelled,
                coalesce(arrival_delay_minutes >= 15, false) as delayed
            from ({first}) f left join airlines a on f.carrier = a.carrier
            left join weather w on f.origin = w.origin and f.scheduled_hour = w.hour
        ) to '{target}.parquet' (format parquet)""")
    database.execute(f"create view dataset as from '{target}.parquet'")
    database.execute(f"copy (from dataset order by all) to '{target}.csv' (header)")


def _counts(database: Any) -> dict[str, int]:
    keys = ", ".join(KEY)
    questions = {
        "rows_in": "select count(*) from flights_checked",
        "rows_out": "select count(*) from dataset",
        "rows_quarantined": "select count(*) from flights_checked where is_bad",
        "repeated_keys": f"select count(*) from (select {keys} from dataset group by all having count(*) > 1)",
        "without_airline": "select count(*) from dataset anti join airlines using (carrier)",
        "with_temperature": f"select count({WEATHER[0]}) from dataset",
    }
    return {name: database.execute(question).fetchone()[0] for name, question in questions.items()}


if __name__ == "__main__":
    main()
