"""Assembles the records of CSV files from their lines in order, for texts over several lines and for the check of open
quotes."""

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, Window, WindowSpec
from pyspark.sql import functions as F

from dataprep.csv_syntax import CsvSyntax
from dataprep.names import FILE, ORDINAL
from dataprep.text_files import LINE, has_content, without_break, without_mark

# whether a record is part of a text without an end, or of a text over lines in a format without multiLine
BROKEN = "_broken"
_AT = "_at"


def one_a_line(lines: DataFrame, syntax: CsvSyntax) -> DataFrame:
    """LINE, FILE, ORDINAL in the file, and BROKEN for the lines of a text over several lines."""
    records = lines.filter(has_content(F.col(LINE), syntax.delimiter)).select(LINE, *_place())
    opens = syntax.opens(F.col(LINE))
    ends = F.when(opens, True).when(syntax.is_unbalanced(F.col(LINE)), False)
    # if no later line closes a quote, only its own line is broken
    before, after = _by_file().rowsBetween(Window.unboundedPreceding, -1), _by_file(descending=True)
    continues = F.last("_opens", True).over(before) & ~F.last("_opens", True).over(after)
    marked = records.withColumn("_opens", ends).withColumn("_continues", continues)
    broken = opens | F.coalesce("_continues", F.lit(False))
    return _numbered(marked.withColumn(BROKEN, broken))


def over_lines(lines: DataFrame, syntax: CsvSyntax) -> DataFrame:
    """The same for records that continue on the next line within quotes, from lines with their line breaks.

    BROKEN is a record whose quotes never close.
    """
    placed = lines.select(LINE, *_place(), F.lit(False).alias("_open"))
    # a mark is one at the start of a file; elsewhere it is part of a text
    is_first = F.row_number().over(_by_file(running=False)) == 1
    placed = placed.withColumn(LINE, F.when(is_first, without_mark(F.col(LINE))).otherwise(F.col(LINE)))
    placed = _with_open(placed, syntax)
    begins = ~F.lag("_open", 1, False).over(_by_file(running=False))
    grouped = placed.withColumn("_record", F.sum(begins.cast("long")).over(_by_file())).groupBy(FILE, "_record")
    parts = F.array_sort(F.collect_list(F.struct(_AT, LINE, "_open")))
    records = grouped.agg(parts.alias("_lines"))
    whole = records.select(
        without_break(F.array_join(F.transform("_lines", lambda part: part[LINE]), "")).alias(LINE),
        FILE,
        F.element_at("_lines", 1)[_AT].alias(_AT),
        F.element_at("_lines", -1)["_open"].alias(BROKEN),
    )
    return _numbered(whole.filter(has_content(F.col(LINE), syntax.delimiter)))


def _with_open(lines: DataFrame, syntax: CsvSyntax) -> DataFrame:
    """Whether a quote is open at the end of each line; some lines decide it, others keep or invert the state before."""
    opens, stays = syntax.opens(F.col(LINE)), syntax.stays_open(F.col(LINE))
    turns = (opens & ~stays).cast("long")
    lines = lines.withColumn("_turns", F.sum(turns).over(_by_file()))
    decided = F.when(opens == stays, F.struct(opens.alias("open"), F.col("_turns").alias("turns")))
    lines = lines.withColumn("_last", F.last(decided, True).over(_by_file()))
    turned = (F.col("_turns") - F.coalesce("_last.turns", F.lit(0))) % 2 == 1
    return lines.withColumn("_open", F.coalesce("_last.open", F.lit(False)) != turned)


def _place() -> tuple[SparkColumn, SparkColumn]:
    return F.input_file_name().alias(FILE), F.monotonically_increasing_id().alias(_AT)


def _numbered(records: DataFrame) -> DataFrame:
    return records.select(LINE, FILE, BROKEN, F.row_number().over(_by_file(running=False)).cast("long").alias(ORDINAL))


def _by_file(descending: bool = False, running: bool = True) -> WindowSpec:
    order = Window.partitionBy(FILE).orderBy(F.col(_AT).desc() if descending else F.col(_AT))
    return order.rowsBetween(Window.unboundedPreceding, Window.currentRow) if running else order
