"""Converts values of Parquet to texts, with decimal digits instead of exponents where the value is exact."""

from pyspark.sql import Column as SparkColumn
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    DataType,
    DecimalType,
    DoubleType,
    FloatType,
    MapType,
    NullType,
    StringType,
    StructType,
    TimestampType,
)

# above it doubles cannot represent all integers
_WHOLE = float(1 << 53)
_SMALL = 1e-30
_DIGITS = 60
_EXPONENT = r"^-?(\d)\.(\d+)E(-?\d+)$"


def text(value: SparkColumn, kind: DataType, nanoseconds: str | None) -> SparkColumn:
    """The value as a text; `nanoseconds` is the zone suffix of a timestamp that Spark reads as nanoseconds."""
    if isinstance(kind, NullType):
        return F.lit(None).cast("string")
    if nanoseconds is not None:
        return _point_in_time(value, nanoseconds)
    if isinstance(kind, StructType | ArrayType | MapType):
        return F.to_json(value, {"ignoreNullFields": "false"})
    if isinstance(kind, StringType | BinaryType):
        # invalid UTF-8 becomes U+FFFD, which quarantines the row
        return F.decode(value.cast("binary"), "UTF-8")
    if isinstance(kind, DoubleType | FloatType):
        return _of_float(value)
    if isinstance(kind, DecimalType):
        return _of_decimal(value, kind.scale)
    written = value.cast("string")
    return F.concat(written, F.lit("Z")) if isinstance(kind, TimestampType) else written


def _point_in_time(value: SparkColumn, zone: str) -> SparkColumn:
    rest = F.pmod(value, F.lit(1_000_000_000))
    seconds = ((value - rest) / 1_000_000_000).cast("long")
    written = F.date_format(F.timestamp_seconds(seconds), "yyyy-MM-dd HH:mm:ss")
    fraction = F.when(rest > 0, F.concat(F.lit("."), F.lpad(rest.cast("string"), 9, "0"))).otherwise("")
    return F.concat(written, F.regexp_replace(fraction, "(000)+$", ""), F.lit(zone))


def _of_decimal(value: SparkColumn, scale: int) -> SparkColumn:
    """Java writes exponents for values below 0.000001; the digits after the point are written instead."""
    written = value.cast("string")
    digits = F.regexp_replace(F.substring_index(written, "E", 1), "[-.]", "")
    small = F.concat(F.when(value < 0, "-").otherwise(""), F.lit("0."), F.lpad(digits, scale, "0"))
    return F.when(written.contains("E"), small).otherwise(written)


def _of_float(value: SparkColumn) -> SparkColumn:
    """Java writes exponents for small values and for values of more than seven digits."""
    written = value.cast("string")
    digits = F.concat(F.regexp_extract(written, _EXPONENT, 1), F.regexp_extract(written, _EXPONENT, 2))
    exponent = F.regexp_extract(written, _EXPONENT, 3).cast("int")
    sign, size = F.when(value < 0, "-").otherwise(""), F.abs(value)
    padded = F.concat(digits, _zeros(exponent + 2 - F.length(digits)))
    large = F.concat(padded.substr(F.lit(1), exponent + 1), F.lit("."), padded.substr(exponent + 2, F.lit(_DIGITS)))
    small = F.concat(F.lit("0."), _zeros(-exponent - 1), digits)
    plain = F.when((size >= 1) & (size <= _WHOLE), large).when((size < 1) & (size >= _SMALL), small)
    return F.coalesce(F.when(written.contains("E"), F.concat(sign, plain)), written)


def _zeros(count: SparkColumn) -> SparkColumn:
    return F.lit("0" * _DIGITS).substr(F.lit(1), count)
