"""The jar of Iceberg, which Glue adds to a job run with `--datalake-formats iceberg`; fetched by the first such run.

https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-format-iceberg.html
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from local.single_flight import single_flight

_ROOT = Path(__file__).parents[2]
_POM = _ROOT / "tools" / "iceberg" / "pom.xml"
_ARGUMENT = "--datalake-formats"


def folders(arguments: Mapping[str, str], spark_jars: Path) -> list[Path]:
    """The folders of jars that a job run needs besides Spark's; raises ValueError for an unsupported format."""
    formats = arguments.get(_ARGUMENT, "")
    if formats not in ("", "iceberg"):
        raise ValueError(f"{_ARGUMENT}: invalid value '{formats}'; must be iceberg or unset")
    return [_fetched(spark_jars.resolve().parent / "iceberg-jars")] if formats else []


@single_flight
def _fetched(folder: Path) -> Path:
    if not any(folder.glob("*.jar")):
        command = ["mvn", "-q", "-B", "-f", str(_POM), "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
        found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
        if found.returncode:
            raise ValueError(f"{_ARGUMENT}: cannot fetch the jar of Iceberg; `make iceberg` shows why")
    return folder
