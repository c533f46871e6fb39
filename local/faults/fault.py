"""One fault: which calls it concerns and what happens to them, read from a document that may be wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from local.answers import Error


class InvalidFaults(ValueError):
    """The document is not one of faults; the text says where, what it holds and what is allowed."""


@dataclass(frozen=True)
class Concerned:
    """A call as faults see it: the ARNs are those that IAM decides about; the state is empty outside of a workflow."""

    service: str
    operation: str
    state: str
    caller: str
    resources: Iterable[str]


@dataclass(frozen=True)
class Fault:
    """What happens: a latency, or one of the last five fields, or both, the one after the other."""

    service: str
    operation: str
    state: str = "*"
    resource: str = "*"
    caller: str = "*"
    after: int = 0
    times: int | None = None
    latency_seconds: float | None = None
    error: Error | None = None
    answer: str | None = None
    cut: str | None = None
    function: str | None = None
    job: str | None = None

    def concerns(self, call: Concerned) -> bool:
        """Whether the call is one of those that this fault waits for."""
        return (
            (call.service, call.operation) == (self.service, self.operation)
            and fnmatchcase(call.state, self.state)
            and fnmatchcase(call.caller, self.caller)
            and any(fnmatchcase(resource, self.resource) for resource in call.resources)
        )

    def hits(self, seen: int) -> bool:
        """Whether the call is hit, as the one after `seen` others that this fault concerns."""
        return self.after <= seen and (self.times is None or seen < self.after + self.times)


_EFFECTS = ("error", "answer", "cut", "function", "job")
_CHOICES = {
    "cut": ("before", "after"),
    "function": ("crash", "timeout", "memory"),
    "job": ("FAILED", "TIMEOUT", "STOPPED", "SUCCEEDED"),
}
_TEXTS = ("service", "operation", "state", "resource", "caller", "answer", "cut", "function", "job")
_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(_TEXTS, (str,)),
    **dict.fromkeys(("after", "times"), (int,)),
    "latency_seconds": (int, float),
    "error": (dict,),
}
_ERROR_TYPES: dict[str, tuple[type, ...]] = {"code": (str,), "message": (str,), "status": (int,)}


def parse(document: Any, where: str) -> Fault:
    """Reads one fault; raises InvalidFaults."""
    values = fields(document, where, _TYPES, required=("service", "operation"))
    named = [name for name in _EFFECTS if name in values]
    if len(named) > 1 or not (named or "latency_seconds" in values):
        effects = ", ".join(_EFFECTS)
        raise InvalidFaults(f"{where}: got {named}, allowed is one of {effects}, or latency_seconds, or both")
    for name, allowed in _CHOICES.items():
        if name in values and values[name] not in allowed:
            raise InvalidFaults(f"{where}.{name}: got {values[name]!r}, allowed is one of {', '.join(allowed)}")
    if "error" in values:
        error = fields(values["error"], f"{where}.error", _ERROR_TYPES, required=tuple(_ERROR_TYPES))
        values["error"] = Error(**error)
    return Fault(**values)


def fields(
    document: Any, where: str, types: Mapping[str, tuple[type, ...]], required: Iterable[str] = ()
) -> dict[str, Any]:
    """The fields of an object, each known and of its type; raises InvalidFaults."""
    if not isinstance(document, dict):
        raise InvalidFaults(f"{where}: got {document!r}, allowed is an object of {', '.join(types)}")
    for name, value in document.items():
        if name not in types:
            raise InvalidFaults(f"{where}.{name}: unknown key, allowed are {', '.join(types)}")
        if not isinstance(value, types[name]) or isinstance(value, bool):
            allowed = " or ".join(type_.__name__ for type_ in types[name])
            raise InvalidFaults(f"{where}.{name}: got {value!r}, allowed is a {allowed}")
    for name in required:
        if name not in document:
            raise InvalidFaults(f"{where}.{name}: got nothing, allowed is a {types[name][0].__name__}")
    return dict(document)
