"""Results are computed once, also for concurrent callers."""

import threading

import pytest

from local.moto_patches.stepfunctions.jsonata import EvaluationError, evaluate
from local.single_flight import single_flight


def test_concurrent_callers_wait_for_one_computation() -> None:
    made, begun, go_on = [], threading.Event(), threading.Event()

    @single_flight
    def make(name: str) -> str:
        made.append(name)
        begun.set()
        go_on.wait()
        return name

    asking = [threading.Thread(target=make, args=("a",)) for _ in range(20)]
    asking[0].start()
    begun.wait()
    for other in asking[1:]:
        other.start()
    go_on.set()
    for each in asking:
        each.join()
    assert made == ["a"]
    assert (make("a"), make("b"), made) == ("a", "b", ["a", "b"])


def test_a_cached_expression_has_no_variables() -> None:
    assert evaluate("$x", {"x": 1}) == 1
    assert evaluate("$x", {"x": 2}) == 2
    with pytest.raises(EvaluationError):
        evaluate("$x", {})
