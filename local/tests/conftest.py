"""One local AWS for all tests, which runs as a program."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.tests.account import Account, poll
from local.tests.fault_documents import NO_FAULTS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    state = tmp_path_factory.mktemp("local")
    process = start(state)
    yield Account(json.loads(readline(process)), state)
    process.terminate()
    process.wait(20)


@pytest.fixture
def no_faults_afterwards(account: Account) -> Iterator[None]:
    """Removes the test's faults, and waits for the calls that they hold."""
    yield
    account.faults()
    poll(lambda: account.fault_call("GET").json() == NO_FAULTS)


def start(state: Path, **environment: str) -> subprocess.Popen[str]:
    jars = ROOT / ".cache/spark-jars"
    command = [sys.executable, "-m", "local", "--state", str(state), "--spark-jars", str(jars), "--exit-with-stdin"]
    env = {**os.environ, **environment}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def readline(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()
