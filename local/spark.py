"""The configuration of a local Spark: what Glue gives a job, with S3 at the local AWS."""

from pathlib import Path

_S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem"
_CREDENTIALS = "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider"


def environment(url: str, region: str, jars: Path, folder: Path) -> dict[str, str]:
    """Writes Spark's configuration into `folder`; the variables that make Spark read it."""
    configuration = folder / "conf"
    configuration.mkdir()
    text = "".join(f"{name} {value}\n" for name, value in _settings(url, region, jars).items())
    (configuration / "spark-defaults.conf").write_text(text, encoding="utf-8")
    return {"SPARK_CONF_DIR": str(configuration.resolve()), "SPARK_LOCAL_DIRS": str((folder / "work").resolve())}


def _settings(url: str, region: str, jars: Path) -> dict[str, str]:
    return {
        "spark.master": "local[*]",
        "spark.driver.memory": "2g",
        # on a sample most of a run is the start of Spark, in half the time without the slower compiler
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.jars": ",".join(str(jar) for jar in sorted(jars.resolve().glob("*.jar"))),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.hadoop.fs.s3.impl": _S3A,
        "spark.hadoop.fs.s3a.impl": _S3A,
        "spark.hadoop.fs.s3a.aws.credentials.provider": _CREDENTIALS,
        "spark.hadoop.fs.s3a.connection.ssl.enabled": "false",
        "spark.hadoop.fs.s3a.endpoint": url,
        "spark.hadoop.fs.s3a.endpoint.region": region,
        "spark.hadoop.fs.s3a.path.style.access": "true",
    }
