"""Values of databases are exact in the data set, or their rows are quarantined."""

from typing import Any

import pytest
from conftest import Run
from database_servers import Server
from database_sources import ID, pointer, provide_secret, quarantined, read

# the type of a column, a literal, the type of the recipe, and the cell in output.csv, or None if it is quarantined
_Case = tuple[str, str, str, str | None]
_BOTH: list[_Case] = [
    ("smallint", "-32768", "integer", "-32768"),
    ("int", "2147483647", "integer", "2147483647"),
    ("int", "7", "string", "7"),
    ("bigint", "9223372036854775807", "long", "9223372036854775807"),
    ("bigint", "2147483648", "integer", None),
    ("double precision", "0.1", "double", "0.1"),
    ("double precision", "5e-324", "double", "4.9E-324"),
    ("double precision", "1.7976931348623157e308", "double", "1.7976931348623157E308"),
    ("double precision", "9007199254740993", "long", "9007199254740992"),
    ("varchar(9)", "' ä€ '", "string", "ä€"),
    ("text", "'=1'", "string", "'=1"),
    ("char(5)", "'ab'", "string", "ab"),
    ("numeric(10,2)", "12345678.90", "decimal(10,2)", "12345678.90"),
    ("numeric(38,10)", "-1234567890123456789012345678.0123456789", "decimal(38,10)",
     "-1234567890123456789012345678.0123456789"),
    ("numeric(10,2)", "0.01", "decimal(10,1)", None),
    ("date", "'2024-02-29'", "date", "2024-02-29"),
    ("date", "'9999-12-31'", "date", "9999-12-31"),
    ("time", "'23:59:59'", "string", "23:59:59"),
]  # fmt: skip
_POSTGRESQL: list[_Case] = [
    *_BOTH,
    ("boolean", "true", "boolean", "true"),
    ("boolean", "false", "string", "false"),
    ("real", "0.1", "double", "0.1"),
    ("real", "16777216", "integer", "16777216"),
    ("double precision", "'NaN'", "double", None),
    ("double precision", "'Infinity'", "double", None),
    ("numeric(10,2)", "'NaN'", "decimal(10,2)", None),
    ("numeric", "'NaN'", "decimal(10,2)", None),
    ("numeric", "'Infinity'", "string", "Infinity"),
    ("numeric", "123456789012345678901234567890.000000000001", "string",
     "123456789012345678901234567890.000000000001"),
    ("numeric(50,2)", "1.25", "decimal(10,2)", "1.25"),
    ("numeric(3,-2)", "12300", "integer", "12300"),
    ("money", "'-1234.50'", "decimal(10,2)", "-1234.50"),
    ("date", "'infinity'", "date", None),
    ("date", "'0044-03-15 BC'", "date", None),
    ("date", "'10000-01-01'", "date", None),
    ("timestamp", "'2024-03-31 10:00:00.123456'", "timestamp", "2024-03-31T10:00:00.123456Z"),
    ("timestamp", "'2024-03-31 10:00:00'", "string", "2024-03-31T10:00:00"),
    ("timestamp", "'-infinity'", "timestamp", None),
    ("timestamp", "'0044-03-15 10:00:00 BC'", "timestamp", None),
    ("timestamptz", "'2024-03-31 10:00:00.5+02'", "timestamp", "2024-03-31T08:00:00.5Z"),
    ("timestamptz", "'2024-03-31 10:00:00+02'", "string", "2024-03-31T08:00:00Z"),
    ("timestamptz", "'1883-11-18 12:03:57-04:56:02'", "timestamp", "1883-11-18T16:59:59Z"),
    ("timestamptz", "'infinity'", "timestamp", None),
    ("timestamptz", "'0044-03-15 10:00:00+00 BC'", "timestamp", None),
    ("time", "'24:00'", "string", "24:00:00"),
    ("timetz", "'10:00+02'", "string", "10:00:00+02"),
    ("interval", "'1 year 2 days 03:04:05.6'", "string", "P1Y2DT3H4M5.6S"),
    ("json", "'{\"a\":  1.0}'", "string", '"{""a"":  1.0}"'),
    ("jsonb", "'{\"a\": 1.0}'", "string", '"{""a"": 1.0}"'),
    ("int[]", "'{1,null,3}'", "string", '"[1,null,3]"'),
    ("text[]", "array['a,b', 'c\"']", "string", '"[""a,b"",""c\\""""]"'),
    ("float8[]", "'{0.1,NaN}'", "string", '"[0.1,""NaN""]"'),
    ("timestamptz[]", "'{2024-03-31 10:00:00+02}'", "string", '"[""2024-03-31T08:00:00+00:00""]"'),
    ("point3", "row(1, 0.5)", "string", '"{""x"":1,""y"":0.5}"'),
    ("bytea", "'\\x6162'", "string", "ab"),
    ("bytea", "'\\xff00'", "string", None),
    ("uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "string", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    ("inet", "'::1/64'", "string", "::1/64"),
    ("cidr", "'10.0.0.0/8'", "string", "10.0.0.0/8"),
    ("macaddr", "'08:00:2b:01:02:03'", "string", "08:00:2b:01:02:03"),
    ("mood", "'so so'", "string", "so so"),
    ("positive", "5", "integer", "5"),
    ("bit(1)", "'1'", "boolean", "true"),
    ("bit(3)", "'101'", "string", "101"),
    ("varbit", "'0011'", "string", "0011"),
    ("int4range", "'[1,5)'", "string", '"[1,5)"'),
    ("hstore", "'a=>1'", "string", '"""a""=>""1"""'),
    ("xml", "'<a/>'", "string", "<a/>"),
    ("tsvector", "'a b'", "string", "'a' 'b'"),
    ("point", "'(1,2)'", "string", '"(1,2)"'),
    ("citext", "'Ab'", "string", "Ab"),
    ('"char"', "'x'", "string", "x"),
    ("oid", "4294967295", "long", "4294967295"),
]  # fmt: skip
_MYSQL: list[_Case] = [
    *_BOTH,
    ("tinyint", "-128", "integer", "-128"),
    ("tinyint(1)", "2", "integer", "2"),
    ("tinyint(1)", "1", "boolean", "true"),
    ("tinyint(1)", "2", "boolean", None),
    ("tinyint unsigned", "255", "integer", "255"),
    ("smallint unsigned", "65535", "integer", "65535"),
    ("mediumint unsigned", "16777215", "integer", "16777215"),
    ("mediumint", "-8388608", "integer", "-8388608"),
    ("int unsigned", "4294967295", "long", "4294967295"),
    ("int(7) unsigned zerofill", "42", "integer", "42"),
    ("bigint unsigned", "18446744073709551615", "decimal(20,0)", "18446744073709551615"),
    ("bigint unsigned", "18446744073709551615", "long", None),
    ("float", "0.1", "double", "0.1"),
    ("float", "16777216", "integer", "16777216"),
    ("float", "1.17549435e-38", "double", "1.17549435E-38"),
    ("float unsigned", "2.5", "double", "2.5"),
    ("double(10,2)", "1.25", "double", "1.25"),
    ("decimal(65,30)", "12345678901234567890123456789012345.000000000000000000000000000001", "string",
     "12345678901234567890123456789012345.000000000000000000000000000001"),
    ("decimal(5,2) unsigned", "1.25", "decimal(5,2)", "1.25"),
    ("bit(1)", "b'1'", "boolean", "true"),
    ("bit(1)", "b'0'", "boolean", "false"),
    ("bit(8)", "b'10000001'", "integer", "129"),
    ("bit(64)", "18446744073709551615", "string", "18446744073709551615"),
    ("date", "'0000-00-00'", "date", None),
    ("date", "'2024-00-01'", "date", None),
    ("datetime", "'2024-03-31 02:30:00'", "timestamp", "2024-03-31T02:30:00Z"),
    ("datetime(6)", "'2024-03-31 10:00:00.123456'", "timestamp", "2024-03-31T10:00:00.123456Z"),
    ("datetime", "'2024-03-31 10:00:00'", "string", "2024-03-31T10:00:00"),
    ("datetime", "'0000-00-00 00:00:00'", "timestamp", None),
    ("timestamp", "'2024-03-31 10:00:00'", "timestamp", "2024-03-31T15:00:00Z"),
    ("timestamp(3)", "'2024-03-31 10:00:00.5'", "string", "2024-03-31T15:00:00.500Z"),
    ("timestamp", "'0000-00-00 00:00:00'", "timestamp", None),
    ("time(6)", "'-838:59:59.000001'", "string", "'-838:59:59.000001"),
    ("year", "2024", "integer", "2024"),
    ("year", "0", "string", "0000"),
    ("enum('a','b c')", "'b c'", "string", "b c"),
    ("set('a','b')", "'a,b'", "string", '"a,b"'),
    ("json", "'{\"a\":  1.0}'", "string", '"{""a"":  1.0}"'),
    ("longtext", "'long'", "string", "long"),
    ("tinytext", "'ß'", "string", "ß"),
    ("varchar(5) character set latin1", "'ß'", "string", "ß"),
    ("binary(2)", "x'6162'", "string", "ab"),
    ("varbinary(9)", "x'ff00'", "string", None),
    ("blob", "x'6162'", "string", "ab"),
    ("geometry", "point(1, 2)", "string", None),
    ("uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "string", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    ("inet6", "'::1'", "string", "::1"),
]  # fmt: skip
_POSTGRESQL_TYPES = """
    create extension if not exists hstore; create extension if not exists citext;
    create type mood as enum ('so so'); create type point3 as (x int, y float8);
    create domain positive as int check (value > 0);
"""


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    provide_secret(monkeypatch)


def _check(run: Run, server: Server, cases: list[_Case], prepare: str) -> None:
    """All cases at once, with a column and a row for each, and a row of nulls."""
    columns = ", ".join(f"c{place} {kind} null" for place, (kind, *_) in enumerate(cases))
    rows = "; ".join(
        f"insert into kinds (id, c{place}) values ({place}, {literal})" for place, (_, literal, *_) in enumerate(cases)
    )
    table = f"drop table if exists kinds; create table kinds (id int, {columns})"
    server.execute(f"{prepare}; {table}; {rows}; insert into kinds (id) values (999)")
    wanted: list[dict[str, Any]] = [{"name": f"c{place}", "type": kind} for place, (_, _, kind, _) in enumerate(cases)]
    outcome = read(run, pointer(server, table="kinds"), ID, *wanted)
    cells = {int(line.split(",")[0]): line.partition(",")[2] for line in outcome.csv[1:]}
    found = {
        place: cells[place][place : place - len(cases) + 1 or None] for place in range(len(cases)) if place in cells
    }
    assert found == {place: text for place, (*_, text) in enumerate(cases) if text is not None}
    assert cells[999] == "," * (len(cases) - 1), "null stays null"
    assert [row[f"c{row['id']}"] is None for row in quarantined(outcome)] == [False] * len(quarantined(outcome))


def test_values_of_postgresql_are_exact(run: Run, postgres: Server) -> None:
    _check(run, postgres, _POSTGRESQL, _POSTGRESQL_TYPES)


def test_times_do_not_depend_on_the_zone_of_java(run: Run, postgres: Server) -> None:
    zones = postgres.spark._jvm.java.util.TimeZone
    before = zones.getDefault()
    zones.setDefault(zones.getTimeZone("America/New_York"))
    try:
        query = "select 1 as id, timestamptz '2024-03-31 10:00:00+00' as at, date '2024-03-10' as day"
        columns = [{"name": "at", "type": "string"}, {"name": "day", "type": "date"}]
        assert read(run, pointer(postgres, query=query), ID, *columns).csv[1:] == ["1,2024-03-31T10:00:00Z,2024-03-10"]
    finally:
        zones.setDefault(before)


def test_values_of_mariadb_are_exact(run: Run, maria: Server) -> None:
    _check(run, maria, _MYSQL, "set sql_mode = 'ALLOW_INVALID_DATES', time_zone = '-05:00'")
