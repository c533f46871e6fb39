"""Glue job runs in tasks."""

import json

from local.tests.account import Account, poll
from local.tests.workflows import GLUE, job_task, run, start


def test_the_result_of_a_job_run_is_its_description(account: Account) -> None:
    result = run(account, {"J": job_task(account.job("pass"))}, GLUE)
    assert result["JobRunState"] == "SUCCEEDED"
    assert isinstance(result["StartedOn"], int)


def test_a_job_run_that_fails_fails_its_task_with_its_description(account: Account) -> None:
    error, cause = run(account, {"J": job_task(account.job("raise ValueError('bad input')"))}, GLUE)
    assert (error, json.loads(cause)["ErrorMessage"]) == ("States.TaskFailed", "ValueError: bad input")


def test_a_stopped_job_run_is_a_success_as_on_aws(account: Account) -> None:
    job, glue = account.job("import time; time.sleep(60)"), account.client("glue")
    arn = start(account, {"J": job_task(job)}, GLUE)
    runs = poll(lambda: glue.get_job_runs(JobName=job)["JobRuns"])
    glue.batch_stop_job_run(JobName=job, JobRunIds=[runs[0]["Id"]])
    assert json.loads(account.execution(arn)["output"])["JobRunState"] == "STOPPED"


def test_concurrent_runs_of_a_job_are_an_error(account: Account) -> None:
    job, glue = account.job("import time; time.sleep(60)"), account.client("glue")
    first = glue.start_job_run(JobName=job)["JobRunId"]
    assert run(account, {"J": job_task(job)}, GLUE)[0] == "Glue.ConcurrentRunsExceededException"
    glue.batch_stop_job_run(JobName=job, JobRunIds=[first])
