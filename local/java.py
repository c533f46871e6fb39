"""The Java that Spark runs on: the machine's, or another one that is installed if the machine's is too new or old.

Hadoop's client, which Spark reads S3 with, needs what Java 24 has taken away: https://openjdk.org/jeps/486
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

_FIT = range(17, 24)
_ALLOWED = f"Java {_FIT[0]} to {_FIT[-1]}"
# where packages, installers and version managers put them
_PLACES = (
    "/usr/lib/jvm/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
)
# https://docs.oracle.com/en/java/javase/17/migrate/getting-started.html
_VERSION = re.compile(r'^JAVA_VERSION="(?:1\.)?(\d+)', re.MULTILINE)


class JavaError(Exception):
    """There is no Java that Spark runs on."""


def variables() -> dict[str, str]:
    """What a process needs in its environment for Spark to run on the right Java; raises JavaError if there is none."""
    first = _first()
    if first is None:
        raise JavaError(f"no java is in the path, and JAVA_HOME is not set: allowed is {_ALLOWED}")
    version = _version(first)
    # of one that does not say what it is, Spark will tell
    if version is None or version in _FIT:
        return {}
    fit = next((home for home in _installed() if _version(home) in _FIT), None)
    if fit is None:
        raise JavaError(
            f"Spark runs on {_ALLOWED}, got {version} in {first}: install one of these, or set JAVA_HOME to one"
        )
    return {"JAVA_HOME": str(fit)}


def _first() -> Path | None:
    """The home of the Java that Spark takes by itself."""
    if given := os.environ.get("JAVA_HOME"):
        return Path(given)
    found = shutil.which("java")
    return Path(found).resolve().parents[1] if found else None


def _installed() -> Iterator[Path]:
    for place in _PLACES:
        yield from sorted(Path("/").glob(str(Path(place).expanduser()).lstrip("/")))


def _version(home: Path) -> int | None:
    """Its major version, if it says so."""
    try:
        found = _VERSION.search((home / "release").read_text(encoding="utf-8"))
    except OSError:
        return None
    return int(found[1]) if found else None
