"""A run has a Java process alone; a later run uses the process again and sees nothing of an earlier run."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from local.services import spark_drivers
from local.services.spark_drivers import Drivers, Launch
from local.tests.account import Account, deny, poll
from local.tests.services.test_jobs import WRITES_LOGS, logged

REGION = "spark.hadoop.fs.s3a.endpoint.region=us-east-1"
START = """
import json
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
process = spark._jvm.java.lang.ProcessHandle.current().pid()
"""
SHOWS_PROCESS = START + "raise SystemExit(process)"


def ended(account: Account, job: str) -> dict[str, Any]:
    """The description of a new run of the job, which has ended."""
    return account.job_run(job, account.client("glue").start_job_run(JobName=job)["JobRunId"])


def shown(account: Account, script: str, **more: Any) -> Any:
    """What a run of a new job with this script shows as its error, in JSON."""
    return json.loads(ended(account, account.job(script, **more))["ErrorMessage"].removeprefix("SystemExit: "))


def test_a_later_run_sees_nothing_of_an_earlier_one(account: Account) -> None:
    secret, open_to_all = account.bucket(a="secret"), account.bucket(a="open")
    leaves = (
        START
        + f"""
spark.sql("set spark.sql.shuffle.partitions=9")
spark.range(3).createOrReplaceTempView("left")
spark._jvm.java.lang.System.setProperty("spark.left", "1")
assert spark.read.text("s3://{secret}/a.txt").first()[0] == "secret"
raise SystemExit(process)
"""
    )
    looks = (
        START
        + f"""
assert spark.read.text("s3://{open_to_all}/a.txt").first()[0] == "open"
try:
    spark.read.text("s3://{secret}/a.txt").first()
    refusal = ""
except Exception as error:
    refusal = str(error)
settings = dict(spark.sparkContext.getConf().getAll())
raise SystemExit(json.dumps({{
    "process": process,
    "views": [table.name for table in spark.catalog.listTables()],
    "partitions": spark.conf.get("spark.sql.shuffle.partitions"),
    "settings": [name for name in settings if name in ("spark.left", "spark.earlier")],
    "refused": "AccessDenied" in refusal,
}}))
"""
    )
    arguments = {"--conf": f"{REGION} --conf spark.earlier=1"}
    earlier = shown(account, leaves, DefaultArguments=arguments)
    refused = deny("s3:GetObject", on=f"arn:aws:s3:::{secret}/*")
    later = shown(account, looks, statements=[refused], DefaultArguments={"--conf": REGION})
    assert later == {"process": earlier, "views": [], "partitions": "4", "settings": [], "refused": True}


def test_a_run_that_fails_leaves_its_process_to_a_later_one(account: Account) -> None:
    earlier = shown(account, SHOWS_PROCESS)
    failed = ended(account, account.job(START + "spark.sql('select no_such_column')"))
    assert "no_such_column" in failed["ErrorMessage"]
    assert shown(account, SHOWS_PROCESS) == earlier


LEAVES_A_JOB = (
    START
    + """
import threading, time
def count():
    spark.sparkContext.parallelize([1], 1).map(lambda _: time.sleep(60)).count()
threading.Thread(target=count, daemon=True).start()
while not spark.sparkContext.statusTracker().getActiveJobsIds():
    time.sleep(0.01)
raise SystemExit(process)
"""
)


def test_the_process_of_a_run_that_leaves_spark_jobs_ends(account: Account) -> None:
    earlier = shown(account, LEAVES_A_JOB)
    assert shown(account, SHOWS_PROCESS) != earlier


def test_the_process_of_a_stopped_run_ends(account: Account) -> None:
    earlier = shown(account, SHOWS_PROCESS)
    glue, job = account.client("glue"), account.job(START + "import time; time.sleep(60)")
    run = glue.start_job_run(JobName=job)["JobRunId"]
    account.job_run(job, run, "RUNNING")
    glue.batch_stop_job_run(JobName=job, JobRunIds=[run])
    poll(lambda: not Path(f"/proc/{earlier}").exists())
    assert shown(account, SHOWS_PROCESS) != earlier


def test_other_java_options_need_another_process(account: Account) -> None:
    script = START + "raise SystemExit(spark._jvm.java.lang.System.getProperty('given'))"
    assert shown(account, script, DefaultArguments={"--conf": "spark.driver.extraJavaOptions=-Dgiven=7"}) == 7


def test_a_process_that_cannot_start_fails_the_run(account: Account) -> None:
    run = ended(account, account.job("pass", DefaultArguments={"--conf": "spark.driver.memory=much"}))
    assert run["JobRunState"] == "FAILED"
    assert run["ErrorMessage"].startswith("DriverError: Spark's Java process did not start: ")
    assert "much" in run["ErrorMessage"]


def test_each_run_has_its_own_part_of_javas_log(account: Account) -> None:
    for text in ("one", "two"):
        script = START + f"spark._jvm.java.lang.System.err.println('only {text}')"
        prefix = f"/own/{account.name('prefix')}"
        job = account.job(script, statements=[WRITES_LOGS], DefaultArguments={"--custom-logGroup-prefix": prefix})
        run = str(ended(account, job)["Id"])
        lines = [line for line in logged(account, f"{prefix}/error", run) if line.startswith("only")]
        assert lines == [f"only {text}"]


class FakeDriver:
    """A driver without a process."""

    def __init__(self, launch: Launch, url: str, region: str, folder: Path) -> None:
        self.launch = launch
        self.runs = 0
        self.is_running = True

    def wait_until_ready(self) -> None:
        pass

    def close(self) -> None:
        self.is_running = False


@pytest.fixture
def drivers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drivers:
    monkeypatch.setattr(spark_drivers, "Driver", FakeDriver)
    return Drivers("", "", tmp_path)


def launch(conf: Mapping[str, str] | None = None) -> Launch:
    return Launch.of(Path("python"), (Path("jars"),), conf or {})


def test_the_first_run_takes_the_prepared_process(drivers: Drivers) -> None:
    drivers.prepare(launch())
    drivers.prepare(launch())
    first, second = drivers.take(launch()), drivers.take(launch())
    assert drivers._idle == []
    assert first is not second


def test_the_oldest_idle_processes_end(drivers: Drivers) -> None:
    taken = [drivers.take(launch()) for _ in range(3)]
    for driver in taken:
        drivers.give_back(driver)
    assert [driver.is_running for driver in taken] == [False, True, True]


def test_a_process_ends_after_many_runs(drivers: Drivers) -> None:
    driver = drivers.take(launch())
    for run in range(spark_drivers._MOST_RUNS):
        assert driver.is_running, run
        drivers.give_back(driver)
        driver = drivers.take(launch())
    assert driver.runs == 0


def test_a_process_that_has_ended_is_not_used(drivers: Drivers) -> None:
    driver = drivers.take(launch())
    drivers.give_back(driver)
    driver.close()
    assert drivers.take(launch()) is not driver


def test_a_process_is_used_only_with_the_settings_that_it_started_with(drivers: Drivers) -> None:
    driver = drivers.take(launch({"spark.driver.memory": "1g"}))
    drivers.give_back(driver)
    assert drivers.take(launch()) is not driver
    assert drivers.take(launch({"spark.driver.memory": "1g", "spark.sql.shuffle.partitions": "3"})) is driver
