"""The program from its start to its end, which leaves no process behind."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from local.tests.account import Account, poll
from local.tests.conftest import readline, start


def _alive(marker: str) -> list[str]:
    """The command lines that contain the marker."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # the process has ended
            continue
        if marker in line:
            found.append(line)
    return found


def test_the_addresses_are_in_one_line_and_a_private_file(tmp_path: Path) -> None:
    process = start(tmp_path)
    facts = json.loads(readline(process))
    assert facts["pid"] == process.pid
    file = tmp_path / "endpoint.json"
    assert json.loads(file.read_text()) == facts
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(facts["aws"])
    process.kill()
    process.communicate()


def _terminate(process: subprocess.Popen[str]) -> None:
    process.terminate()


def _interrupt(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)


def _kill(process: subprocess.Popen[str]) -> None:
    process.kill()


def _leave(process: subprocess.Popen[str]) -> None:
    """Closes standard input, as when the parent process ends."""
    assert process.stdin
    process.stdin.close()


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes as Linux lists them")
@pytest.mark.parametrize("end", [_terminate, _interrupt, _kill, _leave])
def test_child_processes_end_with_the_local_aws(tmp_path: Path, end: Callable[[Any], None]) -> None:
    process = start(tmp_path)
    account = Account(json.loads(readline(process)), tmp_path)
    marker = f"sleep 6{os.getpid()}"
    script = f"import subprocess; subprocess.run('{marker}', shell=True)"
    job = account.job(script)
    account.client("glue").start_job_run(JobName=job)
    poll(lambda: _alive(marker))
    end(process)
    process.wait(20)
    poll(lambda: not _alive(marker) and not _alive(str(tmp_path)))


def test_two_local_aws_run_at_the_same_time(tmp_path: Path, account: Account) -> None:
    process = start(tmp_path)
    other = Account(json.loads(readline(process)), tmp_path)
    bucket = account.bucket()
    assert bucket in [found["Name"] for found in account.client("s3").list_buckets()["Buckets"]]
    assert other.client("s3").list_buckets()["Buckets"] == []
    process.terminate()
    process.wait(20)


def test_the_start_does_not_import_ec2() -> None:
    """The import takes half of a start; no workflow here needs it (see `local.moto_patches.unused_imports`)."""
    load = "import sys, local.__main__; from local.moto_patches import patching; patching.load_all()"
    program = f"{load}; print([name for name in sys.modules if name.startswith('moto.ec2')])"
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "[]\n"


@pytest.mark.parametrize("missing", ["--state", "--spark-jars"])
def test_a_missing_argument_is_named(missing: str) -> None:
    arguments = {"--state": "x", "--spark-jars": "y"}
    del arguments[missing]
    command = [sys.executable, "-m", "local", *(part for pair in arguments.items() for part in pair)]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert (ended.returncode, missing in ended.stderr) == (2, True)


def test_a_start_does_not_import_the_models_of_ec2() -> None:
    load = "import sys, local.server; from local.moto_patches import patching; patching.load_all()"
    look = f"{load}; sys.exit('moto.ec2.models' in sys.modules)"
    subprocess.run([sys.executable, "-c", look], check=True, timeout=60)
