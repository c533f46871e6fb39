"""Names of the columns that travel with the data and are not part of it."""

ASIDE = "_aside"
FILE = "_file"
FILE_HASH = "_file_hash"
MALFORMED = "_malformed"
ORDINAL = "_ordinal"
RAW = "_raw"
REASONS = "_reasons"
ROW = "row"
# the part of REASONS that says what is wrong; beside it stands the value that is
REASON = ("source", "column", "rule")
REASONS_TYPE = "array<struct<source:string,column:string,rule:string,value:string>>"


def quoted(name: str) -> str:
    """The name as SQL takes it, whatever it holds."""
    return "`" + name.replace("`", "``") + "`"
