"""Sources that are databases: partitions, increments, retries and failures, with real servers."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from database_servers import PASSWORD, Server, mariadb, postgresql
from database_sources import ID, SNAPSHOT, V, change_during_read, pointer, provide_secret, read
from pyspark.sql import SparkSession

from dataprep import database_dialects, secrets
from dataprep.failures import SecretUnavailable, SourceError

SERVERS = ("postgres", "maria")
# a statement that takes longer than any test
SLEEP = {"postgresql": "select 1 as id, pg_sleep(600)::text as v", "mysql": "select 1 as id, sleep(600) as v"}


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    provide_secret(monkeypatch)


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the servers, with a table `numbers` of three rows."""
    found: Server = request.getfixturevalue(request.param)
    found.execute("drop table if exists numbers; create table numbers (id int, v varchar(9))")
    found.execute("insert into numbers values (1, 'a'), (2, 'b'), (null, 'c')")
    return found


def _failure(run: Run, given: str, *columns: dict[str, Any]) -> str:
    """The message with which the run fails; it has written no snapshot."""
    with pytest.raises(SourceError) as raised:
        read(run, given, *(columns or (ID,)))
    assert raised.value.__cause__ is None, "a cause has the driver's stack and the plan"
    assert PASSWORD not in str(raised.value)
    return str(raised.value)


def test_the_rows_of_a_table_are_a_source(run: Run, server: Server) -> None:
    outcome = read(run, pointer(server, table="numbers"), ID, V)
    assert sorted(outcome.csv) == [",c", "1,a", "2,b", "id,v"]
    snapshot = json.loads((outcome.root / SNAPSHOT).read_text())
    assert snapshot["uri"].endswith("/raw/run_id=r1/rows/job_run=j1/")
    assert (snapshot["rows"], snapshot["partitions"], outcome.report["rows_in"]) == (3, 1, 3)
    assert [(column["name"], column["type"]) for column in snapshot["columns"]] == [("id", "integer"), ("v", "string")]
    assert snapshot["bytes"] > 0
    assert outcome.report["warnings"] == []


def test_the_rows_of_a_query_are_a_source(run: Run, server: Server) -> None:
    query = "with few as (select * from numbers where id > 1)\nselect id, v, 1 as one from few order by v -- the last"
    assert read(run, pointer(server, query=query), ID, V).csv == ["id,v", "2,b"]


def test_a_table_without_rows_gives_a_data_set_without_rows(run: Run, server: Server) -> None:
    server.execute("delete from numbers")
    partition = {"column": "id", "count": 4}
    assert read(run, pointer(server, table="numbers", partition=partition), ID, V).csv == ["id,v"]


@pytest.mark.parametrize("bounds", [{}, {"lower": 1, "upper": 9}, {"lower": 100, "upper": 200}, {"upper": 7}])
def test_each_row_is_in_one_partition(run: Run, server: Server, bounds: dict[str, int]) -> None:
    server.execute("insert into numbers select id + 100, v from numbers; insert into numbers values (-5, 'd')")
    partition = {"column": "id", "count": 3, **bounds}
    outcome = read(run, pointer(server, table="numbers", partition=partition), ID, V)
    assert sorted(outcome.csv[1:]) == [",c", ",c", "-5,d", "1,a", "101,a", "102,b", "2,b"]
    assert json.loads((outcome.root / SNAPSHOT).read_text())["partitions"] == 3


