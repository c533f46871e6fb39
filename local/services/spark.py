"""The configuration of a local Spark, as Glue configures it, with S3 at the local AWS."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.services import java

_S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem"
_CREDENTIALS = "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider"
# with a sample, Spark's start is most of a run: it takes half the time without the second compiler, and G1's concurrent
# threads take a fourteenth of a run. Without that compiler the code cache has 48 MB: if many runs in one process fill
# it, Java compiles nothing more
_JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC", "-XX:ReservedCodeCacheSize=256m")
# Java's messages about archives would fill the output of a job
_WITHOUT_ARCHIVE_MESSAGES = "-Xlog:cds=off,cds+dynamic=off,class+path=off"


def environment(
    url: str,
    conf: Mapping[str, str],
    jars: Path,
    folder: Path,
    new_archive: Path | None = None,
    more_jars: Sequence[Path] = (),
) -> dict[str, str]:
    """Writes Spark's configuration to `folder`; returns the environment variables that make Spark read it.

    `conf` has the job's own settings, and must include the region, as on AWS. `more_jars` are folders with jars that
    only some runs need.
    `new_archive` is the file for a new archive of classes; without it, the existing archive is used.
    """
    # a run is killed when it has ended, before Spark cleans up; its folder has all its temporary files
    temporary = folder.resolve() / "tmp"
    temporary.mkdir()
    options = java_options(jars, f"-Djava.io.tmpdir={temporary}", new_archive=new_archive)
    file = folder / "spark.conf"
    settings = _settings(url, options, temporary) | dict(conf)
    text = "".join(f"{name} {value}\n" for name, value in settings.items())
    file.write_text(text, encoding="utf-8")
    return {
        "PYSPARK_SUBMIT_ARGS": f"--properties-file {shlex.quote(str(file.resolve()))} pyspark-shell",
        "SPARK_DIST_CLASSPATH": class_path(jars, *more_jars),
        "SPARK_LOCAL_DIRS": str(temporary),
        "TMPDIR": str(temporary),
        **java.variables(),
    }


def class_path(*folders: Path) -> str:
    """The class path after Spark's own jars; an archive is valid for the jars of the first folder and others after."""
    return ":".join(str(jar) for folder in folders for jar in sorted(folder.resolve().glob("*.jar")))


def archive(jars: Path) -> Path:
    """The archive of classes; Java ignores an archive of another Java or of other jars."""
    return jars.resolve() / "classes.jsa"


def java_options(jars: Path, *others: str, new_archive: Path | None = None) -> str:
    """Java's options, in Spark's format: `others`, and those that write a new archive or use the existing one.

    An empty archive is ignored.
    """
    file = archive(jars)
    if new_archive:
        archiving = [f"-XX:ArchiveClassesAtExit={new_archive}", _WITHOUT_ARCHIVE_MESSAGES]
    elif file.exists() and file.stat().st_size:
        archiving = [f"-XX:SharedArchiveFile={file}", _WITHOUT_ARCHIVE_MESSAGES]
    else:
        archiving = []
    return shlex.join([*_JAVA_OPTIONS, *archiving, *others])


def _settings(url: str, java_options: str, temporary: Path) -> dict[str, str]:
    return {
        "spark.master": "local[*]",
        "spark.driver.memory": "2g",
        "spark.driver.extraJavaOptions": java_options,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.hadoop.fs.s3.impl": _S3A,
        "spark.hadoop.fs.s3a.impl": _S3A,
        "spark.hadoop.fs.s3a.aws.credentials.provider": _CREDENTIALS,
        "spark.hadoop.fs.s3a.buffer.dir": str(temporary),
        "spark.hadoop.fs.s3a.connection.ssl.enabled": "false",
        "spark.hadoop.fs.s3a.endpoint": url,
        "spark.hadoop.fs.s3a.path.style.access": "true",
    }
