"""Each row's number in its file, from the order in which Spark reads.

What this rests on: Spark cuts large files into splits of one length, the last one of a file shorter, and deals all of
them out to its partitions, longest first, otherwise in the order of the files and of the places in them
(FileSourceScanExec, whose sort is stable; FilePartition.getFilePartitions, "next fit decreasing"). So the splits of a
file lie in the partitions in their order, and two of them in one partition only if spark.sql.files.maxPartitionNum asks
for it, which settings.py takes back. A task reads a split from its first row to its last, and
`monotonically_increasing_id` numbers a partition's rows as they come, below bits that tell the partition. A relation
that is kept has the partitions, and in them the order, in which it was read, unless a rule moves rows: then ORDINAL is
taken before.
"""

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from dataprep.names import ASIDE, FILE_HASH, ORDINAL, ROW

# https://spark.apache.org/docs/latest/api/sql/#monotonically_increasing_id
_BITS_IN_PARTITION = 33


def file_hash(file: SparkColumn) -> SparkColumn:
    """What tells a row's file from others, in eight bytes."""
    return F.xxhash64(file).alias(FILE_HASH)


def ordinal() -> SparkColumn:
    """A row's partition, and its place in that."""
    return F.monotonically_increasing_id().alias(ORDINAL)


def numbered(rows: DataFrame) -> DataFrame:
    """What is aside, with ROW: its number in its file, from 1, in which headers and lines without a value are no rows.

    `rows` are all rows of a source as they are kept, with ASIDE, FILE_HASH and, if they were moved, ORDINAL.
    """
    placed = rows if ORDINAL in rows.columns else rows.select("*", ordinal())
    placed = placed.withColumn("_partition", F.shiftright(ORDINAL, _BITS_IN_PARTITION))
    parts = placed.groupBy(FILE_HASH, "_partition").agg(
        F.min(ORDINAL).alias("_first"), F.count(F.lit(1)).alias("_rows")
    )
    earlier = Window.partitionBy(FILE_HASH).orderBy("_partition").rowsBetween(Window.unboundedPreceding, -1)
    before = F.coalesce(F.sum("_rows").over(earlier), F.lit(0))
    starts = parts.select(FILE_HASH, "_partition", (F.col("_first") - before).alias("_start"))
    bad = placed.filter(F.col(ASIDE).isNotNull()).join(F.broadcast(starts), [FILE_HASH, "_partition"])
    return bad.select(f"{ASIDE}.*", (F.col(ORDINAL) - F.col("_start") + 1).alias(ROW))