def test_partitions_of_postgresql_see_one_state(run: Run, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres.execute("drop table if exists numbers; create table numbers (id int, v text)")
    postgres.execute("insert into numbers select n, 'old' from generate_series(1, 100) as n")
    change = "update numbers set id = 101 - id, v = 'new'; insert into numbers values (200, 'new')"
    change_during_read(monkeypatch, postgres, change)
    outcome = read(run, pointer(postgres, table="numbers", partition={"column": "id", "count": 4}), ID, V)
    assert sorted(outcome.csv[1:]) == sorted(f"{number},old" for number in range(1, 101))
    assert outcome.report["warnings"] == []


def test_partitions_at_different_moments_are_reported(run: Run, maria: Server) -> None:
    maria.execute("create or replace table numbers (id int, v text); insert into numbers values (1, 'a'), (2, 'b')")
    outcome = read(run, pointer(maria, table="numbers", partition={"column": "id", "count": 2}), ID, V)
    warning = "source rows: the partitions were read at different moments, between which the rows may have changed"
    assert outcome.report["warnings"] == [warning]
    assert json.loads((outcome.root / SNAPSHOT).read_text())["isolation"] == "one statement for each partition"


def test_a_million_rows_are_all_read(run: Run, postgres: Server) -> None:
    postgres.execute("drop table if exists many; create table many (id bigint primary key, amount numeric(12,2))")
    postgres.execute("insert into many select n, n / 100.0 from generate_series(1, 1000000) as n")
    amount = {"name": "amount", "type": "decimal(12,2)"}
    sums = [{"name": "rows", "type": "long", "expression": "count(1)"},
            {"name": "ids", "type": "long", "expression": "sum(id)"},
            {"name": "amounts", "type": "decimal(20,2)", "expression": "sum(amount)"}]  # fmt: skip
    of_all = {"aggregate": {"by": ["one"], "measures": sums}}
    one = {"derive": [{"name": "one", "type": "integer", "expression": "1"}]}
    given = pointer(postgres, table="many", partition={"column": "id", "count": 4}, fetchSize=10000)
    outcome = read(run, given, {"name": "id", "type": "long"}, amount, steps=[one, of_all])
    assert outcome.csv[1:] == ["1,1000000,500000500000,5000005000.00"]


def test_names_may_have_any_characters(run: Run, server: Server) -> None:
    names = ["Id", 'a"b', "c`d", "e f", "g.h", "select", "ü"]
    quote = '"' if server.kind == "postgresql" else "`"
    quoted = ", ".join(f"{quote}{name.replace(quote, quote * 2)}{quote} int" for name in names)
    server.execute(
        f"drop table if exists named; create table named ({quoted}); insert into named values (1,2,3,4,5,6,7)"
    )
    columns = [{"name": f"c{place}", "from": name, "type": "integer"} for place, name in enumerate(names)]
    assert read(run, pointer(server, table="named"), *columns).csv[1:] == ["1,2,3,4,5,6,7"]


def test_columns_of_one_name_are_refused(run: Run, postgres: Server) -> None:
    query = 'select 1 as id, 2 as v, 3 as "V", 4 as id'
    assert _failure(run, pointer(postgres, query=query)).endswith(
        "database.query: columns of the same name: id, v, V, id; rename them in database.query"
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"query": "select 1 as id ; "}, "database.query: ends in a semicolon; must be one select without it"),
        ({"query": "select 1 as id) as x --"}, "database.query: "),
        ({"query": "insert into numbers values (9, 'x') returning id"}, "database.query: "),
        ({"table": "vanished"}, "vanished: "),
        ({"table": "numbers", "partition": {"column": "ID", "count": 2}},
         "database.partition.column: no column 'ID'; must be one of id, v"),
        ({"table": "numbers", "partition": {"column": "v", "count": 2}},
         "database.partition.column: v must be an integer or decimal column"),
        ({"table": "numbers", "since": {"column": "w", "value": "1"}}, "since: no column 'w'; must be one of id, v"),
        ({"table": "numbers", "since": {"column": "id", "value": "1 or 1=1"}}, "since: invalid value '1 or 1=1'"),
        ({"table": "numbers", "since": {"column": "v", "value": "1"}}, "since: invalid value '1' for the column v"),
    ],
)  # fmt: skip
def test_wrong_settings_are_named(run: Run, server: Server, settings: dict[str, Any], said: str) -> None:
    message = _failure(run, pointer(server, **settings))
    assert message.startswith("source rows: ")
    assert said in message
    assert server.first("select count(*) from numbers") == "3"


