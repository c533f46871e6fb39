"""moto's server on a free loopback port, behind IAM (`local.authorization`) and faults (`local.faults`)."""

import logging
import os
import threading
from pathlib import Path

from moto.core.config import default_user_config
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.iam.models import iam_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from local.authorization.gate import Gate
from local.endpoint import AwsEndpoint
from local.faults.layer import FaultLayer
from local.faults.register import Faults
from local.http.keep_alive import KeepAliveRequestHandler
from local.moto_patches import patching, runtime
from local.services.functions import Functions
from local.services.jobs import Jobs

REGION = "us-east-1"
_LOOPBACK = "127.0.0.1,localhost"
_ADMINISTRATOR = "administrator"
_ALLOW_ALL = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'


def start(state: Path, spark_jars: Path) -> AwsEndpoint:
    """Serves the local AWS in the background of this process."""
    _bypass_proxies()
    default_user_config["stepfunctions"]["execute_state_machine"] = True
    default_user_config["lambda"]["use_docker"] = False
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # the history has an execution's errors; moto logs each with the whole syntax tree of the state
    logging.getLogger("moto.stepfunctions").setLevel(logging.CRITICAL)
    faults = Faults()
    services = FaultLayer(DomainDispatcherApplication(create_backend_app), faults, DEFAULT_ACCOUNT_ID, REGION)
    application = Gate(services, DEFAULT_ACCOUNT_ID, REGION)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=KeepAliveRequestHandler)
    os.environ["MOTO_PORT"] = str(server.server_port)
    url = f"http://127.0.0.1:{server.server_port}"

    runtime.start(runtime.Runtime(url, faults, Functions(url, state), Jobs(url, REGION, state, spark_jars)))
    patching.apply_all()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return AwsEndpoint(url, REGION, DEFAULT_ACCOUNT_ID, *_administrator_key())


def _bypass_proxies() -> None:
    """Excludes the loopback interface from the user's proxies; not all libraries do so by themselves."""
    exceptions = [os.environ.get("NO_PROXY"), os.environ.get("no_proxy"), _LOOPBACK]
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(filter(None, exceptions))


def _administrator_key() -> tuple[str, str]:
    """Creates the administrator in moto's IAM directly: no caller exists yet who could be authorized."""
    iam = iam_backends[DEFAULT_ACCOUNT_ID]["aws"]
    iam.create_user("us-east-1", _ADMINISTRATOR)
    iam.put_user_policy(_ADMINISTRATOR, "everything", _ALLOW_ALL)
    key = iam.create_access_key(_ADMINISTRATOR)
    return key.access_key_id, key.secret_access_key
