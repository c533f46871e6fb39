"""The local AWS serves the user who started it only, and its files are private."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import grpc
import pytest
import requests
from google.protobuf.empty_pb2 import Empty  # type: ignore[import-untyped]
from pulumi.runtime.proto import provider_pb2_grpc

from local.http import peers
from local.tests.account import Account

_NOBODY = 65534
needs_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can be another user for a while")


@contextmanager
def another_user() -> Iterator[None]:
    """New sockets belong to another user, in all threads."""
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _plugin_info(port: int) -> str:
    # otherwise a channel may take over the connection of an earlier one, which belongs to the other user
    own_connection = [("grpc.use_local_subchannel_pool", 1)]
    with grpc.insecure_channel(f"127.0.0.1:{port}", options=own_connection) as channel:
        return str(provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(Empty()).version)


@needs_root
def test_the_provider_serves_the_user_who_started_it_alone(account: Account) -> None:
    port = account.endpoint["provider"]
    with another_user(), pytest.raises(grpc.RpcError) as refused:
        _plugin_info(port)
    assert refused.value.code() == grpc.StatusCode.PERMISSION_DENIED
    assert _plugin_info(port)


@needs_root
def test_the_apis_serve_the_user_who_started_them_alone(account: Account) -> None:
    url = account.endpoint["aws"]
    with another_user(), pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)
    assert requests.get(url, timeout=10).status_code == 403  # it is not signed


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_connection_belongs_to_its_owner(family: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(family) as client:
        port = server.getsockname()[1]
        client.connect(("127.0.0.1" if family == socket.AF_INET else "::ffff:127.0.0.1", port))
        connection, (_, peer_port) = server.accept()
        with connection:
            assert peers.is_mine(peer_port, port)
            monkeypatch.setattr(os, "getuid", lambda: _NOBODY)
            assert not peers.is_mine(peer_port, port)


def test_a_connection_without_an_owner_is_not_mine() -> None:
    assert not peers.is_mine(1, 2)


def test_systems_without_socket_owners_admit_every_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(peers, "_TABLES", (tmp_path / "tcp",))
    assert peers.is_mine(1, 2)


def test_what_the_local_aws_writes_is_private(account: Account) -> None:
    account.invoke(account.function("def handler(event, context): print('secret')"))
    written = [account.state, *account.state.rglob("*")]
    assert {"endpoint.json", "log"} <= {path.name for path in written}
    assert [path for path in written if path.stat().st_mode & 0o077] == []
