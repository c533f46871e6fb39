"""EventBridge: the delivery of events to the targets of rules."""

import copy
import json
import threading
from collections.abc import Callable
from typing import Any

from moto.events.models import EventsBackend, Rule
from moto.events.utils import EventTemplateParser

from local.moto_patches import runtime
from local.moto_patches.patching import patch, patch_value
from local.services import event_delivery


@patch(
    Rule,
    "send_to_targets",
    "moto does not deliver to state machines, functions, SNS topics and API destinations, transforms only what "
    "PutEvents brings, and delivers in the thread of the request.",
)
def send_to_targets(original: Callable[..., None], rule: Rule, event: Any, transform_input: bool = True) -> None:
    ours = [target for target in rule.targets if event_delivery.supports(target["Arn"])]
    if rule.state == "ENABLED" and ours and rule.event_pattern.matches_event(event):
        arguments = (rule, ours, copy.deepcopy(event), runtime.current())
        threading.Thread(target=event_delivery.deliver_all, args=arguments, daemon=True).start()
    if others := [target for target in rule.targets if target not in ours]:
        rest = copy.copy(rule)
        rest.targets = others
        threading.Thread(target=original, args=(rest, copy.deepcopy(event), transform_input), daemon=True).start()


@patch(EventsBackend, "put_events", "A detail is a JSON object; moto fails with an internal error on other JSON.")
def put_events(original: Callable[..., Any], backend: EventsBackend, events: list[dict[str, Any]]) -> Any:
    return original(backend, [event if _has_object(event) else event | {"Detail": "malformed"} for event in events])


def _has_object(event: dict[str, Any]) -> bool:
    try:
        return isinstance(json.loads(event.get("Detail") or "{}"), dict)
    except ValueError:
        return False


@patch_value(EventTemplateParser, "DEFAULT_EVENT_INPUT_TEMPLATE", "moto's events to its own targets lack the account.")
def event_template(original: str) -> str:
    return '{"account": "<account>", ' + original[1:]
