"""Rules deliver matching events: new objects start state machines, if the role and the policies allow it."""

import json
from typing import Any

import pytest

from local.tests.account import Account, allow, document, poll, trusting

STATES = trusting("states.amazonaws.com")
EVENTS = trusting("events.amazonaws.com")
ECHO = {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}


def notifying_bucket(account: Account) -> str:
    bucket = account.bucket()
    account.client("s3").put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration={"EventBridgeConfiguration": {}}
    )
    return bucket


def rule(account: Account, bucket: str, target: dict[str, Any], prefix: str = "landing/") -> str:
    """The name of a new rule for new objects with the prefix, with one target."""
    name, events = account.name("rule"), account.client("events")
    detail = {"bucket": {"name": [bucket]}, "object": {"key": [{"prefix": prefix}]}}
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "only", **target}])
    return name


def put(account: Account, bucket: str, key: str) -> None:
    account.client("s3").put_object(Bucket=bucket, Key=key, Body=b"x")


def executions(account: Account, machine: str) -> Any:
    return account.client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]


def test_a_new_object_under_the_prefix_starts_an_execution(account: Account) -> None:
    bucket, machine = notifying_bucket(account), account.state_machine(ECHO, account.role(STATES))
    role = account.role(EVENTS, allow("states:StartExecution", on=machine))
    rule(account, bucket, {"Arn": machine, "RoleArn": role, "Input": '{"force": false}'})
    put(account, bucket, "elsewhere/a.csv")
    put(account, bucket, "landing/a.csv")
    (started,) = poll(lambda: executions(account, machine))
    assert json.loads(account.execution(started["executionArn"])["output"]) == {"force": False}


def test_a_target_without_an_input_gets_the_event(account: Account) -> None:
    bucket, machine = notifying_bucket(account), account.state_machine(ECHO, account.role(STATES))
    rule(account, bucket, {"Arn": machine, "RoleArn": account.role(EVENTS, allow("states:StartExecution"))})
    put(account, bucket, "landing/a.csv")
    (started,) = poll(lambda: executions(account, machine))
    event = json.loads(account.execution(started["executionArn"])["output"])
    assert event["detail"]["object"]["key"] == "landing/a.csv"


@pytest.mark.parametrize(
    ("trust", "allowed", "expected"),
    [(EVENTS, "states:StopExecution", "not authorized"), (STATES, "states:StartExecution", "does not trust")],
)
def test_a_refused_start_goes_to_the_dead_letter_queue(
    account: Account, trust: str, allowed: str, expected: str
) -> None:
    bucket, machine = notifying_bucket(account), account.state_machine(ECHO, account.role(STATES))
    sqs = account.client("sqs")
    url = sqs.create_queue(QueueName=account.name("dead"))["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = allow("sqs:SendMessage", on=arn) | {"Principal": {"Service": "events.amazonaws.com"}}
    document = json.dumps({"Version": "2012-10-17", "Statement": [policy]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": document})
    target = {"Arn": machine, "RoleArn": account.role(trust, allow(allowed)), "DeadLetterConfig": {"Arn": arn}}
    rule(account, bucket, target)
    put(account, bucket, "landing/a.csv")

    def look() -> Any:
        return sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"]).get("Messages")

    (message,) = poll(look)
    assert expected in message["MessageAttributes"]["ERROR_MESSAGE"]["StringValue"]
    assert executions(account, machine) == []


def test_a_disabled_rule_delivers_nothing(account: Account) -> None:
    bucket, machine = notifying_bucket(account), account.state_machine(ECHO, account.role(STATES))
    target = {"Arn": machine, "RoleArn": account.role(EVENTS, allow("states:StartExecution"))}
    account.client("events").disable_rule(Name=rule(account, bucket, target))
    rule(account, bucket, target | {"Input": '"enabled"'})
    put(account, bucket, "landing/a.csv")
    (started,) = poll(lambda: executions(account, machine))
    assert account.execution(started["executionArn"])["output"] == '"enabled"'


def test_the_end_of_an_execution_is_published_to_a_topic_without_a_source_condition(account: Account) -> None:
    states, events, sns, sqs = (account.client(name) for name in ("stepfunctions", "events", "sns", "sqs"))
    waiting = {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "End": True}}}
    machine = account.state_machine(waiting, account.role(STATES))
    open_topic, closed_topic = (sns.create_topic(Name=account.name("topic"))["TopicArn"] for _ in range(2))
    name = account.name("rule")
    pattern = {"source": ["aws.states"], "detail": {"status": ["ABORTED"], "stateMachineArn": [machine]}}
    rule_arn = events.put_rule(Name=name, EventPattern=json.dumps(pattern))["RuleArn"]
    for topic, more in ((open_topic, {}), (closed_topic, {"Condition": {"ArnEquals": {"aws:SourceArn": rule_arn}}})):
        let_in = allow("sns:Publish", on=topic, **more) | {"Principal": {"Service": "events.amazonaws.com"}}
        document = json.dumps({"Version": "2012-10-17", "Statement": [let_in]})
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=document)
    queues = [account.name("queue") for _ in range(2)]
    urls = [sqs.create_queue(QueueName=queue)["QueueUrl"] for queue in queues]
    for topic, queue in zip((open_topic, closed_topic), queues, strict=True):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=account.arn("sqs", queue))
    text = {"InputPathsMap": {"name": "$.detail.name"}, "InputTemplate": '"run <name> was stopped"'}
    targets = [{"Id": topic[-9:], "Arn": topic, "InputTransformer": text} for topic in (closed_topic, open_topic)]
    events.put_targets(Rule=name, Targets=targets)
    run = states.start_execution(stateMachineArn=machine, name="cut")["executionArn"]
    states.stop_execution(executionArn=run)
    (message,) = poll(lambda: sqs.receive_message(QueueUrl=urls[0]).get("Messages"))
    assert json.loads(message["Body"])["Message"] == '"run cut was stopped"'
    assert "Messages" not in sqs.receive_message(QueueUrl=urls[1])


