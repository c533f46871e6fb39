"""Writes Parquet files with Parquet's library, which supports types that Spark does not write."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession


def write(spark: SparkSession, path: Path, fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Writes rows of these fields, such as `optional int64 at (TIMESTAMP(NANOS,true))`.

    A value is a boolean, number, text, bytes, None, or a list of the values of a group.
    """
    jvm: Any = spark._jvm
    text = "message rows { " + " ".join(f"{field};" if not field.endswith("}") else field for field in fields) + " }"
    schema = jvm.org.apache.parquet.schema.MessageTypeParser.parseMessageType(text)
    path.parent.mkdir(parents=True, exist_ok=True)
    file = jvm.org.apache.hadoop.fs.Path(f"file://{path}")
    writer = jvm.org.apache.parquet.hadoop.example.ExampleParquetWriter.builder(file).withType(schema).build()
    factory = jvm.org.apache.parquet.example.data.simple.SimpleGroupFactory(schema)
    try:
        for row in rows:
            writer.write(_filled(jvm, factory.newGroup(), row))
    finally:
        writer.close()


def _filled(jvm: Any, group: Any, values: Sequence[Any]) -> Any:
    for place, value in enumerate(values):
        if value is None:
            continue
        kind = group.getType().getType(place)
        if not kind.isPrimitive():
            _filled(jvm, group.addGroup(place), value)
        else:
            group.add(place, _primitive(jvm, str(kind.asPrimitiveType().getPrimitiveTypeName()), value))
    return group


_VALUES = {
    "BOOLEAN": "BooleanValue",
    "INT32": "IntegerValue",
    "INT64": "LongValue",
    "FLOAT": "FloatValue",
    "DOUBLE": "DoubleValue",
}


def _primitive(jvm: Any, kind: str, value: Any) -> Any:
    simple = jvm.org.apache.parquet.example.data.simple
    if kind in _VALUES:
        return getattr(simple, _VALUES[kind])(value)
    content = value.encode() if isinstance(value, str) else value
    return simple.BinaryValue(jvm.org.apache.parquet.io.api.Binary.fromConstantByteArray(bytearray(content)))
