"""MySQL and MariaDB: each partition is read by a statement of its own, at its own moment."""

from collections.abc import Mapping

from dataprep import database_dialects
from dataprep.database_connections import Connection, FoundColumn
from dataprep.database_dialects import BINARY, DOUBLE, FLOAT, INTEGER, LONG, Reading
from dataprep.database_settings import Database

_TYPED = {
    "SMALLINT": INTEGER,
    "MEDIUMINT": INTEGER,
    "INT": INTEGER,
    "BIGINT": LONG,
    "FLOAT": FLOAT,
    "FLOAT UNSIGNED": FLOAT,
    "DOUBLE": DOUBLE,
    "DOUBLE UNSIGNED": DOUBLE,
    **dict.fromkeys(("BINARY", "VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB", "GEOMETRY"), BINARY),
    # texts that a cast would cut at max_allowed_packet
    **dict.fromkeys(("VARCHAR", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT", "JSON"), ("string", ("string",))),
}
# integers that Spark reads as booleans or with too few bits, with the types that hold them
_WIDENED = {
    "TINYINT": "integer",
    "TINYINT UNSIGNED": "integer",
    "SMALLINT UNSIGNED": "integer",
    "MEDIUMINT UNSIGNED": "integer",
    "INT UNSIGNED": "long",
}
_TEXTS = ("CHAR", "ENUM", "SET", "TIME", "YEAR", "NULL")


class MySql:
    """MySQL and MariaDB by the driver com.mysql:mysql-connector-j."""

    driver = "com.mysql.cj.jdbc.Driver"

    def parameters(self, database: Database) -> Mapping[str, str]:
        silence = database.timeout_seconds + database_dialects.SILENCE_SECONDS
        return {
            "sslMode": "PREFERRED" if database.allow_plaintext else "REQUIRED",
            # without TLS the password is encrypted with a key of the server
            "allowPublicKeyRetrieval": str(database.allow_plaintext).lower(),
            "connectTimeout": str(database_dialects.LOGIN_SECONDS * 1000),
            "socketTimeout": str(silence * 1000),
            "useCursorFetch": "true",
            # with it the driver makes true of any number in tinyint(1)
            "tinyInt1isBit": "false",
            "yearIsDateType": "false",
        }

    def session(self, connection: Connection, database: Database) -> str:
        (version,) = connection.first("select version()")
        common = "set session time_zone = '+00:00'"
        if "MariaDB" in (version or ""):
            limit = f"max_statement_time = {database.timeout_seconds}"
            settings = f"{common}, {limit}, tx_isolation = 'REPEATABLE-READ', tx_read_only = 1"
        else:
            limit = f"max_execution_time = {database.timeout_seconds * 1000}"
            settings = f"{common}, {limit}, transaction_isolation = 'REPEATABLE-READ', transaction_read_only = 1"
        # without a transaction, which would lock the table against changes of its columns as long as Spark reads
        connection.execute(settings)
        return settings

    def isolation(self, partitions: int) -> tuple[str, bool]:
        return ("one statement", True) if partitions == 1 else ("one statement for each partition", False)

    def quoted(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def reading(self, column: FoundColumn) -> Reading | None:
        name, kind = self.quoted(column.name), column.type
        if kind in _TYPED:
            return Reading(name, *_TYPED[kind])
        if kind in _WIDENED:
            return Reading(f"cast({name} as signed)", _WIDENED[kind], ("int", "bigint"))
        text = f"cast({name} as char)"
        if kind == "BIGINT UNSIGNED":
            return Reading(text, "decimal(20,0)")
        if kind == "BIT":
            return Reading(f"cast({name} + 0 as char)")
        if kind in ("DECIMAL", "DECIMAL UNSIGNED"):
            return Reading(text, database_dialects.decimal(column))
        if kind == "DATE":
            return Reading(text, "date")
        if kind == "DATETIME":
            return Reading(f"replace({text}, ' ', 'T')", "timestamp")
        if kind == "TIMESTAMP":
            return Reading(f"concat(replace({text}, ' ', 'T'), 'Z')", "timestamp", is_instant=True)
        return Reading(text) if kind in _TEXTS else None

    def instant(self, text: str) -> str:
        return f"timestamp '{text}'"
