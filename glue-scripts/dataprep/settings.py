"""The Spark configuration: the meaning of a recipe must not depend on the defaults of a Spark version."""

from pyspark.sql import SparkSession

_OPTIMIZER = "org.apache.spark.sql.catalyst.optimizer"
SESSION_CONF = {
    # an expression that has no result is null, in every version of Spark
    "spark.sql.ansi.enabled": "false",
    # a product of decimals has all its digits or is null; by default Spark rounds it to six decimal places
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    # the JIT compiler does not compile larger methods, and many columns give large methods
    "spark.sql.codegen.hugeMethodLimit": "8000",
    # cached rows have few columns that compress well: the search for a codec costs more than it saves
    "spark.sql.inMemoryColumnarStorage.compressed": "false",
    # few keys repeat, so that ranking rows before the shuffle is a sort without effect
    "spark.sql.optimizer.windowGroupLimitThreshold": "-1",
    # these rules remove parts of a plan that give no rows, together with the counters in them
    "spark.sql.optimizer.excludedRules": f"{_OPTIMIZER}.PropagateEmptyRelation,{_OPTIMIZER}.PruneFilters",
    "spark.sql.adaptive.optimizer.excludedRules": "org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation",
    # dates before 1582 are dates of the proleptic Gregorian calendar
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # without it Spark refuses nanoseconds; parquet_values.py converts them to texts
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    # encodings that Spark does not list, and U+FFFD instead of an error for bytes that are invalid in the encoding
    "spark.sql.legacy.javaCharsets": "true",
    "spark.sql.legacy.codingErrorAction": "true",
}
# it would read splits of one file that do not follow one another in one task, where row numbers cannot be computed
UNSET_CONF = ("spark.sql.files.maxPartitionNum",)
# otherwise PySpark sends the call site of each expression to the JVM, in several calls
STATIC_CONF = {"spark.python.sql.dataFrameDebugging.enabled": "false"}
# PySpark looks these classes up for each expression; for a name without a package Java searches all jars
PRELOADED_JVM_CLASSES = ("PythonUtils", "PythonSQLUtils", "functions", "org.apache.spark.sql.functions")


def start(builder: SparkSession.Builder) -> SparkSession:
    """Starts a session with the static configuration, which cannot be changed later."""
    spark = builder.config(map=STATIC_CONF).getOrCreate()
    for name in PRELOADED_JVM_CLASSES:
        setattr(spark._jvm, name, getattr(spark._jvm, name))
    return spark


def apply(spark: SparkSession) -> None:
    """Sets the configuration of a session that has started."""
    for name, value in SESSION_CONF.items():
        spark.conf.set(name, value)
    for name in UNSET_CONF:
        spark.conf.unset(name)
