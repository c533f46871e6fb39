"""Reads CSV files; records are counted before they are parsed."""

import csv
import json
from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from dataprep import csv_records, sensitive, text_files
from dataprep.counting import Counter
from dataprep.csv_records import BROKEN
from dataprep.csv_syntax import CsvSyntax
from dataprep.failures import SourceError
from dataprep.names import FILE, MALFORMED, ORDINAL
from dataprep.numbering import file_hash
from dataprep.recipe import Column, Source
from dataprep.storage import Storage
from dataprep.text_files import AT_START, BYTE_ORDER_MARK, LINE, has_content
from dataprep.texts import Texts

# the maximum number of lines of a header
_HEADER_LINES = 1_000
_MAX_COLUMNS = 100_000
# line breaks are replaced during parsing by characters that Unicode reserves for internal use
_BREAKS, _REPLACEMENTS = "\r\n", "\ufdd1\ufdd0"
_PARSED, _HEADER = "_parsed", "_header"


class CsvFiles:
    """A source's CSV files."""

    def __init__(self, spark: SparkSession, source: Source, folder: str) -> None:
        form = source.format
        encoding = form.get("encoding", "UTF-8")
        self._source = source
        self._syntax = CsvSyntax.of(form)
        self._over_lines = form.get("multiLine", False) or text_files.is_wide(encoding)
        read = text_files.read_with_breaks if self._over_lines else text_files.read
        self._lines = read(spark, folder, encoding)
        self._has_header = form.get("header", True)
        self._sizes = Storage(spark).data_files(folder).values()

    @cached_property
    def _header(self) -> tuple[str, list[str]]:
        """The first header as it is written, and the names in it, or in the recipe for files without a header."""
        if not self._has_header:
            return "", list(self._source.format["columns"])
        wanted = self._lines.filter(self._has_content).select(LINE).head(_HEADER_LINES if self._over_lines else 1)
        first = [
            row[LINE].removeprefix(BYTE_ORDER_MARK) if place == 0 else row[LINE] for place, row in enumerate(wanted)
        ]
        escape = self._syntax.escape if self._syntax.escape != self._syntax.quote else None
        reader = csv.reader(
            first,
            delimiter=self._syntax.delimiter,
            quotechar=self._syntax.quote,
            doublequote=escape is None,
            escapechar=escape,
        )
        try:
            names = next(reader, [])
        except csv.Error as error:
            raise SourceError(f"source {self._source.name}: the header cannot be read: {error}") from error
        return "".join(first[: reader.line_num]).rstrip("\r\n"), names

    @property
    def _has_content(self) -> SparkColumn:
        return has_content(F.col(LINE), self._syntax.delimiter)

    @cached_property
    def names(self) -> list[str]:
        """The names of the columns; a name that is empty or repeated is extended by the column's index."""
        _, header = self._header
        often = Tally(name.lower() for name in header)
        twice = [column.origin for column in self._source.columns if often[column.origin.lower()] > 1]
        if twice:
            raise SourceError(f"source {self._source.name}: more than one column is named {', '.join(twice)}")
        return [name if name and often[name.lower()] == 1 else f"{name}#{place}" for place, name in enumerate(header)]

    def has(self, origin: str) -> bool:
        """Whether the files have this column."""
        return origin in self.names

    def is_retyped(self, column: Column) -> bool:
        """Never, as a text has no type."""
        return False

    def is_temporal(self, column: Column) -> bool:
        """Never, as all values are texts."""
        return False

    def texts(self, columns: tuple[Column, ...]) -> Texts:
        """The texts of these columns."""
        return self._in_order(columns) if self._over_lines else self._line_by_line(columns)

    def _line_by_line(self, columns: tuple[Column, ...]) -> Texts:
        """Reads each line by itself; `again` reads the lines in order if headers or open quotes require it."""
        opens = self._syntax.opens(F.col(LINE))
        parsed = self._lines.filter(self._has_content).select(LINE, AT_START, self._parsed(F.col(LINE)).alias(_PARSED))
        # for a header the hash of its file, otherwise null
        header = F.when(F.col(AT_START) & self._is_header(), file_hash(F.input_file_name()))
        header = header if self._has_header else F.lit(None)
        malformed = F.when(F.col(_PARSED)[MALFORMED].isNotNull() | opens, F.col(LINE))
        rows = parsed.select(
            *self._values(columns), malformed.alias(MALFORMED), header.alias(_HEADER), opens.alias("_opens")
        )
        counter = Counter(
            F.count(_HEADER).alias("headers"),
            F.size(F.collect_set(_HEADER)).alias("headed"),
            F.count_if("_opens").alias("open"),
        )
        counted = counter.at(rows).filter(F.col(_HEADER).isNull()).drop(_HEADER, "_opens")

        def again() -> Texts | None:
            files = sum(size > 0 for size in self._sizes) if self._has_header else 0
            found = counter.measured
            plain = found["headers"] == found["headed"] == files and not found["open"]
            return None if plain else self._in_order(columns)

        return Texts(counted, lambda: counter.rows - int(counter.measured["headers"]), again)

    def _in_order(self, columns: tuple[Column, ...]) -> Texts:
        records = csv_records.over_lines if self._over_lines else csv_records.one_a_line
        line = F.translate(LINE, _BREAKS, _REPLACEMENTS) if self._over_lines else F.col(LINE)
        parsed = records(self._lines, self._syntax).select("*", self._parsed(line).alias(_PARSED))
        malformed = F.when(F.col(_PARSED)[MALFORMED].isNotNull() | F.col(BROKEN), F.col(LINE))
        first = F.col(ORDINAL) == 1 if self._has_header else F.lit(False)
        # the first line of a file without a header has values
        shown = F.lit(sensitive.LEFT_OUT) if self._source.is_sensitive else F.left(LINE, F.lit(200))
        other = F.when(first & ~self._is_header(), F.struct(FILE, shown.alias("line")))
        rows = parsed.select(
            *self._values(columns), malformed.alias(MALFORMED), FILE, ORDINAL, first.alias(_HEADER), other.alias("_o")
        )
        counter = Counter(F.count_if(_HEADER).alias("headers"), F.to_json(F.min("_o")).alias("other"))
        counted = counter.at(rows).filter(~F.col(_HEADER)).drop(_HEADER, "_o")

        def again() -> None:
            if found := counter.measured["other"]:
                wrong = json.loads(found)
                raise SourceError(
                    f"source {self._source.name}: header does not conform: {wrong[FILE]}: "
                    f"invalid value {wrong['line']!r}; must be the header of the other files"
                )

        return Texts(counted, lambda: counter.rows - int(counter.measured["headers"]), again)

    def _parsed(self, line: SparkColumn) -> SparkColumn:
        """A struct of the fields by index, and MALFORMED if there are too many or too few."""
        names = [f"c{place}" for place in range(len(self.names))]
        options: Mapping[str, Any] = {
            "sep": self._syntax.delimiter,
            "quote": self._syntax.quote,
            "escape": self._syntax.escape,
            "mode": "PERMISSIVE",
            "maxColumns": _MAX_COLUMNS,
            "columnNameOfCorruptRecord": MALFORMED,
        }
        schema = ", ".join(f"{name} STRING" for name in [*names, MALFORMED])
        return F.from_csv(line, schema, {name: str(value) for name, value in options.items()})

    def _is_header(self) -> SparkColumn:
        """Whether the fields equal the first header; for almost all rows the first field decides it."""
        header, parsed = self._parsed(F.translate(F.lit(self._header[0]), _BREAKS, _REPLACEMENTS)), F.col(_PARSED)
        return parsed["c0"].eqNullSafe(header["c0"]) & parsed.eqNullSafe(header)

    def _values(self, columns: tuple[Column, ...]) -> Iterator[SparkColumn]:
        for column in columns:
            text = self._text(self.names.index(column.origin)) if self.has(column.origin) else F.lit(None)
            yield text.cast("string").alias(column.name)

    def _text(self, place: int) -> SparkColumn:
        text = F.col(_PARSED)[f"c{place}"]
        return F.translate(text, _REPLACEMENTS, _BREAKS) if self._over_lines else text
