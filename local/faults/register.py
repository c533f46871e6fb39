"""The faults that are on, counted; every part of the local AWS that can fail asks here."""

import contextlib
import contextvars
import dataclasses
import threading
from collections.abc import Iterator
from typing import Any

from local.faults.fault import Concerned, Fault, fields, parse


class Faults:
    """The current faults, for all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[tuple[Fault, list[int]]] = []
        self._replaced = threading.Event()
        self._held = 0
        self.retry_waits = 1.0
        self.timeouts: dict[str, float] = {}

    def configure(self, document: Any) -> None:
        """Takes a document in place of the one before; raises InvalidFaults."""
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

    def described(self) -> dict[str, Any]:
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
    def holding(self) -> Iterator[None]:
        """While a call that is hit is on its way, be it that nobody waits for it any more."""
        with self._lock:
            self._held += 1
        try:
            yield
        finally:
            with self._lock:
                self._held -= 1

    def are_on(self) -> bool:
        """Whether there is any; without one, calls need not be looked at."""
        return bool(self._faults)

    def hitting(self, call: Concerned) -> tuple[Fault, threading.Event] | None:
        """The first fault that hits this call, which counts for all that it concerns, and until when it may hold it."""
        hit: tuple[Fault, threading.Event] | None = None
        with self._lock:
            for fault, counts in self._faults:
                if fault.concerns(call):
                    if hit is None and fault.hits(counts[0]):
                        hit = fault, self._replaced
                        counts[1] += 1
                    counts[0] += 1
        return hit


# what is to happen to the function or the job run that the request of this thread starts
AT_HAND: contextvars.ContextVar[Fault | None] = contextvars.ContextVar("at_hand", default=None)


# the header in which a state's calls have its name
STATE = "x-state"
