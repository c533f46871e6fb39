"""Parses JSON texts in Spark SQL: validity, elements and fields, with numbers as they are written.

Spark's parser reads the first value of a text and ignores the rest, and converts numbers to doubles. So numbers become
strings with a mark before they are parsed, and a value is parsed as an element of an array with an extra last element,
which is missing if the parser stopped before the end.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import functions as F
from pyspark.sql.types import DataType

# a character that Unicode reserves for internal use: https://www.unicode.org/faq/private_use.html#nonchar4
_MARK = "\ufdd0"
_END = _MARK + "end"
_OPTIONS: Mapping[str, str] = {"mode": "PERMISSIVE", "allowSingleQuotes": "false"}
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_NUMBER = r"-?+(?:(?:0|[1-9]\d*+)(?:\.\d++)?+(?:[eE][+-]?+\d++)?+|NaN|Infinity)(?![\w.+-])"
_NUMBERS = rf"(?s)\G((?:[^\"\d\-NI]++|{_STRING}|(?!{_NUMBER})[\d\-NI][\w.+-]*+)*+)({_NUMBER})"
# the boundaries between values that follow one another without a comma
_BOUNDARIES = rf"(?s)\G((?:[^\"}}\]]++|{_STRING}|[}}\]](?!\s*+[{{\[]))*+[}}\]])\s*+(?=[{{\[])"
_MARKED = rf'"{_MARK}([^"]*+)"'
# unpaired surrogates, which cannot be encoded
_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALVES = rf"(?<!\\)((?:\\\\)*+)(?:{_HIGH}(?!{_LOW})|(?<!{_HIGH}){_LOW})"


def marked(text: SparkColumn) -> SparkColumn:
    """The text with numbers as marked strings, and U+FFFD for unpaired surrogates."""
    whole = F.when(text.contains("\\u"), F.regexp_replace(text, _HALVES, r"$1\\ufffd")).otherwise(text)
    return F.regexp_replace(whole, _NUMBERS, f'$1"{_MARK}$2"')


def plain(text: SparkColumn) -> SparkColumn:
    """The original of a marked text, or of a value in it."""
    value = F.when(text.startswith(_MARK), F.substring(text, 2, 1 << 30)).otherwise(text)
    return F.when(text.contains(f'"{_MARK}'), F.regexp_replace(text, _MARKED, "$1")).otherwise(value)


def elements(text: SparkColumn) -> SparkColumn:
    """The values in a marked text, with the elements of arrays one by one; null if the text is no JSON."""
    separated = F.regexp_replace(text, _BOUNDARIES, "$1,")
    return F.flatten(F.transform(_values(separated), _of_array))


def elements_of_array(text: SparkColumn) -> SparkColumn:
    """The elements of a marked text that is one array; otherwise null."""
    values = _values(text)
    return F.when(text.startswith("[") & (F.size(values) == 1), _of_array(values[0]))


def _of_array(value: SparkColumn) -> SparkColumn:
    return F.when(value.startswith("["), F.from_json(value, "array<string>", _OPTIONS)).otherwise(F.array(value))


def _values(text: SparkColumn) -> SparkColumn:
    """The values between commas; null if the parser stopped before the end of the text."""
    values = _parsed(F.concat(F.lit("["), text, F.lit(f',"{_END}"]')), "array<string>")
    found = F.slice(values, 1, F.greatest(F.size(values) - 1, F.lit(0)))
    return F.when(F.try_element_at(values, F.lit(-1)) == _END, found)


def names(text: SparkColumn) -> SparkColumn:
    """The names in an object, repeated ones too; null if the marked text is not one object."""
    return F.map_keys(fields(text))


def fields(text: SparkColumn) -> SparkColumn:
    """The values of an object by name; null if the marked text is not one object."""
    objects = _parsed(F.concat(F.lit("["), text, F.lit(f',{{"{_END}":""}}]')), "array<map<string,string>>")
    ends = F.map_keys(F.try_element_at(objects, F.lit(2))) == F.array(F.lit(_END))
    return F.when((F.size(objects) == 2) & ends, objects[0])


def repeats(found: SparkColumn, wanted: Iterable[str]) -> SparkColumn:
    """Whether `found` has one of these names more than once."""
    taken = F.filter(found, lambda name: name.isin(list(wanted)))
    return F.size(F.array_distinct(taken)) < F.size(taken)


def _parsed(text: SparkColumn, kind: str | DataType, **more: Any) -> SparkColumn:
    return F.from_json(text, kind, {**_OPTIONS, **more})


def record(text: SparkColumn, kind: DataType, malformed: str) -> SparkColumn:
    """A marked object as a struct, whose field `malformed` is not null if the object does not fit the type."""
    return _parsed(text, kind, columnNameOfCorruptRecord=malformed)
