"""Schemas and partitions of Iceberg tables, which keep the ids of columns from run to run."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql.types import StructField, StructType

from dataprep.failures import StepError
from dataprep.partitions import Partition

_TIMES = ("year", "month", "day", "hour")


def schema_of(jvm: Any, rows: DataFrame) -> Any:
    """The schema of a new table for these rows; all its columns are optional, so that later runs may lack them."""
    optional = StructType([StructField(field.name, field.dataType) for field in rows.schema.fields])
    spark_schema = rows.sparkSession._jsparkSession.parseDataType(optional.json())
    return jvm.org.apache.iceberg.spark.SparkSchemaUtil.convert(spark_schema)


def spec_of(jvm: Any, schema: Any, partitions: tuple[Partition, ...]) -> Any:
    """The partition spec of a new table."""
    builder = jvm.org.apache.iceberg.PartitionSpec.builderFor(schema)
    for part in partitions:
        if part.transform in _TIMES or part.transform == "identity":
            getattr(builder, part.transform)(part.column)
        else:
            getattr(builder, part.transform)(part.column, part.width)
    return builder.build()


def partitions_of(metadata: Mapping[str, Any]) -> tuple[Partition, ...]:
    """The partitions of a table by its metadata file: https://iceberg.apache.org/spec/#table-metadata-fields"""
    schema = next(each for each in metadata["schemas"] if each["schema-id"] == metadata["current-schema-id"])
    names = {field["id"]: field["name"] for field in schema["fields"]}
    spec = next(each for each in metadata["partition-specs"] if each["spec-id"] == metadata["default-spec-id"])
    found = []
    for field in spec["fields"]:
        transform, _, width = field["transform"].rstrip("]").partition("[")
        name = names.get(field["source-id"], "a removed column")
        found.append(Partition(transform, name, int(width) if width else None))
    return tuple(found)


class Evolution:
    """Changes of a table's schema to that of new rows, in one commit."""

    def __init__(self, jvm: Any, table: Any, comments: Mapping[str, str]) -> None:
        self._types = jvm.org.apache.iceberg.types.TypeUtil
        self._current = {field.name(): field for field in table.schema().columns()}
        self._partitioned = {table.schema().findColumnName(field.sourceId()) for field in table.spec().fields()}
        self._update = table.updateSchema()
        self._comments = comments
        self._is_changed = False

    def to(self, schema: Any, merges: bool) -> None:
        """Adds, widens, replaces, removes, comments and orders columns; raises StepError.

        If `merges`, the table's rows stay, and with them its columns.
        """
        wanted = {field.name(): field.type() for field in schema.columns()}
        removed = [name for name in self._current if name not in wanted]
        for name, kind in wanted.items():
            self._take(name, kind, merges)
        for name in [] if merges else removed:
            self._change().deleteColumn(name)
        self._order([*wanted, *(removed if merges else [])])
        if self._is_changed:
            self._update.commit()

    def _change(self) -> Any:
        self._is_changed = True
        return self._update

    def _take(self, name: str, kind: Any, merges: bool) -> None:
        comment, field = self._comments.get(name), self._current.get(name)
        if field is None:
            self._change().addColumn(name, kind, comment)
            return
        if not field.type().equals(kind):
            self._retype(name, field.type(), kind, merges)
        if field.doc() != comment:
            self._change().updateColumnDoc(name, comment)

    def _retype(self, name: str, before: Any, kind: Any, merges: bool) -> None:
        if self._types.isPromotionAllowed(before, kind):
            self._change().updateColumn(name, kind)
        elif merges or name in self._partitioned:
            raise StepError(
                f"output.table: the published table has the column {name} with the type {before.toString()}, which "
                f"cannot become {kind.toString()}; start a run with force, which writes a new table"
            )
        else:
            # the new column has another id, so that no reader takes values of the previous one for its own
            self._change().deleteColumn(name).addColumn(name, kind, self._comments.get(name))

    def _order(self, names: list[str]) -> None:
        kept = [name for name in self._current if name in names]
        if [*kept, *(name for name in names if name not in kept)] == names:
            return
        self._change().moveFirst(names[0])
        for before, name in pairwise(names):
            self._update.moveAfter(name, before)
