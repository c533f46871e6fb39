"""EventBridge: delivery of events to state machines, functions, SNS topics and API destinations.

An event is delivered in the background and once, without retries; an event that cannot be delivered goes to the
dead-letter queue of its target.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
"""

import json
import uuid
from collections.abc import Callable
from typing import Any, Protocol

import boto3
import jmespath  # type: ignore[import-untyped]
import requests
from moto.awslambda_simple.models import lambda_simple_backends
from moto.events.models import Rule, events_backends
from moto.kms.models import kms_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from local.authorization import identities, policies
from local.services import credentials
from local.services.event_templates import transformed
from local.services.functions import Functions

_PRINCIPAL = "events.amazonaws.com"
_HTTP_SECONDS = 5
Event = Any


class Services(Protocol):
    """What receives events: the APIs at `url`, and functions."""

    @property
    def url(self) -> str: ...

    @property
    def functions(self) -> Functions: ...


class _UndeliverableError(Exception):
    """The reason why a target did not get an event."""


def supports(arn: str) -> bool:
    """Whether events are delivered to a target here; moto delivers to the others."""
    return _delivery(arn) is not None


def deliver_all(rule: Rule, targets: list[Event], event: Event, services: Services) -> None:
    """Delivers an event to each target."""
    for target in targets:
        payload = transformed(target, event)
        try:
            deliver = _delivery(target["Arn"])
            if deliver:
                deliver(rule, target, payload, services)
        except Exception as error:
            _to_dead_letter_queue(rule, target, event, error)


def _delivery(arn: str) -> Callable[[Rule, Event, str, Services], None] | None:
    service, resource = arn.split(":")[2], arn.split(":")[5]
    if service == "events" and resource.startswith("api-destination/"):
        return _call_http
    return {"states": _start_execution, "sns": _publish, "lambda": _invoke}.get(service)


def _start_execution(rule: Rule, target: Event, payload: str, services: Services) -> None:
    role = target.get("RoleArn", "")
    identities.check_trust(rule.account_id, role, _PRINCIPAL)
    session = credentials.assume(role, "EventBridge", rule.region_name)
    client = boto3.client(
        "stepfunctions", endpoint_url=services.url, region_name=rule.region_name, **session.arguments()
    )
    client.start_execution(stateMachineArn=target["Arn"], input=payload)


def _invoke(rule: Rule, target: Event, payload: str, services: Services) -> None:
    """An asynchronous invocation: once the function is started, its errors are not the rule's."""
    function = lambda_simple_backends[rule.account_id][rule.region_name].get_function(target["Arn"])
    policy = json.dumps({"Statement": function.policy.statements})
    source = {"aws:SourceArn": rule.arn, "aws:SourceAccount": rule.account_id}
    _check_policy(policy, "lambda:InvokeFunction", target["Arn"], source)
    services.functions.run(function, payload, str(uuid.uuid4()))


def _publish(rule: Rule, target: Event, payload: str, services: Services) -> None:
    topic = sns_backends[rule.account_id][rule.region_name].get_topic(target["Arn"])
    # AWS sets no condition key here, so a policy with a condition on the source refuses the message
    _check_policy(topic.policy, "sns:Publish", target["Arn"], {})
    _check_key(rule, topic.kms_master_key_id)
    sns_backends[rule.account_id][rule.region_name].publish(payload, arn=target["Arn"])


def _call_http(rule: Rule, target: Event, payload: str, services: Services) -> None:
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
    """The resource's policy must allow EventBridge's service principal."""
    documents = [policy] if policy else []
    if policies.decide(documents, action, resource, context, {_PRINCIPAL}) != "Allow":
        raise _UndeliverableError(f"{_PRINCIPAL} is not authorized to perform {action} on {resource}")


def _check_key(rule: Rule, key_id: str | None) -> None:
    """An encrypted queue or topic accepts messages only from principals who may use its key."""
    if key_id:
        key = kms_backends[rule.account_id][rule.region_name].describe_key(key_id)
        for action in ("kms:GenerateDataKey", "kms:Decrypt"):
            _check_policy(key.policy, action, key.arn, {})


def _to_dead_letter_queue(rule: Rule, target: Event, event: Event, error: Exception) -> None:
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
