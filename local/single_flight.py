"""Results that are slow to compute and never change: computed once, also if several threads ask at the same time."""

import functools
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def single_flight(compute: Callable[_P, _T]) -> Callable[_P, _T]:
    """Calls `compute` once per arguments; concurrent callers wait for the result instead of computing it too."""
    cached: Any = functools.cache(compute)
    lock = threading.Lock()

    @functools.wraps(compute)
    def get(*arguments: _P.args, **named: _P.kwargs) -> _T:
        with lock:
            result: _T = cached(*arguments, **named)
        return result

    return get
