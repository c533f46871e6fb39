"""Writes the outputs of a run, all of them below prefixes of this run."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.conversion import exact
from dataprep.names import quoted
from dataprep.storage import Storage

# a spreadsheet evaluates a cell with this start as a formula, also after white space and in full width; see
# https://owasp.org/www-community/attacks/CSV_Injection. A text with apostrophes before it gets one more
_FORMULA = r"^'*(?:[\t\r\n]|[\s\p{Z}\p{C}]*[=+\-@\uff1d\uff0b\uff0d\uff20])"
# the file in the folder of a data set that names the metadata file of its Iceberg table
TABLE_POINTER = "_table.json"
# the file in the folder of a data set that lists its files
OBJECTS = "_objects.json"
_CSV_OPTIONS: Mapping[str, Any] = {
    "header": True,
    "escape": '"',
    "emptyValue": "",
    # a text that the recipe does not trim keeps its spaces
    "ignoreLeadingWhiteSpace": False,
    "ignoreTrailingWhiteSpace": False,
}


@dataclass(frozen=True)
class OutputPaths:
    """The URIs to which one job run writes, below a root such as s3://bucket; other job runs have other URIs."""

    root: str
    run_id: str
    job_run: str

    def _below(self, prefix: str) -> str:
        return f"{self.root}/{prefix}/run_id={self.run_id}/job_run={self.job_run}/"

    @property
    def datasets(self) -> str:
        """The folder of the data sets of all runs."""
        return f"{self.root}/transformed-data/dataset"

    @property
    def dataset(self) -> str:
        """The folder of the data set's Parquet files; other files in it have names that begin with _."""
        return self._below("transformed-data/dataset")

    @property
    def table_location(self) -> str:
        """The folder of the Iceberg table, with a folder of each job run."""
        return f"{self.root}/transformed-data/table"

    @property
    def table(self) -> str:
        """The folder of the Iceberg table's files that this job run writes."""
        return self._below("transformed-data/table")

    @property
    def table_pointer(self) -> str:
        """The facts about the table, with its metadata file; as long as it exists, all its files are kept."""
        return f"{self.dataset}{TABLE_POINTER}"

    @property
    def csv(self) -> str:
        """The data set as one CSV file, staged for publication."""
        return f"{self.dataset}_output.csv"

    @property
    def objects(self) -> str:
        """The list of the data set's objects."""
        return f"{self.dataset}{OBJECTS}"

    @property
    def quarantine(self) -> str:
        """The folder of quarantined rows."""
        return self._below("quarantine")

    def quarantine_of(self, source: str) -> str:
        """The folder of one source's quarantined rows; not every file system can commit two writes to one folder."""
        return f"{self.quarantine}{source.replace(' ', '-')}/"

    @property
    def rules(self) -> str:
        """The findings of the rules as JSON lines, for the catalog's table."""
        return self._below("quality") + "rules.json"

    @property
    def report(self) -> str:
        """The quality report."""
        return self._below("reports") + "quality.json"


def json_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_csv(dataset: DataFrame, storage: Storage, target: str) -> int:
    """Writes the data set as one CSV file, sorted by its columns; returns the size in bytes."""
    folder = target + ".parts/"
    one_file(dataset).write.mode("overwrite").csv(folder, **_options(dataset))
    return storage.take_only_file(folder, ".csv", target)


def _options(dataset: DataFrame) -> Mapping[str, Any]:
    """CSV readers skip lines of white space, so that such values of a single column must be quoted."""
    if len(dataset.columns) > 1:
        return _CSV_OPTIONS
    text = F.col(quoted(dataset.columns[0])).cast("string")
    blank = dataset.filter(text.rlike(r"^[\s\p{Z}\p{C}]+$")).head()
    return {**_CSV_OPTIONS, "emptyValue": '""', "nullValue": '""', "quoteAll": blank is not None}


def one_file(dataset: DataFrame) -> DataFrame:
    """The rows as one task writes them; the task reads them itself, without a shuffle."""
    cells = [_cell(name, kind).alias(name) for name, kind in dataset.dtypes]
    return dataset.coalesce(1).sortWithinPartitions(*map(quoted, dataset.columns)).select(*cells)


def _cell(name: str, kind: str) -> SparkColumn:
    column = F.col(quoted(name))
    if kind == "timestamp":
        # a fraction of a second is written only if it is not zero
        text = column.cast("string")
        return F.concat(F.left(text, F.lit(10)), F.lit("T"), F.substring(text, 12, 16), F.lit("Z"))
    if kind != "string":
        return exact(column, kind, "string") if kind.startswith("decimal") else column
    return F.when(column.rlike(_FORMULA), F.concat(F.lit("'"), column)).otherwise(column)
