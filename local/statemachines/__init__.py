"""Step Functions: moto's interpreter, and what it lacks or gets wrong, each fault with its mend.

`install` is to be called before moto serves.
"""

from collections.abc import Callable
from typing import Any

from local.faults.register import Faults
from local.statemachines import batch, interpreter, redrives, versions  # noqa: F401 (batch comes before all)


def install(url: str, region: str, faults: Faults, tell: Callable[[Any], None]) -> None:
    """Mends moto's state machines; what they call is at `url`, and `tell` is called with each execution that ends."""
    versions.install()
    redrives.install()
    interpreter.install(url, region, faults, tell)
