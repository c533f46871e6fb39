"""The snapshot of a database source: increments, retries, sensitive sources and drift."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import SCRIPTS, Run, place, recipe_of
from database_servers import PASSWORD, Server
from database_sources import ID, PARQUET, SNAPSHOT, V, change_during_read, pointer, provide_secret, read

from dataprep import object_tags
from dataprep.database_connections import VERBOSE_LOGGER
from dataprep.failures import LostRows, SourceError


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    provide_secret(monkeypatch)


@pytest.fixture(params=("postgres", "maria"))
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(request.param)
    found.execute("drop table if exists numbers; create table numbers (id int, v varchar(9))")
    found.execute("insert into numbers values (1, 'a'), (2, 'b')")
    return found


def test_a_retried_job_uses_the_snapshot(run: Run, server: Server) -> None:
    given = pointer(server, table="numbers")
    first = read(run, given, ID, V)
    server.execute("delete from numbers")
    assert read(run, given, ID, V).csv == first.csv == ["id,v", "1,a", "2,b"]


def test_a_snapshot_that_has_lost_files_is_not_used(run: Run, postgres: Server) -> None:
    postgres.execute("drop table if exists numbers; create table numbers as select 1 as id")
    given = pointer(postgres, table="numbers")
    outcome = read(run, given, ID)
    for file in (outcome.root / "raw/run_id=r1/rows/job_run=j1").glob("*.parquet"):
        file.unlink()
    with pytest.raises(LostRows, match="source rows: 1 rows were read from the database, but the snapshot has 0"):
        read(run, given, ID)


def test_a_table_that_vanishes_during_the_read_fails_the_run(
    run: Run, maria: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL has a lock on the table until the read ends."""
    maria.execute("create or replace table vanishing (id int)")
    change_during_read(monkeypatch, maria, "set lock_wait_timeout = 5; drop table vanishing")
    with pytest.raises(SourceError, match=f"^source rows: {maria.uri}: vanishing: .*vanishing' doesn't exist"):
        read(run, pointer(maria, table="vanishing"), ID, V)
    assert not (tmp_path / SNAPSHOT).exists()


def _since(run: Run, server: Server, column: dict[str, Any], value: str | None) -> list[str]:
    given = pointer(server, table="times", since={"column": column["name"], "value": value})
    return sorted(line.split(",")[0] for line in read(run, given, ID, column).csv[1:])


_BERLIN = {"name": "at", "type": "timestamp", "zone": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("kind", "rows", "column", "value", "found"),
    [
        ("int", ["1", "2", "3", "null"], {"name": "at", "type": "integer"}, "2", "23"),
        ("numeric(20,0)", ["-9", "9"], {"name": "at", "type": "long"}, "-9", "12"),
        ("date", ["'2024-03-01'", "'2024-03-02'"], {"name": "at", "type": "date"}, "2024-03-02", "2"),
        ("date", ["'2024-03-01'", "'2024-03-02'"], {"name": "at", "type": "timestamp"}, "2024-03-02T00:00:00Z", "2"),
        ("timestamp(6)", ["'2024-03-01 23:59:59.999999'", "'2024-03-02'"], {"name": "at", "type": "date"},
         "2024-03-02", "2"),
        # without a zone, as the recipe has the column in UTC
        ("datetime(6)", ["'2024-03-01 10:00:00.000001'", "'2024-03-01 10:00:00.000002'"],
         {"name": "at", "type": "timestamp"}, "2024-03-01T10:00:00.000002Z", "2"),
        # 10:00 in Berlin is 9:00 in UTC; the hour before it may be the repeated hour
        ("datetime(6)", ["'2024-03-01 08:59:59'", "'2024-03-01 09:00:00'", "'2024-03-01 10:00:00'"], _BERLIN,
         "2024-03-01T09:00:00Z", "23"),
        # 02:10 at the end of summer time is later than 02:30, as the clocks show this hour twice
        ("datetime(6)", ["'2024-10-27 02:30:00'", "'2024-10-27 02:10:00'", "'2024-10-27 01:29:59'"], _BERLIN,
         "2024-10-27T00:30:00Z", "12"),
        ("int", ["1", "2"], {"name": "at", "type": "integer"}, None, "12"),
    ],
)  # fmt: skip
def test_an_increment_has_the_rows_from_the_value_on(
    run: Run, server: Server, kind: str, rows: list[str], column: dict[str, Any], value: str | None, found: str
) -> None:
    # a timestamp of MySQL has a zone; the type without one has another name
    plain = (
        kind.replace("datetime", "timestamp") if server.kind == "postgresql" else kind.replace("timestamp", "datetime")
    )
    values = ", ".join(f"({place}, {row})" for place, row in enumerate(rows, 1))
    server.execute(f"drop table if exists times; create table times (id int, at {plain} null)")
    server.execute(f"insert into times values {values}")
    assert "".join(_since(run, server, column, value)) == found


