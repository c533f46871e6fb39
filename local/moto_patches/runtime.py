"""The running local AWS, as patches see it; one process serves one."""

from dataclasses import dataclass

from local.faults.register import Faults
from local.services.functions import Functions
from local.services.jobs import Jobs


@dataclass(frozen=True)
class Runtime:
    """What patches need at run time: the address of the APIs, the active faults, and what runs functions and jobs."""

    url: str
    faults: Faults
    functions: Functions
    jobs: Jobs


_RUNNING: list[Runtime] = []


def start(runtime: Runtime) -> None:
    """Makes the runtime available to the patches."""
    _RUNNING[:] = [runtime]


def current() -> Runtime:
    """The runtime; only requests need it, which come after the start."""
    return _RUNNING[0]
