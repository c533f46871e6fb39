"""Step Functions: moto's interpreter, and what it lacks or gets wrong, each fault with its mend.

`install` is to be called before moto serves.
"""

from collections.abc import Callable

import local.statemachines.batch  # noqa: F401 (before all that imports the interpreter)
from local.faults.register import Faults
from local.statemachines import api, interpreter


def install(url: str, region: str, faults: Faults, tell: Callable[..., None]) -> None:
    """Mends moto's state machines; what they call is at `url`; `tell` gets each execution that starts or ends."""
    api.install(tell)
    interpreter.install(url, region, faults, tell)
