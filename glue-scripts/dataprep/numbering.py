"""Computes each row's number in its file from the order in which Spark reads rows.

It relies on these facts. Spark cuts large files into splits of one length, only the last split of a file is shorter,
and assigns the splits to partitions by length, longest first, and otherwise in the order of files and offsets
(FileSourceScanExec, whose sort is stable; FilePartition.getFilePartitions, "next fit decreasing"). So the splits of a
file are in the partitions in order, and two of them are in one partition only with spark.sql.files.maxPartitionNum,
which settings.py unsets. A task reads a split from its first row to its last, and `monotonically_increasing_id` numbers
the rows of a partition in that order; its high bits are the partition. Cached rows keep partitions and order, unless a
rule shuffles them: then ORDINAL is computed before the shuffle.
"""

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from dataprep.names import FILE_HASH, ORDINAL, QUARANTINE, ROW

# https://spark.apache.org/docs/latest/api/sql/#monotonically_increasing_id
_BITS_IN_PARTITION = 33


def file_hash(file: SparkColumn) -> SparkColumn:
    """Identifies the file of a row in eight bytes."""
    return F.xxhash64(file).alias(FILE_HASH)


def ordinal() -> SparkColumn:
    """The partition of a row, and its position in the partition."""
    return F.monotonically_increasing_id().alias(ORDINAL)


def quarantined(rows: DataFrame) -> DataFrame:
    """The quarantined rows with ROW, their number in their file from 1; headers and blank lines do not count.

    `rows` are all rows of a source, with QUARANTINE, FILE_HASH and, if a shuffle moved them, ORDINAL.
    """
    placed = rows if ORDINAL in rows.columns else rows.select("*", ordinal())
    placed = placed.withColumn("_partition", F.shiftright(ORDINAL, _BITS_IN_PARTITION))
    parts = placed.groupBy(FILE_HASH, "_partition").agg(
        F.min(ORDINAL).alias("_first"), F.count(F.lit(1)).alias("_rows")
    )
    earlier = Window.partitionBy(FILE_HASH).orderBy("_partition").rowsBetween(Window.unboundedPreceding, -1)
    before = F.coalesce(F.sum("_rows").over(earlier), F.lit(0))
    starts = parts.select(FILE_HASH, "_partition", (F.col("_first") - before).alias("_start"))
    found = placed.filter(F.col(QUARANTINE).isNotNull()).join(F.broadcast(starts), [FILE_HASH, "_partition"])
    return found.select(f"{QUARANTINE}.*", (F.col(ORDINAL) - F.col("_start") + 1).alias(ROW))