def test_a_function_that_writes_fails(run: Run, postgres: Server) -> None:
    postgres.execute(
        "drop table if exists numbers; create table numbers (id int); grant insert on numbers to reader;"
        "create or replace function add() returns int language sql as 'insert into numbers values (1) returning id'"
    )
    message = _failure(run, pointer(postgres, query="select add() as id"))
    assert "cannot execute INSERT in a read-only transaction" in message
    assert postgres.first("select count(*) from numbers") == "0"


def test_a_wrong_password_is_not_shown(run: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    provide_secret(monkeypatch, "wrong-and-secret")
    message = _failure(run, pointer(server, table="numbers"))
    assert "reader" in message
    assert "wrong-and-secret" not in message


def test_a_message_with_the_password_is_left_out(run: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "read", lambda name: json.dumps({"username": "reader", "password": "reader"}))
    assert _failure(run, pointer(server, table="numbers")).endswith("the message is left out: it contains the password")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pa55", "it must be a JSON object with the field username"),
        ('{"username": "reader", "passwort": "pa55"}', "it must be a JSON object with the field password"),
        ('{"username": "reader", "password": 5566}', "its field password must be a text"),
    ],
)
def test_a_secret_has_user_and_password(run: Run, monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    monkeypatch.setattr(secrets, "read", lambda name: text)
    with pytest.raises(SecretUnavailable, match=f"secret shop: {said}") as raised:
        read(run, pointer("jdbc:postgresql://localhost:1/shop", table="numbers"), ID)
    assert "55" not in str(raised.value)


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
def test_an_unknown_host_is_named(run: Run, kind: str) -> None:
    message = _failure(run, pointer(f"jdbc:{kind}://unknown.invalid:1/shop", table="numbers"))
    assert message.startswith(f"source rows: jdbc:{kind}://unknown.invalid:1/shop: numbers: UnknownHostException")


@pytest.mark.parametrize("uri", ["jdbc:mysql://u:p@h/x", "jdbc:mysql://h/x?sslMode=DISABLED", "jdbc:h2://h/x"])
def test_an_uri_has_no_user_and_no_parameters(run: Run, uri: str) -> None:
    assert uri not in _failure(run, pointer(uri, table="numbers"))


def test_a_statement_ends_at_its_timeout(run: Run, server: Server) -> None:
    message = _failure(run, pointer(server, query=SLEEP[server.kind], timeoutSeconds=1))
    assert "timeout" in message or "max_statement_time" in message


def test_a_connection_without_answers_ends(run: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_dialects, "SILENCE_SECONDS", -58)
    assert "Read timed out" in _failure(run, pointer(server, query=SLEEP[server.kind], timeoutSeconds=60))


def test_a_dropped_connection_fails_the_run(run: Run, server: Server, tmp_path: Path) -> None:
    kill = {
        "postgresql": "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(600)%' "
        "and state = 'active' and pid <> pg_backend_pid()",
        "mysql": "select id from information_schema.processlist where info like '%sleep(600)%' and user = 'reader'",
    }[server.kind]
    ended = threading.Event()

    def end() -> None:
        while not ended.is_set():
            found = server.first(kill)
            if found and server.kind == "mysql":
                server.execute(f"kill {found}")
            ended.wait(0.2)

    thread = threading.Thread(target=end)
    thread.start()
    try:
        message = _failure(run, pointer(server, query=SLEEP[server.kind]))
    finally:
        ended.set()
        thread.join()
    assert message.startswith(f"source rows: {server.uri}: database.query: ")
    assert not (tmp_path / SNAPSHOT).exists()
    assert [path for path in tmp_path.rglob("*") if path.suffix == ".parquet"] == []
    assert not (tmp_path / "transformed-data").exists()


@pytest.mark.parametrize("start", [postgresql, mariadb])
def test_a_server_without_tls_is_refused(run: Run, spark: SparkSession, start: Callable[..., Any]) -> None:
    said = "the server has no TLS; set database.allowPlaintext to true to read without TLS"
    with start(spark, tls=False) as server:
        server.execute("create table numbers (id int)")
        assert _failure(run, pointer(server, table="numbers")).endswith(said)
        assert read(run, pointer(server, table="numbers", allowPlaintext=True), ID).csv == ["id"]
