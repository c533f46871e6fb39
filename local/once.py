"""What takes long and comes out the same each time, done once, however many threads ask for it at the same time."""

import functools
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import botocore.session
from botocore.model import ServiceModel

_P = ParamSpec("_P")
_T = TypeVar("_T")


def once(make: Callable[_P, _T]) -> Callable[_P, _T]:
    """Calls `make` once for the same arguments; who else asks meanwhile waits for it, instead of making it too."""
    kept: Any = functools.cache(make)
    one_at_a_time = threading.Lock()

    @functools.wraps(make)
    def get(*arguments: _P.args, **named: _P.kwargs) -> _T:
        with one_at_a_time:
            found: _T = kept(*arguments, **named)
        return found

    return get


@once
def service_model(service: str) -> ServiceModel:
    """botocore's model of a service, by botocore's name of it."""
    return _session().get_service_model(service)


@once
def _session() -> botocore.session.Session:
    return botocore.session.get_session()
