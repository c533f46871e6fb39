"""The lines of text files, whatever their encoding: what a line means is the formats' business."""

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

LINE = "_line"
# whether a line is in the part of its file that begins with the first byte
AT_START = "_at_start"
_BYTE_ORDER_MARK = "\ufeff"
_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Unicode's White_Space, and what has no width: separators of information, zero-width spaces, the byte order mark
WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u180e"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_CONTROL = "".join(map(chr, range(0x20)))
# whose line breaks are not the one byte at which Spark splits files
_WIDE_ENCODINGS = ("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32")


def is_wide(encoding: str) -> bool:
    """Whether files of this encoding are read whole, each by one task."""
    return encoding in _WIDE_ENCODINGS


def read(spark: SparkSession, folder: str, encoding: str = "UTF-8", whole: bool = False) -> DataFrame:
    """LINE for each line, or for each file if `whole`, and AT_START."""
    wide = is_wide(encoding)
    files = spark.read.text(folder, wholetext=whole or wide, recursiveFileLookup=True)
    value = F.col("value")
    text = _decoded(value, encoding, whole)
    line = F.explode(F.split(text, "\r\n|\r|\n")) if wide and not whole else text
    lines = files.select(line.alias(LINE), (F.input_file_block_start() == 0).alias(AT_START))
    marked = F.col(LINE).startswith(_BYTE_ORDER_MARK)
    return lines.withColumn(LINE, F.when(marked, F.substring(LINE, 2, 1 << 30)).otherwise(F.col(LINE)))


def _decoded(value: SparkColumn, encoding: str, whole: bool) -> SparkColumn:
    """The text of bytes; a whole file may say by its mark that it is of UTF-16."""
    content = value.cast("binary")
    if encoding != "UTF-8":
        return F.decode(content, encoding)
    is_utf_16 = F.substring(content, 1, 2).isin(*map(F.lit, _MARKS_OF_UTF_16))
    return F.when(is_utf_16, F.decode(content, "UTF-16")).otherwise(value) if whole else value


def has_content(line: SparkColumn, delimiter: str = "") -> SparkColumn:
    """Whether anything but white space is in a line; a delimiter is something, even if it is a tab."""
    visible = (line >= "!") & (line < "\x7f")
    space = "".join(f"\\u{ord(each):04x}" for each in _CONTROL + WHITE_SPACE if each != delimiter)
    return visible | line.rlike(f"[^{space}]")
