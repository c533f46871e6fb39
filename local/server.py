"""moto's server on a free loopback port, behind a gate that enforces IAM and a layer that can make calls fail."""

import logging
import os
import threading
from pathlib import Path

from moto.core.config import default_user_config
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.iam.models import iam_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

import local.statemachines.batch  # noqa: F401 (before all that imports the interpreter)
from local import checksums, events, execution_events, iam_quotas, moto_pace, objects, statemachines, tables, topics
from local.authorization.gate import Gate
from local.endpoint import AwsEndpoint
from local.faults.layer import FaultLayer
from local.faults.register import Faults
from local.functions import Functions
from local.jobs import Jobs
from local.keeping import KeepingRequestHandler
from local.provider import moto_gaps

REGION = "us-east-1"
_LOOPBACK = "127.0.0.1,localhost"
_ADMINISTRATOR = "administrator"
_EVERYTHING = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'


def start(state: Path, spark_jars: Path) -> AwsEndpoint:
    """Serves the local AWS in this process's background; it answers from now on."""
    _reach_without_proxy()
    default_user_config["stepfunctions"]["execute_state_machine"] = True
    default_user_config["lambda"]["use_docker"] = False
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # an execution's errors stand in its history; moto logs with each the whole syntax tree of its state
    logging.getLogger("moto.stepfunctions").setLevel(logging.CRITICAL)
    faults = Faults()
    services = FaultLayer(DomainDispatcherApplication(create_backend_app), faults, DEFAULT_ACCOUNT_ID, REGION)
    application = Gate(services, DEFAULT_ACCOUNT_ID, REGION)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=KeepingRequestHandler)
    os.environ["MOTO_PORT"] = str(server.server_port)
    url = f"http://127.0.0.1:{server.server_port}"

    moto_pace.install()
    objects.install()
    checksums.install()
    topics.install()
    tables.install()
    moto_gaps.install()
    iam_quotas.install()
    statemachines.install(url, REGION, faults, execution_events.publish)
    events.install(url)
    Functions(url, state).install()
    Jobs(url, REGION, state, spark_jars).install()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return AwsEndpoint(url, REGION, DEFAULT_ACCOUNT_ID, *_administrator_key())


def _reach_without_proxy() -> None:
    """A person's proxies lead to what lies beyond this machine; not all libraries know that the loopback is none."""
    exceptions = [os.environ.get("NO_PROXY"), os.environ.get("no_proxy"), _LOOPBACK]
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(filter(None, exceptions))


def _administrator_key() -> tuple[str, str]:
    """Made before anybody could be asked for permission."""
    iam = iam_backends[DEFAULT_ACCOUNT_ID]["aws"]
    iam.create_user("us-east-1", _ADMINISTRATOR)
    iam.put_user_policy(_ADMINISTRATOR, "everything", _EVERYTHING)
    key = iam.create_access_key(_ADMINISTRATOR)
    return key.access_key_id, key.secret_access_key