def test_a_point_in_time_is_compared_as_such(run: Run, server: Server) -> None:
    kind = "timestamptz" if server.kind == "postgresql" else "timestamp(6)"
    zone = "set time zone 'UTC'" if server.kind == "postgresql" else "set time_zone = '+00:00'"
    values = "(1, '2024-03-01 08:59:59.999999'), (2, '2024-03-01 09:00:00')"
    server.execute(f"drop table if exists times; create table times (id int, at {kind} null)")
    server.execute(f"{zone}; insert into times values {values}")
    assert _since(run, server, _BERLIN, "2024-03-01T09:00:00Z") == ["2"]


def test_a_local_time_needs_a_column_that_gives_its_zone(run: Run, postgres: Server) -> None:
    postgres.execute("drop table if exists times; create table times (id int, at timestamp, other timestamp)")
    given = pointer(postgres, table="times", since={"column": "other", "value": "2024-03-01T09:00:00Z"})
    with pytest.raises(SourceError, match="since: the recipe must have one column with the values of other"):
        read(run, given, ID)


def test_a_change_of_type_is_drift(run: Run, server: Server) -> None:
    server.execute(
        "drop table if exists kinds; create table kinds (id int, amount numeric(10,2), at date, v varchar(9))"
    )
    server.execute("insert into kinds values (1, 2.50, '2024-03-01', '7')")
    columns = [{"name": "amount", "type": "decimal(10,2)"}, {"name": "at", "type": "date", "format": "dd.MM.yyyy"}]
    strict = {"drift": {"retyped": "fail", "new": "warn"}}
    outcome = read(run, pointer(server, table="kinds"), ID, *columns, V, **strict)
    assert outcome.csv[1:] == ["1,2.50,2024-03-01,7"]
    with pytest.raises(SourceError, match="columns of another type: v"):
        read(run, pointer(server, table="kinds"), ID, *columns, {"name": "v", "type": "integer"}, **strict)


def test_the_format_of_a_database_is_parquet(run: Run) -> None:
    with pytest.raises(SourceError, match=r"source rows: format.type: invalid value 'csv'; must be parquet"):
        run(recipe_of(ID), {"rows/_source.json": pointer("jdbc:mysql://h/x", table="numbers")})


def test_the_message_of_a_sensitive_source_is_left_out(run: Run, postgres: Server) -> None:
    query = "select id, ('secret-' || id)::int as v from generate_series(1, 2) as id"
    with pytest.raises(SourceError) as raised:
        read(run, pointer(postgres, query=query, sensitive=True), ID)
    assert "PSQLException; the message is left out: the source has sensitive columns" in str(raised.value)
    assert "secret-1" not in str(raised.value)


