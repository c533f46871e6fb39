"""A patched moto server and the provider; every test starts with an account that has only its `World`."""

import logging
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from moto.server import ThreadedMotoServer

from local.endpoint import AwsEndpoint
from local.faults.register import Faults
from local.moto_patches import patching, runtime
from local.provider import ProviderServer, serve
from local.services.functions import Functions
from local.services.jobs import Jobs

from .engine import Engine
from .world import World


class JobsWithoutRuns(Jobs):
    """Jobs that no test runs, and for which no Java is started."""

    def prepare(self, job: Any) -> None:
        pass


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwsEndpoint]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    patching.apply_all()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    url, region, state = f"http://127.0.0.1:{port}", "us-east-1", tmp_path_factory.mktemp("state")
    runtime.start(runtime.Runtime(url, Faults(), Functions(url, state), JobsWithoutRuns(url, region, state, state)))
    yield AwsEndpoint(url, region, "123456789012", "AKIAEXAMPLE", "secret")
    server.stop()


@pytest.fixture(scope="session")
def provider(endpoint: AwsEndpoint) -> Iterator[ProviderServer]:
    server = serve(endpoint)
    yield server
    server.stop()


@pytest.fixture
def world(endpoint: AwsEndpoint) -> World:
    urllib.request.urlopen(urllib.request.Request(f"{endpoint.url}/moto-api/reset", method="POST")).close()
    return World(endpoint).build()


@pytest.fixture
def engine(provider: ProviderServer, world: World) -> Iterator[Engine]:
    engine = Engine(provider.port)
    yield engine
    engine.channel.close()
