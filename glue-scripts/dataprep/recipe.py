"""The recipe as Python values. Its schema is recipes/recipe.schema.json; the deployment has validated it before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dataprep.partitions import Partition
from dataprep.partitions import parse as parse_partition


@dataclass(frozen=True)
class Column:
    """A typed column of a source; `rules` is the column's entry in the recipe."""

    name: str
    origin: str
    type: str
    rules: Mapping[str, Any]

    @property
    def sensitive(self) -> str | None:
        """How the value is replaced once the column's rules are checked: mask, hash or drop; None if it is not."""
        return self.rules.get("sensitive")


@dataclass(frozen=True)
class Source:
    """A source's file format, its columns, and the names of columns to ignore.

    `types` has the types of a database's columns, as a recipe writes them; it is empty for other sources.
    """

    name: str
    format: Mapping[str, Any]
    columns: tuple[Column, ...]
    ignored: frozenset[str] = frozenset()
    types: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_sensitive(self) -> bool:
        """Whether any column is sensitive, so that texts of the source must not be shown."""
        return any(column.sensitive for column in self.columns)


@dataclass(frozen=True)
class Drift:
    """The action on columns that are new, missing or of another type: ignore, warn, fail or evolve."""

    new: str = "ignore"
    missing: str = "fail"
    retyped: str = "evolve"


@dataclass(frozen=True)
class TableFormat:
    """The format of the data set's files, parquet or iceberg, and how rows are partitioned and sorted."""

    format: str = "parquet"
    partition_by: tuple[Partition, ...] = ()
    sort_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A rule on the data set; `what` has the parameters of its kind."""

    kind: str
    what: Mapping[str, Any]
    severity: str
    name: str


@dataclass(frozen=True)
class Recipe:
    """The parsed recipe; `digest` is the SHA-256 of the file, `watermark` is empty without one."""

    name: str
    description: str
    digest: str
    sources: Mapping[str, Source]
    main: str
    steps: tuple[Mapping[str, Any], ...]
    key: tuple[str, ...]
    watermark: str
    drift: Drift
    rules: tuple[Rule, ...]
    csv: bool
    table: TableFormat = TableFormat()

    @property
    def hashes(self) -> bool:
        """Whether any column is hashed, which needs a key."""
        return any(column.sensitive == "hash" for source in self.sources.values() for column in source.columns)


class RecipeError(Exception):
    """A recipe that does not conform to the schema, which the deployment refuses."""


def parse(text: str) -> Recipe:
    """Parses a recipe; raises RecipeError if it does not conform to the schema."""
    try:
        return _recipe(
            json.loads(text, parse_float=Decimal, parse_constant=_refused), hashlib.sha256(text.encode()).hexdigest()
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecipeError(f"the recipe cannot be used: {type(error).__name__}: {error}") from error


def _refused(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _recipe(document: Mapping[str, Any], digest: str) -> Recipe:
    dataset = document["dataset"]
    incremental = dataset.get("incremental", {})
    return Recipe(
        name=document["name"],
        description=document.get("description", ""),
        digest=digest,
        sources={name: _source(name, source) for name, source in document["sources"].items()},
        main=dataset["from"],
        steps=tuple(dataset.get("steps", [])),
        key=tuple(incremental.get("key", [])),
        watermark=incremental.get("watermark", ""),
        drift=Drift(**document.get("drift", {})),
        rules=tuple(_rule(rule) for rule in document.get("quality", [])),
        csv=document.get("output", {}).get("csv", True),
        table=_table(document.get("output", {}).get("table", {})),
    )


def _table(table: Mapping[str, Any]) -> TableFormat:
    partitions = tuple(parse_partition(term) for term in table.get("partitionBy", []))
    return TableFormat(table.get("format", "parquet"), partitions, tuple(table.get("sortBy", [])))


def _source(name: str, source: Mapping[str, Any]) -> Source:
    columns = (
        Column(column["name"], column.get("from", column["name"]), column["type"], column)
        for column in source["columns"]
    )
    return Source(name, source["format"], tuple(columns), frozenset(source.get("ignored", [])))


def _rule(rule: Mapping[str, Any]) -> Rule:
    ((kind, what),) = ((key, value) for key, value in rule.items() if key not in ("name", "severity"))
    return Rule(kind, what, rule.get("severity", "fail run"), rule.get("name", _demand(kind, what)))


def _demand(kind: str, what: Mapping[str, Any]) -> str:
    """The default name of a rule, such as `completeness of tail_number` or `reference of carrier to airlines`."""
    columns = [*what.get("columns", []), *what.get("on", {}), *([what["column"]] if "column" in what else [])]
    of = f" of {', '.join(columns)}" if columns else ""
    return f"{kind}{of}" + (f" to {what['source']}" if "source" in what else "")
