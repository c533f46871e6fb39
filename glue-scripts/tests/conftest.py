"""One Spark session for all tests, and a function that runs a recipe on files of a test."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyspark
import pytest
from pyspark.sql import SparkSession

if TYPE_CHECKING:
    from database_servers import Server

SCRIPTS = Path(__file__).parents[1]
HASH_KEY = "a key of the tests, of more than 32 characters"
sys.path.insert(0, str(SCRIPTS))


def place(path: Path) -> str:
    """The file or folder as an argument of the job, in which spaces are not escaped."""
    return f"file://{path}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Skips a test of a feature that the job does not support on Glue 5.1."""
    from dataprep.failures import SourceError
    from dataprep.readers import NEEDS_GLUE_6

    try:
        return (yield)
    except SourceError as error:
        if NEEDS_GLUE_6 in str(error) and pyspark.__version__.startswith("3."):
            pytest.skip(NEEDS_GLUE_6)
        raise


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A Spark session for short runs."""
    from recipe_cases import session

    is_glue_5_1 = pyspark.__version__.startswith("3.")
    iceberg = [] if is_glue_5_1 else [session.ROOT / ".cache/iceberg-jars"]
    conf = {
        # a limit that a transfer of rows to the driver would exceed
        "spark.driver.maxResultSize": "1m",
        # longer runs have adaptive execution; the core of the tests runs on both versions, with and without it
        "spark.sql.adaptive.enabled": str(is_glue_5_1).lower(),
    }
    started = session.start(*iceberg, **conf)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def postgres(spark: SparkSession) -> Iterator["Server"]:
    """A PostgreSQL server."""
    import database_servers

    with database_servers.postgresql(spark) as server:
        yield server


@pytest.fixture(scope="session")
def maria(spark: SparkSession) -> Iterator["Server"]:
    """A MariaDB server."""
    import database_servers

    with database_servers.mariadb(spark) as server:
        yield server


@dataclass
class Outcome:
    """The outputs of a run."""

    root: Path
    report: dict[str, Any]

    @property
    def csv(self) -> list[str]:
        """The lines of the data set as CSV, the header first."""
        return self.csv_text.splitlines()

    @property
    def csv_text(self) -> str:
        """The data set as CSV, with its line breaks as they are."""
        return (self.root / "transformed-data/dataset/run_id=r1/job_run=j1/_output.csv").read_bytes().decode()

    @property
    def quarantine(self) -> list[dict[str, Any]]:
        """The quarantined rows."""
        files = sorted((self.root / "quarantine/run_id=r1/job_run=j1").glob("*/*.json"))
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]


Run = Callable[..., Outcome]


@pytest.fixture
def run(spark: SparkSession, tmp_path: Path) -> Run:
    """Runs a recipe; `files` has the content of each file by its path below the raw folder."""

    def start(document: dict[str, Any], files: dict[str, str | bytes], published: str = "") -> Outcome:
        return run_in(spark, tmp_path, document, files, published)

    return start


def run_in(
    spark: SparkSession, folder: Path, document: dict[str, Any], files: Mapping[str, str | bytes], published: str = ""
) -> Outcome:
    """Runs a recipe in a folder, as `run` does."""
    from dataprep import databases, inputs, job, recipe
    from dataprep.storage import Storage

    for path, content in files.items():
        file = folder / "raw/run_id=r1" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    parsed, root = recipe.parse(json.dumps(document)), place(folder)
    located = inputs.locate(Storage(spark), parsed.sources, f"{root}/raw/run_id=r1/", published)
    located = databases.read(spark, parsed, located, "j1")
    report = job.run(spark, parsed, located, root, "r1", "j1", hash_key=HASH_KEY)
    assert report == json.loads((folder / "reports/run_id=r1/job_run=j1/quality.json").read_text())
    return Outcome(folder, report)


def recipe_of(*columns: dict[str, Any], steps: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """A recipe with one CSV source `rows` of these columns."""
    source = {"format": more.pop("format", {"type": "csv"}), "columns": list(columns)}
    sources = {"rows": source, **more.pop("sources", {})}
    return {"name": "result", "sources": sources, "dataset": {"from": "rows", "steps": steps or []}, **more}
