"""The example of a resource type."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from local.tests.provider.world import World

Properties = dict[str, Any]


@dataclass(frozen=True)
class Example:
    inputs: Callable[[World], Properties]
    change: Callable[[World], Properties] | None
    """The changed inputs; None if no input can change in place."""

    def changed(self, world: World) -> Properties:
        assert self.change is not None
        return self.change(world)
