"""Writing what a run makes, all of it under the run's own prefixes."""

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

# a spreadsheet takes a cell that begins so for a formula, behind white space and in full width, too;
# https://owasp.org/www-community/attacks/CSV_Injection. Apostrophes before it are as in the text: it has one more
_FORMULA = r"^'*(?:[\t\r\n]|[\s\p{Z}\p{C}]*[=+\-@\uff1d\uff0b\uff0d\uff20])"
_CSV_OPTIONS: Mapping[str, Any] = {
    "header": True,
    "escape": '"',
    "emptyValue": "",
    # a text that the recipe does not trim keeps its spaces here too
    "ignoreLeadingWhiteSpace": False,
    "ignoreTrailingWhiteSpace": False,
}


@dataclass(frozen=True)
class Places:
    """Where one job run writes, below a root such as s3://bucket: no other job run of the same run writes there."""

    root: str
    run_id: str
    job_run: str

    def _below(self, prefix: str) -> str:
        return f"{self.root}/{prefix}/run_id={self.run_id}/job_run={self.job_run}/"

    @property
    def dataset(self) -> str:
        """The folder of the data set's Parquet files; what else lies there has names that begin with _."""
        return self._below("transformed-data/dataset")

    @property
    def csv(self) -> str:
        """The data set as one file, staged for the publish."""
        return f"{self.dataset}_output.csv"

    @property
    def objects(self) -> str:
        """The list of the data set's objects."""
        return f"{self.dataset}_objects.json"

    @property
    def quarantine(self) -> str:
        """The folder of the rows that were not good enough."""
        return self._below("quarantine")

    def quarantine_of(self, source: str) -> str:
        """Where those of one source lie: no two writes share a folder, which not every file system can commit."""
        return f"{self.quarantine}{source.replace(' ', '-')}/"

    @property
    def rules(self) -> str:
        """What the rules found, as JSON lines, for the catalog's table."""
        return self._below("quality") + "rules.json"

    @property
    def report(self) -> str:
        """The quality report."""
        return self._below("reports") + "quality.json"


def json_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_csv(dataset: DataFrame, storage: Storage, target: str) -> int:
    """Writes the data set as one CSV file, ordered by its columns; the size in bytes."""
    folder = target + ".parts/"
    one_file(dataset).write.mode("overwrite").csv(folder, **_options(dataset))
    return storage.take_only_file(folder, ".csv", target)


def _options(dataset: DataFrame) -> Mapping[str, Any]:
    """A line without anything but white space is no row to those that read it: one column alone is quoted then."""
    if len(dataset.columns) > 1:
        return _CSV_OPTIONS
    text = F.col(quoted(dataset.columns[0])).cast("string")
    blank = dataset.filter(text.rlike(r"^[\s\p{Z}\p{C}]+$")).head()
    return {**_CSV_OPTIONS, "emptyValue": '""', "nullValue": '""', "quoteAll": blank is not None}


def one_file(dataset: DataFrame) -> DataFrame:
    """The data set's rows as one task writes them; it reads them itself, as they come without a shuffle."""
    cells = [_cell(name, kind).alias(name) for name, kind in dataset.dtypes]
    return dataset.coalesce(1).sortWithinPartitions(*map(quoted, dataset.columns)).select(*cells)


def _cell(name: str, kind: str) -> SparkColumn:
    column = F.col(quoted(name))
    if kind == "timestamp":
        # with a fraction of a second only if there is one
        text = column.cast("string")
        return F.concat(F.left(text, F.lit(10)), F.lit("T"), F.substring(text, 12, 16), F.lit("Z"))
    if kind != "string":
        return exact(column, kind, "string") if kind.startswith("decimal") else column
    return F.when(column.rlike(_FORMULA), F.concat(F.lit("'"), column)).otherwise(column)
