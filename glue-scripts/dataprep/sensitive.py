"""Replaces the values of sensitive columns, and the texts that may contain them.

Conversion and column rules use the clear values; nothing after them does.
"""

import hashlib
import re

from pyspark.errors import PySparkException
from pyspark.sql import Column as SparkColumn
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from dataprep.failures import root_cause, root_class
from dataprep.recipe import Column, Recipe, Source

MASK = "***"
LEFT_OUT = "left out: the source has sensitive columns"
LEFT_OUT_UNBALANCED = f"{LEFT_OUT}; the text has an odd number of quotes"
# a plan shows literals, and Spark adds plans to messages of errors; it does not show the rows of a view
_KEY_VIEW = "_hash_key"
_BLOCK_BYTES = 64


class HashKeyMissing(Exception):
    """The recipe has a column to hash, and the run has no key."""


def provide_key(spark: SparkSession, recipe: Recipe, key: str) -> None:
    """Makes the key available to `replaced`; raises HashKeyMissing if the recipe needs a key and there is none."""
    if not recipe.hashes:
        return
    if not key:
        raise HashKeyMissing("hash_secret: missing; must be the secret with the key, as the recipe has a hash column")
    secret = key.encode()
    block = (hashlib.sha256(secret).digest() if len(secret) > _BLOCK_BYTES else secret).ljust(_BLOCK_BYTES, b"\0")
    pads = tuple(bytearray(byte ^ pad for byte in block) for pad in (0x36, 0x5C))
    spark.createDataFrame([pads], "inner_pad binary, outer_pad binary").createOrReplaceTempView(_KEY_VIEW)


def replaced(column: Column, value: SparkColumn) -> SparkColumn:
    """The value as later stages see it; a dropped column keeps only whether it has a value."""
    if column.sensitive is None:
        return value
    if column.sensitive == "hash":
        return _hmac(value)
    return F.when(value.isNotNull(), F.lit(MASK))


def _hmac(text: SparkColumn) -> SparkColumn:
    """HMAC-SHA-256 in hexadecimal digits (RFC 2104); null for null."""
    inner, outer = F.expr("(select inner_pad from _hash_key)"), F.expr("(select outer_pad from _hash_key)")
    return F.sha2(F.concat(outer, F.unhex(F.sha2(F.concat(inner, text.cast("binary")), 256))), 256)


def shown(column: Column, text: SparkColumn) -> SparkColumn:
    """A text of the column as it was read, for the quarantine."""
    return text if column.sensitive is None else F.when(text.isNotNull(), F.lit(MASK))


def sample(column: Column, text: SparkColumn) -> SparkColumn:
    """A text of the column as a sample of an invalid value."""
    return text if column.sensitive is None else F.lit(None).cast("string")


def malformed(source: Source, text: SparkColumn) -> SparkColumn:
    """The text of a malformed row, in which no column can be recognized; null stays null."""
    if not source.is_sensitive:
        return text
    left_out = F.when(is_unbalanced(source, text), LEFT_OUT_UNBALANCED).otherwise(LEFT_OUT)
    return F.when(text.isNotNull(), left_out)


def is_unbalanced(source: Source, text: SparkColumn) -> SparkColumn:
    """Whether the text of a malformed row has an odd number of quotes."""
    quote = source.format.get("quote", '"')
    others = f"[^{re.escape(quote)}]"
    odd = F.length(F.regexp_replace(text, others, "")) % 2 == 1
    return odd | (text == LEFT_OUT_UNBALANCED)


def described(source: Source, error: Exception) -> str:
    """The cause of an error of Spark while it reads the source, whose message may contain values."""
    if not source.is_sensitive:
        return root_cause(error)
    condition = error.getErrorClass() if isinstance(error, PySparkException) else None
    return f"{condition or root_class(error)}; the message is {LEFT_OUT}"
