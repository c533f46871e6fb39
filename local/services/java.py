"""The Java that Spark runs on: the default one, or another installed one if Spark does not support the default.

Hadoop's S3 client needs the Security Manager, which Java 24 has removed: https://openjdk.org/jeps/486
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

_SUPPORTED = range(17, 24)
_SUPPORTED_TEXT = f"Java {_SUPPORTED[0]} to {_SUPPORTED[-1]}"
# the folders of packages, installers and version managers
_HOMES = (
    "/usr/lib/jvm/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
)
# https://docs.oracle.com/en/java/javase/17/migrate/getting-started.html
_VERSION = re.compile(r'^JAVA_VERSION="(?:1\.)?(\d+)', re.MULTILINE)


class JavaError(Exception):
    """No installed Java is supported by Spark."""


def variables() -> dict[str, str]:
    """The environment variables that make Spark use a supported Java; raises JavaError if none is installed."""
    default = _default()
    if default is None:
        raise JavaError(
            f"java is not in PATH and JAVA_HOME is unset; install {_SUPPORTED_TEXT}, or set JAVA_HOME to it"
        )
    version = _version(default)
    # Spark itself fails if a Java without a version is not supported
    if version is None or version in _SUPPORTED:
        return {}
    supported = next((home for home in _installed() if _version(home) in _SUPPORTED), None)
    if supported is None:
        raise JavaError(
            f"invalid Java version '{version}' in {default}; must be {_SUPPORTED_TEXT}: install one, or set JAVA_HOME"
        )
    return {"JAVA_HOME": str(supported)}


def _default() -> Path | None:
    """The home of the Java that Spark uses by default."""
    if given := os.environ.get("JAVA_HOME"):
        return Path(given)
    found = shutil.which("java")
    return Path(found).resolve().parents[1] if found else None


def _installed() -> Iterator[Path]:
    for pattern in _HOMES:
        yield from sorted(Path("/").glob(str(Path(pattern).expanduser()).lstrip("/")))


def _version(home: Path) -> int | None:
    """The major version, if the release file has it."""
    try:
        found = _VERSION.search((home / "release").read_text(encoding="utf-8"))
    except OSError:
        return None
    return int(found[1]) if found else None
