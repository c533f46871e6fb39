"""Names of internal columns, which are no part of the data set."""

FILE = "_file"
FILE_HASH = "_file_hash"
MALFORMED = "_malformed"
ORDINAL = "_ordinal"
# null for a valid row, and for an invalid one the struct of REASONS, RAW, MALFORMED and FILE
QUARANTINE = "_quarantine"
RAW = "_raw"
REASONS = "_reasons"
ROW = "row"
# the fields of an entry of REASONS that name the broken rule; its last field is the value that breaks it
REASON = ("source", "column", "rule")
REASONS_TYPE = "array<struct<source:string,column:string,rule:string,value:string>>"


def quoted(name: str) -> str:
    """The name quoted for SQL, whatever characters it has."""
    return "`" + name.replace("`", "``") + "`"
