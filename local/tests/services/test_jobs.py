"""Job runs run the deployed script with the job's role, and end as on AWS."""

import json
import subprocess
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from local.services.jobs import Jobs
from local.tests.account import Account, allow, trusting

SLOW = "import time; time.sleep(60)"


def test_a_script_runs_with_its_arguments_and_its_role(account: Account) -> None:
    out = account.bucket()
    script = f"""
import boto3, json, sys
facts = {{"arguments": sys.argv[1:], "who": boto3.client("sts").get_caller_identity()["Arn"]}}
try:
    boto3.client("s3").put_object(Bucket="{out}", Key="x")
except Exception as error:
    facts["refused"] = str(error)
raise SystemExit(json.dumps(facts))
"""
    job = account.job(script, DefaultArguments={"--kept": "1", "--changed": "old"})
    run = account.client("glue").start_job_run(JobName=job, Arguments={"--changed": "new"})["JobRunId"]
    facts = json.loads(account.job_run(job, run)["ErrorMessage"].removeprefix("SystemExit: "))
    given = dict(zip(facts["arguments"][::2], facts["arguments"][1::2], strict=True))
    assert given == {"--JOB_NAME": job, "--JOB_RUN_ID": run, "--kept": "1", "--changed": "new"}
    assert facts["who"].endswith("/GlueJobRunnerSession")
    assert "s3:PutObject" in facts["refused"]


def test_a_run_without_an_error_has_succeeded(account: Account) -> None:
    script = "import pathlib, tempfile; print(pathlib.Path.cwd()); print(tempfile.mkdtemp())"
    job = account.job(script, ExecutionClass="FLEX")
    run = account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])
    assert (run["JobRunState"], run["GlueVersion"], run["Attempt"]) == ("SUCCEEDED", "6.0", 0)
    assert run["ExecutionClass"] == "FLEX"
    assert run["StartedOn"] <= run["CompletedOn"]
    assert "ErrorMessage" not in run
    folders = (account.state / "log" / job / f"{run['Id']}.output.log").read_text().splitlines()
    assert [run["Id"] in folder for folder in folders] == [True, True]
    assert not (account.state / "jobs" / run["Id"]).exists()


PRINTS = "import os, sys; print('printed\\n\\nmore'); print('noted', file=sys.stderr); os.write(2, b'from Java')"


def logged(account: Account, group: str, run: str) -> list[str]:
    """The lines of a run's stream in a log group."""
    events = account.client("logs").get_log_events(logGroupName=group, logStreamName=f"{run}-driver")["events"]
    return [event["message"] for event in events]


def ended_run(account: Account, job: str) -> str:
    """The id of a run of the job, which has succeeded."""
    run = account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])
    assert run["JobRunState"] == "SUCCEEDED"
    return str(run["Id"])


WRITES_LOGS = allow("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")


def test_a_runs_output_goes_to_the_log_groups_with_its_prefix(account: Account) -> None:
    prefix = f"/own/{account.name('prefix')}"
    job = account.job(PRINTS, statements=[WRITES_LOGS], DefaultArguments={"--custom-logGroup-prefix": prefix})
    run = ended_run(account, job)
    assert logged(account, f"{prefix}/output", run) == ["printed", " ", "more", "noted"]
    assert logged(account, f"{prefix}/error", run) == ["from Java"]


def test_without_a_prefix_the_output_goes_to_the_log_groups_of_all_jobs(account: Account) -> None:
    ignored = {"--enable-continuous-cloudwatch-log": "true", "--continuous-log-logGroup": "/own/of-glue-4"}
    run = ended_run(account, account.job(PRINTS, statements=[WRITES_LOGS], DefaultArguments=ignored))
    assert logged(account, "/aws-glue/jobs/output", run) == ["printed", " ", "more", "noted"]
    assert not account.client("logs").describe_log_groups(logGroupNamePrefix="/own/of-glue-4")["logGroups"]


def test_output_that_the_role_may_not_log_is_missing(account: Account) -> None:
    prefix = f"/own/{account.name('prefix')}"
    arguments = {"--custom-logGroup-prefix": prefix}
    account.client("logs").create_log_group(logGroupName=f"{prefix}/output")
    written = allow("logs:CreateLogStream", "logs:PutLogEvents", on=account.arn("logs", f"{prefix}/error:log-stream:*"))
    job = account.job(PRINTS, statements=[written], DefaultArguments=arguments)
    ended_run(account, job)
    groups = account.client("logs").describe_log_groups(logGroupNamePrefix=prefix)["logGroups"]
    assert [(group["logGroupName"], group["storedBytes"]) for group in groups] == [(f"{prefix}/output", 0)]


