"""Exact casts between types: a value that the other type cannot hold is null.

Types have Spark's names here. The cast to double takes the nearest double, and never NaN or infinity.
"""

import re

from pyspark.sql import Column
from pyspark.sql import functions as F

from dataprep import catalyst, types

INTEGERS = {"tinyint": 3, "smallint": 5, "int": 10, "bigint": 19}
DOUBLES = ("float", "double")
# the least double above all 64-bit integers, which Spark would cast to the greatest of them
_BEYOND_LONG = 2.0**63
MAX_DIGITS = 38
_DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")


def is_number(kind: str) -> bool:
    """Whether values of the type are numbers."""
    return kind in INTEGERS or kind in DOUBLES or kind.startswith("decimal")


def digits(kind: str) -> tuple[int, int] | None:
    """The maximum number of digits before and after the decimal point; None for other types."""
    decimal = _DECIMAL.fullmatch(kind)
    if decimal:
        return int(decimal[1]) - int(decimal[2]), int(decimal[2])
    return (INTEGERS[kind], 0) if kind in INTEGERS else None


def holds(kind: str, other: str) -> bool:
    """Whether a type can hold all values of another type; both are types of exact numbers."""
    room, needed = digits(kind), digits(other)
    return room is not None and needed is not None and room[0] >= needed[0] and room[1] >= needed[1]


def comparable(kind: str, other: str) -> bool:
    """Whether values of two types are compared without a change of any value."""
    if kind == other:
        return True
    if "double" in (kind, other):
        return {kind, other} <= {"double", "int", "smallint", "tinyint"}
    room, more = digits(kind), digits(other)
    return room is not None and more is not None and max(room[0], more[0]) + max(room[1], more[1]) <= MAX_DIGITS


def exact(of: Column, kind: str, wanted: str) -> Column:
    """The value cast to the wanted type; null if that is a numeric type that cannot hold it."""
    if wanted == "string" and kind.startswith("decimal"):
        return catalyst.cast(of, wanted, "ANSI")  # without an exponent
    if kind == "string" and is_number(wanted):
        return types.converted(wanted, F.btrim(of))
    if holds(wanted, kind) or wanted == "double" or not (is_number(kind) and is_number(wanted)):
        return of.cast(wanted)
    found = catalyst.cast(of, wanted, "TRY")
    if kind in INTEGERS:
        return found
    same = found.cast(kind) == of
    if kind in DOUBLES and wanted in INTEGERS:
        same = same & (of < _BEYOND_LONG)
    return F.when(same, found)


def declared(of: Column, kind: str, wanted: str) -> Column:
    """A computed value cast to the type that the recipe declares."""
    if wanted == "double":
        return finite(exact(of, kind, wanted))
    if kind == "string" and wanted != "string":
        return types.converted(wanted, F.when(F.btrim(of) != "", F.btrim(of)))
    if wanted in ("date", "timestamp"):
        found = of.cast(wanted)
        return F.when(types.in_range(found, wanted) & (found.cast(kind) == of), found)
    if (is_number(kind) and is_number(wanted)) or kind in (wanted, "void") or wanted == "string":
        return exact(of, kind, wanted)
    found = catalyst.cast(of, wanted, "TRY")
    return F.when(found.cast(kind) == of, found)


def finite(of: Column) -> Column:
    """Null for NaN and infinity, whose remainder by infinity is NaN; the double is computed once."""
    return F.nanvl(of % F.lit(float("inf")), F.lit(None).cast("double"))
