"""The configuration of a local Spark: what Glue gives a job, with S3 at the local AWS."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from local import java

_S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem"
_CREDENTIALS = "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider"
# on a sample most of a run is the start of Spark, in half the time without the slower compiler; and what G1 does beside
# the program is a fourteenth of a run
_JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC")
# about archives Java says much that concerns nobody who looks for what a job has printed
_QUIETLY = "-Xlog:cds=off,cds+dynamic=off,class+path=off"


def environment(
    url: str, conf: Mapping[str, str], jars: Path, folder: Path, new_archive: Path | None = None
) -> dict[str, str]:
    """Writes Spark's configuration into `folder`; the variables that make Spark read it.

    `conf` are the job's own settings: among them has to be the region, as on AWS.
    `new_archive` is where an archive of the classes is to be written; without it, what is there is used.
    """
    # a run is killed when it has ended, before Spark has cleaned up: all that it leaves is in its folder
    temporary = folder.resolve() / "tmp"
    temporary.mkdir()
    options = java_options(jars, f"-Djava.io.tmpdir={temporary}", new_archive=new_archive)
    file = folder / "spark.conf"
    settings = _settings(url, options, temporary) | dict(conf)
    text = "".join(f"{name} {value}\n" for name, value in settings.items())
    file.write_text(text, encoding="utf-8")
    return {
        "PYSPARK_SUBMIT_ARGS": f"--properties-file {shlex.quote(str(file.resolve()))} pyspark-shell",
        "SPARK_DIST_CLASSPATH": class_path(jars),
        "SPARK_LOCAL_DIRS": str(temporary),
        "TMPDIR": str(temporary),
        **java.variables(),
    }


def class_path(jars: Path) -> str:
    """What follows Spark's own jars; an archive is of use to this class path only, jar by jar."""
    return ":".join(str(jar) for jar in sorted(jars.resolve().glob("*.jar")))


def archive(jars: Path) -> Path:
    """Where the archive of classes is; one of another Java, or of other jars, Java leaves alone."""
    return jars.resolve() / "classes.jsa"


def java_options(jars: Path, *others: str, new_archive: Path | None = None) -> str:
    """What Java is told, as Spark reads it: `others`, and to write a new archive, or to use what is there.

    An archive that is empty is none.
    """
    file = archive(jars)
    if new_archive:
        archiving = [f"-XX:ArchiveClassesAtExit={new_archive}", _QUIETLY]
    elif file.exists() and file.stat().st_size:
        archiving = [f"-XX:SharedArchiveFile={file}", _QUIETLY]
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
