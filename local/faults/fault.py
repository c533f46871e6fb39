"""One fault: the calls that it selects and its effect, parsed and validated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from local.http.error_responses import ServiceError


class InvalidFaults(ValueError):
    """The document is invalid; the message names the key, the value and the rule."""


@dataclass(frozen=True)
class FaultTarget:
    """A call to which faults may apply; `state` is empty if no workflow makes the call."""

    service: str
    operation: str
    state: str
    caller: str
    resources: Iterable[str]


@dataclass(frozen=True)
class Fault:
    """The effect is a latency, one of the last five fields, or both."""

    service: str
    operation: str
    state: str = "*"
    resource: str = "*"
    caller: str = "*"
    after: int = 0
    times: int | None = None
    latency_seconds: float | None = None
    error: ServiceError | None = None
    answer: str | None = None
    cut: str | None = None
    function: str | None = None
    job: str | None = None

    def selects(self, call: FaultTarget) -> bool:
        """Whether the call matches the fault."""
        return (
            (call.service, call.operation) == (self.service, self.operation)
            and fnmatchcase(call.state, self.state)
            and fnmatchcase(call.caller, self.caller)
            and any(fnmatchcase(resource, self.resource) for resource in call.resources)
        )

    def is_latency_only(self) -> bool:
        """Whether the delay of the response is the only effect."""
        others = (self.error, self.answer, self.cut, self.function, self.job)
        return self.latency_seconds is not None and all(other is None for other in others)

    def hits(self, seen: int) -> bool:
        """Whether the fault hits a selected call after `seen` earlier ones."""
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
    """Parses one fault; raises InvalidFaults."""
    values = fields(document, where, _TYPES, required=("service", "operation"))
    named = [name for name in _EFFECTS if name in values]
    if len(named) > 1 or not (named or "latency_seconds" in values):
        effects = ", ".join(_EFFECTS)
        raise InvalidFaults(f"{where}: invalid value {named}; must be one of {effects}, or latency_seconds, or both")
    for name, allowed in _CHOICES.items():
        if name in values and values[name] not in allowed:
            raise InvalidFaults(f"{where}.{name}: invalid value {values[name]!r}; must be one of {', '.join(allowed)}")
    if "error" in values:
        error = fields(values["error"], f"{where}.error", _ERROR_TYPES, required=tuple(_ERROR_TYPES))
        values["error"] = ServiceError(**error)
    return Fault(**values)


def fields(
    document: Any, where: str, types: Mapping[str, tuple[type, ...]], required: Iterable[str] = ()
) -> dict[str, Any]:
    """The fields of an object, with their names and types checked; raises InvalidFaults."""
    if not isinstance(document, dict):
        raise InvalidFaults(f"{where}: invalid value {document!r}; must be an object of {', '.join(types)}")
    for name, value in document.items():
        if name not in types:
            raise InvalidFaults(f"{where}.{name}: unknown key; must be one of {', '.join(types)}")
        if not isinstance(value, types[name]) or isinstance(value, bool):
            allowed = " or ".join(type_.__name__ for type_ in types[name])
            raise InvalidFaults(f"{where}.{name}: invalid value {value!r}; must be a {allowed}")
    for name in required:
        if name not in document:
            raise InvalidFaults(f"{where}.{name}: unset; must be a {types[name][0].__name__}")
    return dict(document)
