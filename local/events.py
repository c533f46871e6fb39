"""EventBridge: what a rule's targets get, where moto 5.2.5 leaves the event with the rule.

An event is delivered in the background and once, not tried again; what cannot be delivered goes to the target's
dead-letter queue. Targets: state machines, SNS topics, HTTPS and HTTP endpoints (API destinations); moto's own besides.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
"""

import copy
import json
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import boto3
import jmespath  # type: ignore[import-untyped]
import requests
from moto.events.models import Rule, events_backends
from moto.kms.models import kms_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from local import credentials
from local.authorization import identities, policies
from local.event_templates import transformed
from local.moto_seams import replace
from local.statemachines.executions import started_by
from local.statemachines.redrives import redrive_fields

_PRINCIPAL = "events.amazonaws.com"
_STATUS_CHANGE = "Step Functions Execution Status Change"
_DATA_BYTES = 248 * 1024
_HTTP_SECONDS = 5
_send_as_moto_does = Rule.send_to_targets
Event = Any


class _UndeliverableError(Exception):
    """Why a target did not get an event."""


def install(url: str) -> None:
    """Makes rules deliver; state machines are started through `url` with the target's role."""

    def send_to_targets(rule: Rule, event: Event, transform_input: bool = True) -> None:
        """moto transforms the events that PutEvents brings and no other; AWS transforms all."""
        ours = [target for target in rule.targets if _delivery(target["Arn"])]
        if rule.state == "ENABLED" and ours and rule.event_pattern.matches_event(event):
            threading.Thread(target=_deliver_all, args=(rule, ours, copy.deepcopy(event), url), daemon=True).start()
        if others := [target for target in rule.targets if target not in ours]:
            rest = copy.copy(rule)
            rest.targets = others
            arguments = (rest, copy.deepcopy(event), transform_input)
            threading.Thread(target=_send_as_moto_does, args=arguments, daemon=True).start()

    replace(Rule, "send_to_targets", send_to_targets)


def tell_of_execution(execution: Any) -> None:
    """Step Functions tells that an execution started, and how it ended; moto does not.

    https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
    """
    detail = {
        "executionArn": execution.exec_arn,
        "stateMachineArn": execution.state_machine_arn,
        "name": execution.name,
        "status": execution.status,
        "startDate": _milliseconds(execution.start_date),
        "stopDate": _milliseconds(execution.stop_date),
        **_data(execution),
        "error": execution.error,
        "cause": execution.cause,
        "stateMachineVersionArn": None,
        "stateMachineAliasArn": None,
        **started_by(execution),
        "redriveDate": None,
        "redriveStatusReason": None,
        **redrive_fields(execution),
    }
    detail["redriveDate"] = _milliseconds(detail["redriveDate"])
    entry = {
        "Source": "aws.states",
        "DetailType": _STATUS_CHANGE,
        "Detail": json.dumps(detail),
        "Resources": [execution.exec_arn],
    }
    events_backends[execution.account_id][execution.region_name].put_events([entry])


def _milliseconds(date: datetime | None) -> int | None:
    return int(date.timestamp() * 1000) if date else None


def _data(execution: Any) -> dict[str, Any]:
    """Input and output, unless both together are too long for an event."""
    found = {"input": execution.execution_input, "output": execution.output}
    included = sum(len(text.encode()) for text in found.values() if text) < _DATA_BYTES
    told: dict[str, Any] = {}
    for name, text in found.items():
        told[name] = text if included else None
        told[f"{name}Details"] = {"included": included} if text is not None else None
    return told


def _deliver_all(rule: Rule, targets: list[Event], event: Event, url: str) -> None:
    for target in targets:
        payload = transformed(target, event)
        try:
            deliver = _delivery(target["Arn"])
            if deliver:
                deliver(rule, target, payload, url)
        except Exception as error:
            _bury(rule, target, event, error)


def _delivery(arn: str) -> Callable[[Rule, Event, str, str], None] | None:
    service, resource = arn.split(":")[2], arn.split(":")[5]
    if service == "events" and resource.startswith("api-destination/"):
        return _call_http
    return {"states": _start_execution, "sns": _publish}.get(service)


def _start_execution(rule: Rule, target: Event, payload: str, url: str) -> None:
    role = target.get("RoleArn", "")
    identities.check_trust(rule.account_id, role, _PRINCIPAL)
    session = credentials.assume(role, "EventBridge", rule.region_name)
    client = boto3.client("stepfunctions", endpoint_url=url, region_name=rule.region_name, **session.arguments())
    client.start_execution(stateMachineArn=target["Arn"], input=payload)


def _publish(rule: Rule, target: Event, payload: str, url: str) -> None:
    topic = sns_backends[rule.account_id][rule.region_name].get_topic(target["Arn"])
    # on this way AWS fills in no condition key: a policy that asks for the source lets nothing through
    _check_policy(topic.policy, "sns:Publish", target["Arn"], {})
    _check_key(rule, topic.kms_master_key_id)
    sns_backends[rule.account_id][rule.region_name].publish(payload, arn=target["Arn"])


def _call_http(rule: Rule, target: Event, payload: str, url: str) -> None:
    backend = events_backends[rule.account_id][rule.region_name]
    destination = backend.destinations[target["Arn"].split("/")[1]]
    connection = backend.connections[destination.connection_arn.split("/")[1]]
    key = jmespath.search("ApiKeyAuthParameters.[ApiKeyName, ApiKeyValue]", connection.auth_parameters)
    headers = {"Content-Type": "application/json", **({key[0]: key[1]} if key else {})}
    identities.check_trust(rule.account_id, target.get("RoleArn", ""), _PRINCIPAL)
    documents = identities.role_documents(rule.account_id, target["RoleArn"])
    if policies.decide(documents, "events:InvokeApiDestination", destination.arn, {}) != "Allow":
        raise _UndeliverableError(f"{target['RoleArn']} may not invoke {destination.arn}")
    requests.request(
        destination.http_method, destination.invocation_endpoint, data=payload, headers=headers, timeout=_HTTP_SECONDS
    ).raise_for_status()


def _check_policy(policy: str | None, action: str, resource: str, context: dict[str, str]) -> None:
    """EventBridge comes as itself: the resource's own policy has to let it."""
    documents = [policy] if policy else []
    if policies.decide(documents, action, resource, context, {_PRINCIPAL}) != "Allow":
        raise _UndeliverableError(f"{_PRINCIPAL} is not authorized to perform {action} on {resource}")


def _check_key(rule: Rule, key_id: str | None) -> None:
    """What is encrypted with a key takes messages from those alone who may use the key."""
    if key_id:
        key = kms_backends[rule.account_id][rule.region_name].describe_key(key_id)
        for action in ("kms:GenerateDataKey", "kms:Decrypt"):
            _check_policy(key.policy, action, key.arn, {})


def _bury(rule: Rule, target: Event, event: Event, error: Exception) -> None:
    arn = target.get("DeadLetterConfig", {}).get("Arn")
    if not arn:
        return
    backend = sqs_backends[rule.account_id][rule.region_name]
    queue = backend.get_queue(arn.rpartition(":")[2])
    source = {"aws:SourceArn": rule.arn, "aws:SourceAccount": rule.account_id}
    _check_policy(queue.policy, "sqs:SendMessage", arn, source)
    _check_key(rule, vars(queue).get("kms_master_key_id"))
    attributes = {
        name: {"DataType": "String", "StringValue": value}
        for name, value in {"RULE_ARN": rule.arn, "TARGET_ARN": target["Arn"], "ERROR_MESSAGE": str(error)}.items()
    }
    backend.send_message(queue.name, json.dumps(event), attributes)
