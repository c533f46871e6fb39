"""How Spark is set up: what a recipe means must not depend on the defaults of a version."""

from pyspark.sql import SparkSession

_OPTIMIZER = "org.apache.spark.sql.catalyst.optimizer"
_OF_SESSION = {
    # what a recipe's expression cannot compute is null, on every version of Spark
    "spark.sql.ansi.enabled": "false",
    # a product of decimals has all its digits or is null; else it has six of them after the point
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    # Java's compiler leaves larger methods alone, and a recipe's columns make large ones
    "spark.sql.codegen.hugeMethodLimit": "8000",
    # a row that is kept has few columns that compress well, and looking for a way costs more than the bytes
    "spark.sql.inMemoryColumnarStorage.compressed": "false",
    # keys that repeat are few: to rank rows before they meet is a sort for nothing
    "spark.sql.optimizer.windowGroupLimitThreshold": "-1",
    # they cut parts of a plan away that give no rows, and with them the counters there
    "spark.sql.optimizer.excludedRules": f"{_OPTIMIZER}.PropagateEmptyRelation,{_OPTIMIZER}.PruneFilters",
    "spark.sql.adaptive.optimizer.excludedRules": "org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation",
    # dates before 1582 are what they are in today's calendar
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # which Spark refuses otherwise, and parquet_values.py writes out
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    # encodings beyond Spark's own, and a mark instead of an error for bytes that are none of one
    "spark.sql.legacy.javaCharsets": "true",
    "spark.sql.legacy.codingErrorAction": "true",
}
# it would put parts of one file that others lie between into one task, where rows could not be told their numbers
_OF_NOBODY = ("spark.sql.files.maxPartitionNum",)
# Spark would be told the place in the script that made it with each expression, in several calls
_AT_START = {"spark.python.sql.dataFrameDebugging.enabled": "false"}
# classes that PySpark asks Java for with each expression; Java looks through all jars for names without a package
_ASKED_FOR = ("PythonUtils", "PythonSQLUtils", "functions", "org.apache.spark.sql.functions")


def start(builder: SparkSession.Builder) -> SparkSession:
    """The session with what can be set at its start only."""
    spark = builder.config(map=_AT_START).getOrCreate()
    for name in _ASKED_FOR:
        setattr(spark._jvm, name, getattr(spark._jvm, name))
    return spark


def use(spark: SparkSession) -> None:
    """Sets what a session can be set to at any time."""
    for name, value in _OF_SESSION.items():
        spark.conf.set(name, value)
    for name in _OF_NOBODY:
        spark.conf.unset(name)
