"""The transforms by which a recipe partitions the data set, such as month(placed) or bucket(16, customer_id)."""

import re
from dataclasses import dataclass

_TERM = re.compile(r"(?:(\w+)\((?:(\d+), *)?)?(\w+)\)?")


@dataclass(frozen=True)
class Partition:
    """A transform of a column; `width` is the number of buckets, or the width to which values are truncated."""

    transform: str
    column: str
    width: int | None = None

    def __str__(self) -> str:
        if self.transform == "identity":
            return self.column
        return f"{self.transform}({self.column if self.width is None else f'{self.width}, {self.column}'})"


def parse(term: str) -> Partition:
    """Parses a term that conforms to the recipe's schema; a column alone is its identity."""
    found = _TERM.fullmatch(term)
    if not found:
        raise ValueError(f"{term} is no partition")
    transform, width, column = found.groups()
    return Partition(transform or "identity", column, int(width) if width else None)


def listed(partitions: tuple[Partition, ...]) -> str:
    """The partitions as a text."""
    return ", ".join(map(str, partitions)) or "nothing"