@pytest.mark.parametrize(("admitted", "expected"), [("events", "published"), ("cloudwatch", "not authorized")])
def test_an_encrypted_topic_hears_those_who_may_use_its_key(account: Account, admitted: str, expected: str) -> None:
    events, sns, sqs = (account.client(name) for name in ("events", "sns", "sqs"))

    def admitting(action: str, service: str = "events") -> str:
        principal = {"Principal": {"Service": f"{service}.amazonaws.com"}}
        return document(allow(action) | principal)

    key = account.client("kms").create_key(Policy=admitting("kms:*", admitted))["KeyMetadata"]["Arn"]
    attributes = {"KmsMasterKeyId": key, "Policy": admitting("sns:Publish")}
    topic = sns.create_topic(Name=account.name("topic"), Attributes=attributes)["TopicArn"]
    heard, dead = account.name("queue"), account.name("queue")
    urls = [
        sqs.create_queue(QueueName=queue, Attributes={"Policy": admitting("sqs:SendMessage")})["QueueUrl"]
        for queue in (heard, dead)
    ]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=account.arn("sqs", heard))
    name = account.name("rule")
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    letters = {"DeadLetterConfig": {"Arn": account.arn("sqs", dead)}}
    events.put_targets(Rule=name, Targets=[{"Id": "only", "Arn": topic, "Input": '"published"', **letters}])
    events.put_events(Entries=[{"Source": name, "DetailType": "t", "Detail": "{}"}])

    def look() -> Any:
        return [sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"]).get("Messages") for url in urls]

    messages = poll(lambda: [found for found in look() if found])
    assert expected in json.dumps(messages)


def test_a_function_gets_the_events_of_the_rules_that_may_invoke_it(account: Account) -> None:
    bucket, sqs = notifying_bucket(account), account.client("sqs")
    queue = account.name("got")
    url = sqs.create_queue(QueueName=queue)["QueueUrl"]
    code = f"""
import boto3, json
def handler(event, context):
    boto3.client("sqs").send_message(QueueUrl={url!r}, MessageBody=json.dumps(event))
"""
    name = account.function(code, account.role(trusting("lambda.amazonaws.com"), allow("sqs:SendMessage")))
    function = account.arn("lambda", name)
    dead = account.name("dead")
    dead_url = sqs.create_queue(QueueName=dead)["QueueUrl"]
    from_events = allow("sqs:SendMessage", on=account.arn("sqs", dead)) | {
        "Principal": {"Service": "events.amazonaws.com"}
    }
    sqs.set_queue_attributes(QueueUrl=dead_url, Attributes={"Policy": document(from_events)})
    target = {"Arn": function, "DeadLetterConfig": {"Arn": account.arn("sqs", dead)}}
    allowed = rule(account, bucket, target | {"Input": '"allowed"'})
    rule(account, bucket, target | {"Input": '"not allowed"'})
    account.client("lambda").add_permission(
        FunctionName=name,
        StatementId="rule",
        Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com",
        SourceArn=account.client("events").describe_rule(Name=allowed)["Arn"],
    )
    put(account, bucket, "landing/a.csv")
    (message,) = poll(lambda: sqs.receive_message(QueueUrl=url).get("Messages"))
    assert json.loads(message["Body"]) == "allowed"
    (lost,) = poll(lambda: sqs.receive_message(QueueUrl=dead_url, MessageAttributeNames=["All"]).get("Messages"))
    assert (
        "not authorized to perform lambda:InvokeFunction" in lost["MessageAttributes"]["ERROR_MESSAGE"]["StringValue"]
    )
    assert "Messages" not in sqs.receive_message(QueueUrl=url)


def test_an_error_of_a_function_is_not_that_of_the_rule(account: Account) -> None:
    bucket, sqs = notifying_bucket(account), account.client("sqs")
    name = account.function("def handler(event, context):\n    raise ValueError(event)")
    dead = account.name("dead")
    url = sqs.create_queue(QueueName=dead)["QueueUrl"]
    target = {"Arn": account.arn("lambda", name), "DeadLetterConfig": {"Arn": account.arn("sqs", dead)}}
    account.client("lambda").add_permission(
        FunctionName=name, StatementId="any", Action="lambda:InvokeFunction", Principal="events.amazonaws.com"
    )
    rule(account, bucket, target | {"Input": '"failed on purpose"'})
    put(account, bucket, "landing/a.csv")
    logs = account.state / "log" / name
    poll(lambda: logs.exists() and any("failed on purpose" in log.read_text() for log in logs.iterdir()))
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
