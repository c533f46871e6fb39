"""PostgreSQL: all partitions read one snapshot; values that Java's types cannot hold are read as texts."""

from collections.abc import Mapping

from dataprep import database_dialects
from dataprep.database_connections import Connection, FoundColumn
from dataprep.database_dialects import BINARY, BOOLEAN, DOUBLE, INTEGER, LONG, Reading
from dataprep.database_settings import Database

_TYPED = {
    "bool": BOOLEAN,
    "int2": INTEGER,
    "int4": INTEGER,
    "serial": INTEGER,
    "int8": LONG,
    "bigserial": LONG,
    "float4": DOUBLE,
    "float8": DOUBLE,
    "bytea": BINARY,
}
# java.sql.Types of arrays and of composite types
_NESTED = (2002, 2003)


class PostgreSql:
    """PostgreSQL by the driver org.postgresql:postgresql."""

    driver = "org.postgresql.Driver"

    def parameters(self, database: Database) -> Mapping[str, str]:
        return {
            "sslmode": "prefer" if database.allow_plaintext else "require",
            "connectTimeout": str(database_dialects.LOGIN_SECONDS),
            "loginTimeout": str(database_dialects.LOGIN_SECONDS),
            "socketTimeout": str(database.timeout_seconds + database_dialects.SILENCE_SECONDS),
            "tcpKeepAlive": "true",
            "ApplicationName": "data-preparation",
        }

    def session(self, connection: Connection, database: Database) -> str:
        begin = "set transaction isolation level repeatable read, read only"
        settings = (
            "set local time zone 'UTC'",
            "set local intervalstyle = 'iso_8601'",
            # the digits of doubles in arrays
            "set local extra_float_digits = 1",
            f"set local statement_timeout = {database.timeout_seconds * 1000}",
            # Spark fetches rows when it has written those before
            "set local idle_in_transaction_session_timeout = 0",
        )
        connection.begin()
        connection.execute(begin, *settings)
        (snapshot,) = connection.first("select pg_export_snapshot()")
        return "; ".join((begin, f"set transaction snapshot '{snapshot}'", *settings))

    def isolation(self, partitions: int) -> tuple[str, bool]:
        return "one snapshot (repeatable read)", True

    def quoted(self, name: str) -> str:
        return '"' + name.replace('"', '""') + '"'

    def reading(self, column: FoundColumn) -> Reading | None:
        name, kind = self.quoted(column.name), column.type
        if kind in _TYPED:
            return Reading(name, *_TYPED[kind])
        if column.jdbc_type in _NESTED or kind == "record":
            return Reading(f"to_json({name})::text")
        # the driver fails on NaN and infinity, which all digits may be
        if kind == "numeric":
            return Reading(f"{name}::text", database_dialects.decimal(column))
        if kind == "date":
            return Reading(f"{name}::text", "date")
        # JSON has times in ISO 8601, whatever the server's settings are
        if kind == "timestamp":
            return Reading(f"to_json({name}) #>> '{{}}'", "timestamp")
        if kind == "timestamptz":
            text = f"replace(to_json({name}) #>> '{{}}', '+00:00', 'Z')"
            return Reading(text, "timestamp", is_instant=True)
        if kind == "money":
            # its own text has the currency and separators of the server's locale
            return Reading(f"{name}::numeric::text")
        return Reading(f"{name}::text")

    def instant(self, text: str) -> str:
        return f"timestamptz '{text}+00'"
