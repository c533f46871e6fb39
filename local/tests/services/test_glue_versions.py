"""The shipped job runs on each version of Glue that the settings allow, with S3 through its own S3A."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from local.services import glue_versions
from local.tests.account import Account, allow

ROOT = Path(__file__).parents[3]
JOB = ROOT / "glue-scripts"


def deployed(account: Account, version: str) -> tuple[str, str]:
    """The name of a job with the shipped code, recipe and samples, and its bucket."""
    s3, bucket = account.client("s3"), account.bucket()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packages:
        for module in sorted((JOB / "dataprep").iterdir()):
            if module.is_file():
                packages.writestr(f"dataprep/{module.name}", module.read_bytes())
    files = {"recipe.json": (JOB / "recipes" / "flights.json").read_bytes(), "dataprep.zip": archive.getvalue()}
    for sample in (ROOT / "samples").glob("*.csv"):
        files[f"raw/run_id=r1/{sample.stem}/{sample.name}"] = sample.read_bytes()
    for key, content in files.items():
        s3.put_object(Bucket=bucket, Key=key, Body=content)
    job = account.job(
        (JOB / "transform.py").read_text(encoding="utf-8"),
        statements=[allow("s3:PutObject", "s3:DeleteObject")],
        version=version,
        DefaultArguments={
            "--extra-py-files": f"s3://{bucket}/dataprep.zip",
            "--conf": "spark.hadoop.fs.s3a.endpoint.region=us-east-1",
            "--run_id": "r1",
            "--data_bucket": bucket,
            "--recipe": f"s3://{bucket}/recipe.json",
            "--raw_prefix": "raw/run_id=r1/",
        },
    )
    return job, bucket


@pytest.mark.parametrize("version", ["5.1", "6.0"])
def test_the_shipped_job_runs_on_each_version(account: Account, version: str) -> None:
    if not (ROOT / ".cache" / "glue-5.1.done").exists():
        pytest.skip("`make glue-5.1` has not been run")
    job, bucket = deployed(account, version)
    run = account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])
    assert run["JobRunState"] == "SUCCEEDED", run
    s3 = account.client("s3")
    written = [found["Key"] for found in s3.list_objects_v2(Bucket=bucket, Prefix="reports/run_id=r1/")["Contents"]]
    (key,) = (key for key in written if key.endswith("/quality.json"))
    quality = json.load(s3.get_object(Bucket=bucket, Key=key)["Body"])
    assert (quality["verdict"], quality["rows_in"], quality["rows_out"]) == ("passed", 2699, 2695)


def test_an_unknown_version_fails_the_run(account: Account) -> None:
    job = account.job("pass", version="4.0")
    run = account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])
    assert run["JobRunState"] == "FAILED"
    assert run["ErrorMessage"] == "ValueError: GlueVersion: invalid value '4.0'; must be one of 6.0, 5.1"


def test_a_version_that_is_not_installed_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"'5\.1' is not installed; `make glue-5\.1`"):
        glue_versions.find("5.1", tmp_path / "spark-jars")
