"""The user's proxies apply to other hosts, and not to a local AWS."""

import json
from pathlib import Path

import pytest
from botocore.utils import get_environ_proxies

from local import server
from local.tests.account import Account, allow, poll
from local.tests.conftest import readline, start
from local.tests.services.test_events import EVENTS, executions, notifying_bucket, put, rule
from local.tests.workflows import GLUE, STATES, job_task

_NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
_UNREACHABLE = dict.fromkeys(_NAMES, "http://127.0.0.1:9")


def test_internal_calls_bypass_the_proxies(tmp_path: Path) -> None:
    process = start(tmp_path, **_UNREACHABLE, NO_PROXY="", no_proxy="")
    account = Account(json.loads(readline(process)), tmp_path)
    bucket, job = notifying_bucket(account), account.job("pass")
    definition = {"StartAt": "Do", "States": {"Do": job_task(job)}}
    machine = account.state_machine(definition, account.role(STATES, GLUE))
    role = account.role(EVENTS, allow("states:StartExecution", on=machine))
    rule(account, bucket, {"Arn": machine, "RoleArn": role})
    put(account, bucket, "landing/a.csv")
    (started,) = poll(lambda: executions(account, machine))
    assert account.execution(started["executionArn"])["status"] == "SUCCEEDED"
    process.terminate()
    process.wait(20)


def test_other_hosts_are_reached_through_the_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**_UNREACHABLE, "NO_PROXY": "example.org", "no_proxy": "example.net"}.items():
        monkeypatch.setenv(name, value)
    server._bypass_proxies()
    for direct in ("127.0.0.1:4566", "localhost:4566", "example.org", "example.net"):
        assert get_environ_proxies(f"http://{direct}/") == {}
    assert get_environ_proxies("https://example.com/")["https"] == "http://127.0.0.1:9"
