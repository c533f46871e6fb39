"""The active faults and their counters, which every part of the local AWS that can fail consults."""

import contextlib
import contextvars
import dataclasses
import threading
from collections.abc import Iterator
from typing import Any

from local.faults.fault import Fault, FaultTarget, fields, parse


class Faults:
    """The active faults; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[tuple[Fault, list[int]]] = []
        self._replaced = threading.Event()
        self._held = 0
        self.retry_waits = 1.0
        self.timeouts: dict[str, float] = {}

    def configure(self, document: Any) -> None:
        """Replaces the document; raises InvalidFaults."""
        types = {"faults": (list,), "retry_waits": (int, float), "timeouts": (dict,)}
        values = fields(document, "the document", types)
        listed = [parse(item, f"faults[{index}]") for index, item in enumerate(values.get("faults", []))]
        given = values.get("timeouts", {})
        timeouts = fields(given, "timeouts", dict.fromkeys(given, (int, float)))
        with self._lock:
            self._replaced.set()
            self._replaced = threading.Event()
            self._faults = [(fault, [0, 0]) for fault in listed]
            self.retry_waits = float(values.get("retry_waits", 1))
            self.timeouts = timeouts

    def describe(self) -> dict[str, Any]:
        """The document, with the counts of each fault."""
        with self._lock:
            faults = [
                {name: value for name, value in dataclasses.asdict(fault).items() if value is not None}
                | {"seen": counts[0], "fired": counts[1]}
                for fault, counts in self._faults
            ]
            held = self._held
        return {"held": held, "faults": faults, "retry_waits": self.retry_waits, "timeouts": self.timeouts}

    @contextlib.contextmanager
    def held_call(self) -> Iterator[None]:
        """Counts a call that is hit as held until it is answered, also if its client has disconnected."""
        with self._lock:
            self._held += 1
        try:
            yield
        finally:
            with self._lock:
                self._held -= 1

    def any_active(self) -> bool:
        """Whether calls must be matched at all."""
        return bool(self._faults)

    def hit(self, call: FaultTarget) -> tuple[Fault, threading.Event] | None:
        """The first fault that hits the call, and the event that ends its delay; all faults that select it count it."""
        hit: tuple[Fault, threading.Event] | None = None
        with self._lock:
            for fault, counts in self._faults:
                if fault.selects(call):
                    if hit is None and fault.hits(counts[0]):
                        hit = fault, self._replaced
                        counts[1] += 1
                    counts[0] += 1
        return hit


# the fault of the function or the job run that the request of this thread starts
ACTIVE_FAULT: contextvars.ContextVar[Fault | None] = contextvars.ContextVar("active_fault", default=None)


# the header with the name of the state that makes a call
STATE_HEADER = "x-state"