def test_the_files_of_a_sensitive_source_are_tagged(
    run: Run, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the snapshot's description is written, with the files of an earlier job that was aborted."""
    tagged: list[str] = []

    def mark(uris: Any) -> None:
        assert not (tmp_path / SNAPSHOT).exists()
        tagged.extend(uris)

    monkeypatch.setattr(object_tags, "mark_sensitive", mark)
    postgres.execute("drop table if exists numbers; create table numbers as select 1 as id")
    left = tmp_path / "raw/run_id=r1/rows/job_run=j0/_temporary/part-0.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left")
    read(run, pointer(postgres, table="numbers", sensitive=True), ID)
    below = {uri.rpartition("/rows/")[2] for uri in tagged}
    assert "job_run=j0/_temporary/part-0.parquet" in below
    assert sum(path.startswith("job_run=j1/part-") for path in below) == 1
    assert "_source.json" not in below


def test_objects_are_tagged_by_bucket_and_key(monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    calls: list[dict[str, Any]] = []

    class Client:
        def put_object_tagging(self, **given: Any) -> None:
            calls.append(given)

    monkeypatch.setattr(boto3, "client", lambda name: Client())
    object_tags.mark_sensitive(["s3://b/raw/a=1/part 1.parquet", "file:/raw/b.parquet"])
    wanted = {"TagSet": [{"Key": "sensitive", "Value": "true"}]}
    assert calls == [{"Bucket": "b", "Key": "raw/a=1/part 1.parquet", "Tagging": wanted}]


def test_spark_does_not_log_the_password(run: Run, spark: Any) -> None:
    """Spark logs the properties of a connection at the level DEBUG."""
    log4j = spark._jvm.org.apache.logging.log4j
    log4j.core.config.Configurator.setLevel(VERBOSE_LOGGER, log4j.Level.DEBUG)
    try:
        with pytest.raises(SourceError, match=r"spark\.log\.level: invalid value 'DEBUG'"):
            read(run, pointer("jdbc:postgresql://localhost:1/shop", table="numbers"), ID)
    finally:
        log4j.core.config.Configurator.setLevel(VERBOSE_LOGGER, log4j.Level.WARN)


_SCRIPT = """
import json, sys
sys.path[:0] = [{scripts!r}, {tests!r}, {root!r}]
from recipe_cases import session
from dataprep import databases, inputs, recipe, secrets
from dataprep.storage import Storage
conf = {{"spark.eventLog.enabled": "true", "spark.eventLog.compress": "false", "spark.eventLog.dir": {events!r}}}
spark = session.start(**conf)
spark.sparkContext.setLogLevel("INFO")
secrets.read = lambda name: sys.stdin.readline()
parsed = recipe.parse({recipe!r})
located = inputs.locate(Storage(spark), parsed.sources, {raw!r}, "")
read = databases.read(spark, parsed, located, "j1")
frame = spark.read.parquet(read.sources["rows"])
print("rows:", frame.count())
spark.stop()
"""


def test_the_password_is_in_no_log_plan_or_event(postgres: Server, tmp_path: Path) -> None:
    postgres.execute("drop table if exists numbers; create table numbers as select 1 as id")
    folder, events = tmp_path / "raw/rows", tmp_path / "events"
    folder.mkdir(parents=True)
    events.mkdir()
    (folder / "_source.json").write_text(pointer(postgres, table="numbers"))
    script = _SCRIPT.format(
        scripts=str(SCRIPTS), tests=str(SCRIPTS / "tests"), root=str(SCRIPTS.parent), events=place(events),
        recipe=json.dumps(recipe_of(ID, format=PARQUET)), raw=f"{place(tmp_path)}/raw/",
    )  # fmt: skip
    secret = json.dumps({"username": "reader", "password": PASSWORD})
    ended = subprocess.run([sys.executable, "-c", script], input=secret, capture_output=True, text=True)
    assert "rows: 1" in ended.stdout, ended.stderr[-2000:]
    logged = "".join(file.read_text(errors="replace") for file in events.rglob("*") if file.is_file())
    assert "snapshot" in logged, "the plan has the query"
    for text in (ended.stdout, ended.stderr, logged):
        for password in (PASSWORD, PASSWORD.partition(" ")[0]):
            assert password not in text
