"""The configuration of a local Spark, as Glue configures it, with S3 at the local AWS."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.services import java

_S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem"
_CREDENTIALS = "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider"
# with a sample, Spark's start is most of a run: it takes half the time without the second compiler, and G1's concurrent
# threads take a fourteenth of a run. Without that compiler the code cache has 48 MB: if many runs in one process fill
# it, Java compiles nothing more
_JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC", "-XX:ReservedCodeCacheSize=256m")
# Spark keeps 100 compiled classes, and a run needs about 160: a later run of the same process would compile them again
KEEPS_COMPILED_CLASSES = {"spark.sql.codegen.cache.maxEntries": "1000"}
# Java's messages about archives would fill the output of a job
_WITHOUT_ARCHIVE_MESSAGES = "-Xlog:cds=off,cds+dynamic=off,class+path=off"
_EXTRA_JAVA_OPTIONS = "spark.driver.extraJavaOptions"
_OPTIONS_OF_JAVA = ("spark.driver.defaultJavaOptions", _EXTRA_JAVA_OPTIONS)
_READ_AT_START = ("spark.driver.", "spark.jars")


def environment(
    url: str, conf: Mapping[str, str], jars: Sequence[Path], folder: Path, new_archive: Path | None = None
) -> dict[str, str]:
    """Writes Spark's configuration to `folder`; returns the environment variables that make Spark start with it.

    `conf` has the settings besides those of every run. `jars` are folders; the first has S3A and the archive of
    classes. `new_archive` is the file for a new archive; without it, the existing archive is used.
    """
    # the process is killed, before Spark cleans up; the folder has all its temporary files
    temporary = folder.resolve() / "tmp"
    temporary.mkdir()
    options = java_options(
        jars[0],
        f"-Djava.io.tmpdir={temporary}",
        *shlex.split(conf.get(_EXTRA_JAVA_OPTIONS, "")),
        new_archive=new_archive,
    )
    settings = _settings(url, temporary) | dict(conf) | {_EXTRA_JAVA_OPTIONS: options}
    file = folder / "spark.conf"
    file.write_text("".join(f"{name} {value}\n" for name, value in settings.items()), encoding="utf-8")
    return {
        "PYSPARK_SUBMIT_ARGS": f"--properties-file {shlex.quote(str(file.resolve()))} pyspark-shell",
        "SPARK_DIST_CLASSPATH": class_path(*jars),
        "SPARK_LOCAL_DIRS": str(temporary),
        "TMPDIR": str(temporary),
        **java.variables(),
    }


def start_conf(conf: Mapping[str, str]) -> dict[str, str]:
    """The settings that Java reads when it starts; the others can be set in a process that runs."""
    options = [option for name in _OPTIONS_OF_JAVA for option in shlex.split(conf.get(name, ""))]
    added = shlex.join(option for option in options if option not in _JAVA_OPTIONS)
    others = {
        name: value for name, value in conf.items() if name.startswith(_READ_AT_START) and name not in _OPTIONS_OF_JAVA
    }
    return others | ({_EXTRA_JAVA_OPTIONS: added} if added else {})


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


def _settings(url: str, temporary: Path) -> dict[str, str]:
    return {
        "spark.master": "local[*]",
        "spark.driver.memory": "2g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        **KEEPS_COMPILED_CLASSES,
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
