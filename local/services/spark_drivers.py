"""The Java processes of Spark drivers. A run has a process alone; afterwards, a later run can use it again.

Half of a short run is the start of Java and Spark, and the compilation of their code. Nothing of a run is left in its
process except compiled code and Spark's static caches (`spark_attachment`). The process of a run that was killed, or
that left Spark jobs behind, is killed too.
"""

import json
import os
import shutil
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local.services import processes, spark

_ROOT = Path(__file__).parents[2]
_RUNTIME = "spark_driver.py"
# concurrent runs return as many; each holds about a gigabyte
_MOST_IDLE = 2
# py4j keeps objects of a Python process that was killed, and Spark loads classes for each query
_MOST_RUNS = 25


class DriverError(Exception):
    """Spark's Java process has not started."""


@dataclass(frozen=True)
class Launch:
    """What a process is started with: runs with an equal one can use the same process."""

    python: Path
    jars: tuple[Path, ...]
    conf: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, python: Path, jars: tuple[Path, ...], conf: Mapping[str, str]) -> "Launch":
        """For a run with this configuration; `jars` are folders."""
        return cls(python, jars, tuple(sorted(spark.start_conf(conf).items())))


class Driver:
    """A Java process with Spark that waits for the Python process of a run; `folder` is for its files."""

    def __init__(self, launch: Launch, url: str, region: str, folder: Path) -> None:
        self.launch = launch
        self.runs = 0
        self._folder = folder
        self._log = folder / "driver.log"
        # environment variables of PySpark
        self.connection: Mapping[str, str] = {}
        env = {
            "PYTHONPATH": str(_ROOT),
            "AWS_REGION": region,
            **spark.environment(url, dict(launch.conf), launch.jars, folder),
        }
        reading, writing = os.pipe()
        self._answer = os.fdopen(reading, encoding="utf-8")
        self._process = processes.start(
            _RUNTIME,
            [str(writing)],
            processes.environment(env),
            folder,
            self._log,
            pass_fds=[writing],
            python=launch.python,
        )
        os.close(writing)

    def wait_until_ready(self) -> None:
        """Waits until PySpark can connect to the process."""
        if not self.connection:
            line = self._answer.readline()
            if not line:
                raise DriverError(f"Spark's Java process did not start: {self.take_log().strip()}")
            self.connection = json.loads(line)

    @property
    def is_running(self) -> bool:
        """False if Java has ended."""
        return self._process.poll() is None

    def take_log(self) -> str:
        """What Java has printed since the last call."""
        text = self._log.read_text(encoding="utf-8", errors="replace")
        os.truncate(self._log, 0)
        return text

    def kill(self) -> None:
        """Ends the process, with all that Spark does."""
        processes.kill(self._process)

    def close(self) -> None:
        """Ends the process and deletes its files."""
        self.kill()
        self._answer.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Drivers:
    """The processes of a local AWS; `folder` is for their files."""

    def __init__(self, url: str, region: str, folder: Path) -> None:
        self._url = url
        self._region = region
        self._folder = folder
        self._idle: list[Driver] = []
        self._lock = threading.Lock()

    def prepare(self, launch: Launch) -> None:
        """Starts a process for a later run, if none is idle."""
        with self._lock:
            if not any(driver.launch == launch for driver in self._idle):
                self._keep(self._new(launch))

    def take(self, launch: Launch) -> Driver:
        """A process for a run, which it has alone until `give_back` or `Driver.close`."""
        driver = self._idle_one(launch) or self._new(launch)
        try:
            driver.wait_until_ready()
        except DriverError:
            driver.close()
            raise
        return driver

    def give_back(self, driver: Driver) -> None:
        """Keeps the process for a later run."""
        driver.runs += 1
        if driver.runs == _MOST_RUNS or not driver.is_running:
            driver.close()
            return
        with self._lock:
            self._keep(driver)

    def _idle_one(self, launch: Launch) -> Driver | None:
        with self._lock:
            for driver in [idle for idle in self._idle if idle.launch == launch]:
                self._idle.remove(driver)
                if driver.is_running:
                    return driver
                driver.close()
        return None

    def _new(self, launch: Launch) -> Driver:
        self._folder.mkdir(parents=True, exist_ok=True)
        return Driver(launch, self._url, self._region, Path(tempfile.mkdtemp(dir=self._folder)))

    def _keep(self, driver: Driver) -> None:
        self._idle.append(driver)
        while len(self._idle) > _MOST_IDLE:
            self._idle.pop(0).close()
