"""A patched moto server and the provider; every test starts with an account that has only its `World`."""

import logging
import urllib.request
from collections.abc import Iterator

import pytest
from moto.server import ThreadedMotoServer

from local.endpoint import AwsEndpoint
from local.moto_patches import patching
from local.provider import ProviderServer, serve

from .engine import Engine
from .world import World


@pytest.fixture(scope="session")
def endpoint() -> Iterator[AwsEndpoint]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    patching.apply_all()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield AwsEndpoint(f"http://127.0.0.1:{port}", "us-east-1", "123456789012", "AKIAEXAMPLE", "secret")
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
