"""botocore's models of the services."""

import botocore.session
from botocore.model import ServiceModel

from local.single_flight import single_flight


@single_flight
def service_model(service: str) -> ServiceModel:
    """The model of a service, by botocore's name of the service."""
    return _session().get_service_model(service)


@single_flight
def _session() -> botocore.session.Session:
    return botocore.session.get_session()
