"""Documents that configure faults."""

from typing import Any

NO_FAULTS: dict[str, Any] = {"held": 0, "faults": [], "retry_waits": 1.0, "timeouts": {}}


def fault(service: str, operation: str, **what: Any) -> dict[str, Any]:
    return {"service": service, "operation": operation, **what}


def error(code: str, status: int = 500) -> dict[str, Any]:
    return {"error": {"code": code, "message": "injected <fault>", "status": status}}
