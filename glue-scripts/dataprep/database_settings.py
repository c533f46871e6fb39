"""The settings of a database source, as the extraction's pointer has them; the Pulumi program has checked them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dataprep.failures import SourceError

# without a user, a password or parameters, which would change how the driver connects
_URI = re.compile(r"jdbc:(postgresql|mysql)://[A-Za-z0-9.:\[\]-]+/[^\s/?#&;]+")


@dataclass(frozen=True)
class Partition:
    """An integer or decimal column by whose ranges the rows are read at once; the bounds only divide the ranges."""

    column: str
    count: int
    lower: int | None = None
    upper: int | None = None


@dataclass(frozen=True)
class Since:
    """The column and the least value of the rows to read; without a value, all rows are read."""

    column: str
    value: str | None


@dataclass(frozen=True)
class Database:
    """A table or query of a database, and how to read it."""

    source: str
    uri: str
    secret: str
    table: str
    query: str
    partition: Partition | None
    fetch_size: int
    timeout_seconds: int
    allow_plaintext: bool
    since: Since | None
    sensitive: bool

    @staticmethod
    def parse(source: str, pointer: Mapping[str, Any]) -> "Database":
        """From the pointer's JSON; raises SourceError."""
        fields = pointer["database"]
        query = str(fields.get("query", "")).strip()
        if not _URI.fullmatch(fields["uri"]):
            raise SourceError(f"source {source}: uri: must be jdbc:postgresql://host:port/database or jdbc:mysql://...")
        if query.endswith(";"):
            raise SourceError(f"source {source}: database.query: ends in a semicolon; must be one select without it")
        return Database(
            source,
            fields["uri"],
            fields["secret"],
            fields.get("table", ""),
            query,
            Partition(**fields["partition"]) if "partition" in fields else None,
            int(fields["fetchSize"]),
            int(fields["timeoutSeconds"]),
            bool(fields["allowPlaintext"]),
            Since(**fields["since"]) if "since" in fields else None,
            bool(pointer.get("sensitive", False)),
        )

    @property
    def kind(self) -> str:
        """The kind of the server: postgresql or mysql, which includes MariaDB."""
        return self.uri.split(":")[1]

    @property
    def where(self) -> str:
        """The source, the server and the table, for messages."""
        return f"source {self.source}: {self.uri}: {self.table or 'database.query'}"

    @property
    def relation(self) -> str:
        """The table or query after `from`; a line break ends a comment at the end of the query."""
        return f"(\n{self.query}\n) as source" if self.query else f"{self.table} as source"
