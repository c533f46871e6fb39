"""Glue's versions: the Python and the Spark of a job run."""

import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class GlueVersion:
    """One version: its interpreter and the jars of its S3 file system."""

    python: Path
    jars: Path


def find(version: str, spark_jars: Path) -> GlueVersion:
    """The version; `spark_jars` is the folder with the jars of 6.0, next to which 5.1 is installed."""
    versions = {
        "6.0": GlueVersion(Path(sys.executable), spark_jars),
        "5.1": GlueVersion(
            spark_jars.resolve().parent / "glue-5.1" / "bin" / "python",
            spark_jars.resolve().parent / "glue-5.1-jars",
        ),
    }
    if version not in versions:
        raise ValueError(f"GlueVersion: invalid value '{version}'; must be one of {', '.join(versions)}")
    found = versions[version]
    if not found.python.exists():
        raise ValueError(f"GlueVersion: '{version}' is not installed; `make glue-{version}` does that")
    return found
