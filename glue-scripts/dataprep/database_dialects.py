"""What differs between database servers, and is written once for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from dataprep.database_connections import Connection, FoundColumn
from dataprep.database_settings import Database

# no answer for this long after the timeout of a statement means that the connection is lost without notice
SILENCE_SECONDS = 60
LOGIN_SECONDS = 30


@dataclass(frozen=True)
class Reading:
    """How a column is read: an SQL expression, and the type of a recipe that holds all valid values.

    The expression gives a text unless `spark_types` has other types; `stored` is the type of Spark to which its value
    is cast, if it is not the one that Spark reads. `is_instant` is whether a timestamp is a point in time.
    """

    expression: str
    type: str = "string"
    spark_types: tuple[str, ...] = ("string",)
    stored: str = ""
    is_instant: bool = False


# the types that Spark's JDBC source reads exactly, and what it makes of them
BOOLEAN = ("boolean", ("boolean",))
INTEGER = ("integer", ("tinyint", "smallint", "int"))
LONG = ("long", ("bigint",))
DOUBLE = ("double", ("float", "double"))
# a version of Spark reads MySQL's as a double, which has more digits than were written
FLOAT = (*DOUBLE, "float")
BINARY = ("string", ("binary",))


def decimal(column: FoundColumn) -> str:
    """The type of a recipe for a decimal of declared digits; string if there is none."""
    if 0 < column.precision <= 38 and 0 <= column.scale <= column.precision:
        return f"decimal({column.precision},{column.scale})"
    return "string"


class Dialect(Protocol):
    """The SQL and the driver of one kind of server."""

    driver: str

    def parameters(self, database: Database) -> Mapping[str, str]:
        """The parameters of the driver's URL."""

    def session(self, connection: Connection, database: Database) -> str:
        """Prepares the connection to read only; returns the SQL that does so on each of Spark's connections.

        It sets the time zone to UTC and limits the time of a statement.
        """

    def isolation(self, partitions: int) -> tuple[str, bool]:
        """What the partitions see, for the snapshot's description, and whether it is one state of the database."""

    def quoted(self, name: str) -> str:
        """The name of a column in SQL."""

    def reading(self, column: FoundColumn) -> Reading | None:
        """How the column is read; None if its type is not known."""

    def instant(self, text: str) -> str:
        """A literal of a timestamp with a zone, from a text such as 2024-03-01 10:00:00 in UTC."""