def test_sparks_settings_are_those_of_the_argument_conf(account: Account) -> None:
    script = """
from pyspark import SparkContext
raise SystemExit("".join(f"{name} {value}\\n" for name, value in SparkContext().getConf().getAll()))
"""
    conf = "spark.hadoop.fs.s3a.endpoint.region=eu-west-1 --conf spark.sql.shuffle.partitions=3"
    job = account.job(script, DefaultArguments={"--conf": conf})
    settings = account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])["ErrorMessage"]
    assert "spark.hadoop.fs.s3a.endpoint.region eu-west-1\n" in settings
    assert "spark.sql.shuffle.partitions 3\n" in settings


@pytest.mark.parametrize(
    ("arguments", "state", "message"),
    [
        ({"--conf": "spark.hadoop.fs.s3a.endpoint.region=us-east-1"}, "SUCCEEDED", ""),
        ({}, "FAILED", "AWSBadRequestException"),
    ],
)
def test_spark_reads_s3_only_with_the_region(
    account: Account, arguments: dict[str, str], state: str, message: str
) -> None:
    data = account.bucket(a="text")
    script = f"""
from pyspark.sql import SparkSession
assert SparkSession.builder.getOrCreate().read.text("s3://{data}/a.txt").first()[0] == "text"
"""
    job = account.job(script, DefaultArguments=arguments)
    run = account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])
    assert run["JobRunState"] == state, run
    assert message in run.get("ErrorMessage", "")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("raise ValueError('no such column')", "ValueError: no such column"),
        ("import sys; sys.exit('bad')", "SystemExit: bad"),
        ("import os; os._exit(7)", "the script ended with exit status 7"),
        ("this is no python", "SyntaxError: invalid syntax"),
    ],
)
def test_a_script_that_fails_fails_its_run(account: Account, script: str, message: str) -> None:
    job = account.job(script)
    run = account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])
    assert run["JobRunState"] == "FAILED"
    assert run["ErrorMessage"].startswith(message)


def test_a_role_that_glue_may_not_assume_fails_the_run(account: Account) -> None:
    job = account.job("pass", trust=trusting("states.amazonaws.com"))
    run = account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])
    assert run["JobRunState"] == "FAILED"
    assert run["ErrorMessage"].endswith("does not trust glue.amazonaws.com")


def test_concurrent_runs_are_limited_by_the_job(account: Account) -> None:
    glue, job = account.client("glue"), account.job(SLOW)
    first = glue.start_job_run(JobName=job)["JobRunId"]
    with pytest.raises(glue.exceptions.ConcurrentRunsExceededException):
        glue.start_job_run(JobName=job)
    glue.batch_stop_job_run(JobName=job, JobRunIds=[first])
    second = glue.start_job_run(JobName=job)["JobRunId"]
    glue.batch_stop_job_run(JobName=job, JobRunIds=[second])


def test_a_stopped_run_stays_stopped(account: Account) -> None:
    glue, job = account.client("glue"), account.job(SLOW)
    run = glue.start_job_run(JobName=job)["JobRunId"]
    account.job_run(job, run, "RUNNING")
    answer = glue.batch_stop_job_run(JobName=job, JobRunIds=[run])
    assert answer["SuccessfulSubmissions"] == [{"JobName": job, "JobRunId": run}]
    assert account.job_run(job, run, "STOPPED", "FAILED")["JobRunState"] == "STOPPED"
    assert glue.batch_stop_job_run(JobName=job, JobRunIds=[run])["Errors"] == []


def test_a_run_that_takes_longer_than_its_job_allows_times_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Glue's timeout is in minutes; the test has a shorter minute, and a process that sleeps."""
    monkeypatch.setattr("local.services.jobs._MINUTE_SECONDS", 0.1)
    asleep = subprocess.Popen(["sleep", "60"], start_new_session=True)
    jobs = Jobs("", "us-east-1", tmp_path, tmp_path)
    monkeypatch.setattr(jobs._scripts, "_fetch_code", lambda job, run, folder: None)
    monkeypatch.setattr(jobs._scripts, "_driver", lambda job, run, folder: nullcontext())
    monkeypatch.setattr(jobs._scripts, "_start", lambda job, run, folder, code, driver: asleep)
    run = SimpleNamespace(job_run_id="jr_1", status="STARTING", timeout=1)
    jobs._run(SimpleNamespace(glue_version="6.0", execution_class="STANDARD"), run, None)
    assert run.status == "TIMEOUT"
    assert asleep.poll() is not None


def test_the_script_must_be_there(account: Account) -> None:
    job = account.job("pass")
    bucket = account.client("glue").get_job(JobName=job)["Job"]["Command"]["ScriptLocation"].split("/")[2]
    account.client("s3").delete_object(Bucket=bucket, Key="script.txt")
    run = account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])
    assert (run["JobRunState"], "NoSuchKey" in run["ErrorMessage"]) == ("FAILED", True)


def test_an_unknown_job_is_an_error(account: Account) -> None:
    with pytest.raises(ClientError, match="nowhere not found"):
        account.client("glue").start_job_run(JobName="nowhere")
