"""Reads JSON: one object per line, or files of objects, in arrays or one after another."""

from collections.abc import Iterator
from functools import cached_property, reduce

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from dataprep import json_values, text_files
from dataprep.counting import Counter
from dataprep.failures import SourceError
from dataprep.names import MALFORMED
from dataprep.recipe import Column, Source
from dataprep.text_files import LINE, has_content
from dataprep.texts import Texts

_RECORDS, _RECORD, _RAW, _OBJECT, _NAMES = "_records", "_record", "_raw_text", "_object", "_names"


class JsonFiles:
    """A source's JSON files."""

    def __init__(self, spark: SparkSession, source: Source, folder: str) -> None:
        self._source = source
        whole = source.format["type"] == "json"
        documents = text_files.read(spark, folder, whole=whole).filter(has_content(F.col(LINE)))
        text = json_values.marked(F.col(LINE))
        documents = documents.select(LINE, text.alias(_RECORD))
        read = json_values.elements if whole else json_values.elements_of_array
        # a text that is no JSON is one record, and so is the object of a line
        found = read(F.col(_RECORD))
        self._documents = documents.select(LINE, _RECORD, found.alias(_RECORDS))

    def _records(self, documents: DataFrame) -> DataFrame:
        """Each marked record, and the text from which it was read."""
        one = F.struct(F.col(_RECORD), F.col(LINE).alias(_RAW))
        many = F.transform(
            _RECORDS,
            lambda each: F.struct(
                F.coalesce(each, F.lit("null")).alias(_RECORD),
                json_values.plain(F.coalesce(each, F.lit("null"))).alias(_RAW),
            ),
        )
        return documents.select(F.inline(F.coalesce(many, F.array(one))))

    @cached_property
    def names(self) -> list[str]:
        """The names of the fields of all objects, which takes a pass over the files."""
        names = F.explode(json_values.names(F.col(_RECORD)))
        return sorted(row[0] for row in self._records(self._documents).select(names).distinct().collect())

    def has(self, origin: str) -> bool:
        """Always, as an object may omit any name."""
        return True

    def is_retyped(self, column: Column) -> bool:
        """Never, as all values are read as texts."""
        return False

    def is_temporal(self, column: Column) -> bool:
        """Never, as JSON has no such type."""
        return False

    def texts(self, columns: tuple[Column, ...]) -> Texts:
        """The texts of these columns of each object."""
        counter = Counter(F.sum(F.when(F.col(_RECORDS).isNull(), 1).otherwise(F.size(_RECORDS))).alias("records"))
        counted = counter.at(self._documents)
        tree = _tree([path for column in columns for path in _paths(column.origin)])
        self._require_distinct(tree)
        schema = StructType([*_fields(tree), StructField(MALFORMED, StringType())])
        record = F.col(_RECORD)
        rows = self._records(counted).select(
            _RAW,
            json_values.fields(record).alias(_NAMES),
            json_values.record(record, schema, MALFORMED).alias(_OBJECT),
        )
        wrong = F.col(_NAMES).isNull() | F.col(_OBJECT)[MALFORMED].isNotNull() | _repeats(F.col(_NAMES), tree)
        values = (_value(column.origin, tree).alias(column.name) for column in columns)
        malformed = F.when(wrong, F.col(_RAW)).alias(MALFORMED)
        return Texts(rows.select(*values, malformed), lambda: int(counter.measured["records"] or 0))

    def _require_distinct(self, tree: "Tree") -> None:
        """Raises SourceError for names that differ in case only, which Spark does not distinguish."""
        for name, below in tree.items():
            alike = [other for other in tree if other.lower() == name.lower()]
            if len(alike) > 1:
                raise SourceError(
                    f"source {self._source.name}: names differ in their case only: {', '.join(alike)}; "
                    "must be one of them: list the others in ignored"
                )
            self._require_distinct(below)


Tree = dict[str, "Tree"]


def _paths(origin: str) -> Iterator[list[str]]:
    """The origin as one name, which may contain dots, and as a path into nested objects."""
    yield [origin]
    if "." in origin:
        yield origin.split(".")


def _tree(paths: list[list[str]]) -> Tree:
    tree: Tree = {}
    for path in paths:
        node = tree
        for name in path:
            node = node.setdefault(name, {})
    return tree


def _fields(tree: Tree) -> list[StructField]:
    return [StructField(name, StructType(_fields(below)) if below else StringType()) for name, below in tree.items()]


def _value(origin: str, tree: Tree) -> SparkColumn:
    return json_values.plain(F.coalesce(*(_at(path, tree) for path in _paths(origin))))


def _at(path: list[str], tree: Tree) -> SparkColumn:
    node = tree
    for name in path:
        node = node[name]
    if not node:
        return reduce(SparkColumn.getField, path, F.col(_OBJECT))
    # the recipe also takes parts of this object, so that it was not parsed as one text
    text, fields = F.lit(None), F.col(_NAMES)
    for name in path:
        text = F.try_element_at(fields, F.lit(name))
        fields = json_values.fields(text)
    return text


def _repeats(fields: SparkColumn, tree: Tree) -> SparkColumn:
    """Whether an object, or one nested in it, has a name of the recipe twice."""
    found = json_values.repeats(F.map_keys(fields), tree)
    for name, below in tree.items():
        if below:
            inner = json_values.fields(F.try_element_at(fields, F.lit(name)))
            found = found | F.coalesce(_repeats(inner, below), F.lit(False))
    return found
