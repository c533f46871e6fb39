"""Writes the archive of the classes that a job run loads (AppCDS), which later runs map into memory.

    python -m local.services.class_archive JARS

JARS is the folder with the jars of Spark's S3 file system, in which the archive is stored. The classes are those of one
run of the job with the shipped recipe on the samples, with an unpatched moto.
"""

import logging
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from local.endpoint import AwsEndpoint
from local.provider.aws import Aws, AwsError
from local.services import java, processes, spark
from local.services.credentials import RoleCredentials

_ROOT = Path(__file__).parents[2]
_RECIPE = _ROOT / "glue-scripts" / "recipes" / "flights.json"
_REGION = "us-east-1"
_BUCKET = "classes"


def main(jars: Path) -> None:
    """Writes the archive; if that fails, writes an empty archive and prints the reason."""
    try:
        _archive(jars)
    except (OSError, AwsError, java.JavaError, subprocess.CalledProcessError) as error:
        print(f"Cannot write the archive of classes; job runs start more slowly: {_reason(error)}", file=sys.stderr)
        spark.archive(jars).write_bytes(b"")


def _archive(jars: Path) -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = AwsEndpoint(f"http://{host}:{port}", _REGION, "123456789012", "none", "none")
        _upload(Aws(endpoint, _REGION))
        with tempfile.TemporaryDirectory(dir=jars) as folder:
            new = spark.archive(Path(folder))
            role = RoleCredentials(endpoint.access_key_id, endpoint.secret_access_key, "none")
            conf = {"spark.hadoop.fs.s3a.endpoint.region": _REGION, **role.spark_conf()}
            _run(role, spark.environment(endpoint.url, conf, [jars], Path(folder), new), Path(folder))
            new.replace(spark.archive(jars))
    finally:
        server.stop()


def _reason(error: Exception) -> str:
    """The error itself, or the last line that a failed run printed."""
    printed = error.stderr.decode(errors="replace").strip() if isinstance(error, subprocess.CalledProcessError) else ""
    return printed.splitlines()[-1] if printed else str(error)


def _upload(aws: Aws) -> None:
    aws.call("s3", "CreateBucket", {"Bucket": _BUCKET})
    files = {"recipe.json": _RECIPE}
    files |= {f"raw/run_id=1/{sample.stem}/{sample.name}": sample for sample in (_ROOT / "samples").glob("*.csv")}
    for key, file in files.items():
        aws.call("s3", "PutObject", {"Bucket": _BUCKET, "Key": key, "Body": file.read_bytes()})


def _run(role: RoleCredentials, environment: Mapping[str, str], folder: Path) -> None:
    """Waits for Java, which writes the archive when it exits; raises CalledProcessError."""
    arguments = {"JOB_RUN_ID": "1", "run_id": "1", "data_bucket": _BUCKET, "recipe": f"s3://{_BUCKET}/recipe.json"}
    arguments["raw_prefix"] = "raw/run_id=1/"
    subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, str(_ROOT / "glue-scripts" / "transform.py")]
        + [text for name, value in arguments.items() for text in (f"--{name}", value)],
        cwd=folder,
        env=processes.environment({**role.environment(), **environment}),
        capture_output=True,
        check=True,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
