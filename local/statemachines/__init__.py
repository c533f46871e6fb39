"""Step Functions: moto's interpreter, and what it lacks or gets wrong, each fault with its mend.

`install` is to be called before moto serves.
"""

from local.faults.register import Faults
from local.statemachines import interpreter, redrives, versions


def install(url: str, region: str, faults: Faults) -> None:
    """Mends moto's state machines; what they call is at `url`."""
    versions.install()
    redrives.install()
    interpreter.install(url, region, faults)
