"""Reads text files of any encoding as lines."""

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

LINE = "_line"
# whether a line is in the first split of its file
AT_START = "_at_start"
BYTE_ORDER_MARK = "\ufeff"
_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Unicode's White_Space, and characters without width: information separators, zero-width spaces, the byte order mark
WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u180e"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_CONTROL = "".join(map(chr, range(0x20)))
# the place between two lines, in a regular expression
_BEHIND_A_BREAK = r"(?:(?<=\n)|(?<=\r)(?!\n))(?!\z)"
# encodings in which a line break is not one byte, so that Spark cannot split files
_WIDE_ENCODINGS = ("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32")


def is_wide(encoding: str) -> bool:
    """Whether one task must read a whole file of this encoding."""
    return encoding in _WIDE_ENCODINGS


def read(spark: SparkSession, folder: str, encoding: str = "UTF-8", whole: bool = False) -> DataFrame:
    """LINE for each line, or for each file if `whole`, and AT_START."""
    files = spark.read.text(folder, wholetext=whole, recursiveFileLookup=True)
    lines = _lines(files, _decoded(F.col("value"), encoding, whole))
    return lines.withColumn(LINE, without_mark(F.col(LINE)))


def read_with_breaks(spark: SparkSession, folder: str, encoding: str) -> DataFrame:
    """LINE for each line with its line break, whichever it is, and AT_START; the last line may have one too many."""
    if is_wide(encoding):
        files = spark.read.text(folder, wholetext=True, recursiveFileLookup=True)
        return _lines(files, F.explode(F.split(_decoded(F.col("value"), encoding), _BEHIND_A_BREAK)))
    # Spark would split at all line breaks and not say which they were
    files = spark.read.text(folder, lineSep="\n", recursiveFileLookup=True)
    text = F.concat(_decoded(F.col("value"), encoding), F.lit("\n"))
    lines = F.when(text.contains("\r"), F.split(text, _BEHIND_A_BREAK)).otherwise(F.array(text))
    return _lines(files, F.explode(lines))


def without_break(line: SparkColumn) -> SparkColumn:
    """The line without the line break at its end."""
    return F.regexp_replace(line, r"(?:\r\n|\r|\n)\z", "")


def without_mark(line: SparkColumn) -> SparkColumn:
    """The line without a byte order mark at its start."""
    return F.when(line.startswith(BYTE_ORDER_MARK), F.substring(line, 2, 1 << 30)).otherwise(line)


def _lines(files: DataFrame, line: SparkColumn) -> DataFrame:
    return files.select(line.alias(LINE), (F.input_file_block_start() == 0).alias(AT_START))


def _decoded(value: SparkColumn, encoding: str, whole: bool = False) -> SparkColumn:
    """Decodes bytes; the byte order mark of a whole file may show that it is in UTF-16."""
    content = value.cast("binary")
    if encoding != "UTF-8":
        return F.decode(content, encoding)
    is_utf_16 = F.substring(content, 1, 2).isin(*map(F.lit, _MARKS_OF_UTF_16))
    return F.when(is_utf_16, F.decode(content, "UTF-16")).otherwise(value) if whole else value


def has_content(line: SparkColumn, delimiter: str = "") -> SparkColumn:
    """Whether a line has other characters than white space; a delimiter, even a tab, is no white space."""
    visible = (line >= "!") & (line < "\x7f")
    space = "".join(f"\\u{ord(each):04x}" for each in _CONTROL + WHITE_SPACE if each != delimiter)
    return visible | line.rlike(f"[^{space}]")
