"""PostgreSQL and MariaDB servers for the tests of databases."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from pyspark.sql import SparkSession

from local import databases

PASSWORD = "pa55-'w%rd ß"
_QUOTED = PASSWORD.replace("'", "''")


@dataclass(frozen=True)
class Server:
    """A running server; statements are executed by its administrator."""

    spark: SparkSession
    kind: str
    port: int

    @property
    def uri(self) -> str:
        """The address of the database of the tests."""
        return f"jdbc:{self.kind}://127.0.0.1:{self.port}/shop"

    def connect(self, database: str = "shop") -> Any:
        """A connection of the administrator."""
        jvm: Any = self.spark._jvm
        driver = {"postgresql": "org.postgresql.Driver", "mysql": "com.mysql.cj.jdbc.Driver"}[self.kind]
        jvm.org.apache.spark.sql.execution.datasources.jdbc.DriverRegistry.register(driver)
        given = jvm.java.util.Properties()
        more = {"sslMode": "PREFERRED", "allowMultiQueries": "true"} if self.kind == "mysql" else {}
        for name, value in {"user": databases.ADMINISTRATOR, "password": PASSWORD, **more}.items():
            given.setProperty(name, value)
        return jvm.java.sql.DriverManager.getConnection(f"jdbc:{self.kind}://127.0.0.1:{self.port}/{database}", given)

    def execute(self, sql: str) -> None:
        """Executes statements, separated by semicolons."""
        with closing(self.connect()) as connection:
            connection.createStatement().execute(sql)

    def first(self, sql: str) -> str | None:
        """The text of the first value of a query; None if there is no row."""
        with closing(self.connect()) as connection:
            rows = connection.createStatement().executeQuery(sql)
            return rows.getString(1) if rows.next() else None


@contextmanager
def postgresql(spark: SparkSession, tls: bool = True) -> Iterator[Server]:
    """PostgreSQL with the user reader, which may read all tables; clients without TLS are accepted."""
    setup = f"""
create user reader password '{_QUOTED}';
grant pg_read_all_data to reader;
create database shop;
"""
    options = {"timezone": "America/New_York", "datestyle": "SQL, DMY", **({} if tls else {"ssl": "off"})}
    with databases.postgresql(PASSWORD, {"postgres": setup}, options) as port:
        yield Server(spark, "postgresql", port)


@contextmanager
def mariadb(spark: SparkSession, tls: bool = True) -> Iterator[Server]:
    """MariaDB with the user reader, which may read all tables."""
    if not (databases.PROGRAMS / "mariadb/bin/mariadbd").exists():
        pytest.skip("MariaDB's programs do not exist for this platform")
    setup = "create database shop;\n" + "".join(
        f"create user {name}@'%' identified by '{_QUOTED}';\ngrant {grant} on *.* to {name}@'%';\n"
        for name, grant in ((databases.ADMINISTRATOR, "all privileges"), ("reader", "select"))
    )
    options = ["--default-time-zone=-05:00", *([] if tls else ["--skip-ssl"])]
    with databases.mariadb(setup, options) as port:
        yield Server(spark, "mysql", port)
