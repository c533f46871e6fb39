"""Connections to a database by its JDBC driver in the JVM of Spark's driver."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from dataprep.database_settings import Database
from dataprep.failures import SourceError, root_cause, root_class
from dataprep.secrets import Credentials

_NO_TLS = ("does not support SSL", "SSL Connection required, but not provided by server")
_ALLOW = "set database.allowPlaintext to true to read without TLS"
_LEFT_OUT = "the message is left out"
# it logs the properties of its connections, as the only class of Spark
VERBOSE_LOGGER = "org.apache.spark.sql.execution.datasources.jdbc.connection.BasicConnectionProvider"


@dataclass(frozen=True)
class FoundColumn:
    """A column as the driver describes it; `jdbc_type` is a constant of java.sql.Types."""

    name: str
    type: str
    jdbc_type: int
    precision: int
    scale: int

    @property
    def database_type(self) -> str:
        """The type with its digits, as the database writes it."""
        digits = f"({self.precision},{self.scale})" if self.is_decimal and self.precision else ""
        return self.type + digits

    @property
    def is_decimal(self) -> bool:
        """Whether the type is numeric or decimal."""
        return self.jdbc_type in (2, 3)


class Connection:
    """One connection of the driver."""

    def __init__(self, jdbc: Any) -> None:
        self._jdbc = jdbc

    def begin(self) -> None:
        """Begins a transaction with the next statement, which lasts until the connection is closed."""
        self._jdbc.setAutoCommit(False)

    def execute(self, *statements: str) -> None:
        """Executes statements without results."""
        statement = self._jdbc.createStatement()
        for sql in statements:
            statement.execute(sql)
        statement.close()

    def first(self, sql: str) -> tuple[str | None, ...]:
        """The texts of the first row of a query."""
        # prepared as Spark prepares its queries, so that question marks have the same meaning
        statement = self._jdbc.prepareStatement(sql)
        rows = statement.executeQuery()
        rows.next()
        found = tuple(rows.getString(place + 1) for place in range(rows.getMetaData().getColumnCount()))
        statement.close()
        return found

    def columns(self, relation: str) -> list[FoundColumn]:
        """The columns of a table or query, of which no row is read."""
        statement = self._jdbc.prepareStatement(f"select * from {relation} where 1 = 0")  # noqa: S608
        facts = statement.executeQuery().getMetaData()
        found = [
            FoundColumn(
                str(facts.getColumnLabel(place)),
                str(facts.getColumnTypeName(place)),
                int(facts.getColumnType(place)),
                int(facts.getPrecision(place)),
                int(facts.getScale(place)),
            )
            for place in range(1, facts.getColumnCount() + 1)
        ]
        statement.close()
        return found

    def close(self) -> None:
        """Closes the connection, even if the server has ended it already."""
        with suppress(Py4JJavaError):
            self._jdbc.close()


def require_silence(spark: SparkSession) -> None:
    """Raises SourceError if Spark would log passwords; executors have the log level of the driver."""
    jvm: Any = spark._jvm
    if jvm.org.slf4j.LoggerFactory.getLogger(VERBOSE_LOGGER).isDebugEnabled():
        raise SourceError(
            "spark.log.level: invalid value 'DEBUG'; must be INFO or higher, as Spark would log passwords"
        )


@contextmanager
def connected(
    spark: SparkSession, database: Database, url: str, driver: str, credentials: Credentials
) -> Iterator[Connection]:
    """A connection to the driver's URL, closed at the end; raises SourceError."""
    jvm: Any = spark._jvm
    try:
        jvm.org.apache.spark.sql.execution.datasources.jdbc.DriverRegistry.register(driver)
        jdbc = jvm.java.sql.DriverManager.getConnection(url, credentials.username, credentials.password)
    except Py4JJavaError as error:
        raise SourceError(f"{database.where}: {_connect_cause(error, credentials)}") from None
    connection = Connection(jdbc)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def described(database: Database, credentials: Credentials, is_sensitive: bool) -> Iterator[None]:
    """Raises SourceError, which names the table and the cause, for an error of the driver or of Spark."""
    try:
        yield
    except (Py4JJavaError, PySparkException) as error:
        java = error if isinstance(error, Py4JJavaError) else getattr(error, "_origin", None) or error
        cause = root_cause(java)
        if is_sensitive:
            # a message of a database may have values, such as the text that is no number
            cause = f"{root_class(java)}; {_LEFT_OUT}: the source has sensitive columns"
        # the error of Spark, which has plans and the driver's stack, is not shown
        raise SourceError(f"{database.where}: {_without(credentials.password, cause)}") from None


def _connect_cause(error: Py4JJavaError, credentials: Credentials) -> str:
    cause, messages = root_cause(error), _messages(error)
    if any(text in messages for text in _NO_TLS):
        cause = f"the server has no TLS; {_ALLOW}"
    return _without(credentials.password, cause)


def _messages(error: Py4JJavaError) -> str:
    found, cause = [], error.java_exception
    while cause is not None:
        found.append(str(cause.getMessage()))
        cause = cause.getCause()
    return "\n".join(found)


def _without(password: str, cause: str) -> str:
    return f"{_LEFT_OUT}: it contains the password" if password in cause else cause
