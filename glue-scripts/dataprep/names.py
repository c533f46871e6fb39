"""Names of the columns that travel with the data and are not part of it."""

FILE = "_file"
MALFORMED = "_malformed"
RAW = "_raw"
REASONS = "_reasons"


def quoted(name: str) -> str:
    """The name as SQL takes it, whatever it holds."""
    return "`" + name.replace("`", "``") + "`"
