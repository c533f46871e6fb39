"""API destinations and transformed inputs of EventBridge's targets."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from local.services.event_templates import transformed
from local.tests.account import Account, allow, poll, trusting

STATES = trusting("states.amazonaws.com")
EVENTS = trusting("events.amazonaws.com")


def test_an_api_destination_gets_the_transformed_message(account: Account) -> None:
    events, posted = account.client("events"), []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posted.append((self.path, self.headers["X-Sender"], json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Chat)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    key = {"ApiKeyAuthParameters": {"ApiKeyName": "X-Sender", "ApiKeyValue": "pipeline"}}
    connection = events.create_connection(
        Name=account.name("connection"), AuthorizationType="API_KEY", AuthParameters=key
    )["ConnectionArn"]
    destination = events.create_api_destination(
        Name=account.name("chat"),
        ConnectionArn=connection,
        HttpMethod="POST",
        InvocationEndpoint=f"http://127.0.0.1:{server.server_port}/hook",
    )["ApiDestinationArn"]
    name = account.name("rule")
    events.put_rule(Name=name, EventPattern=json.dumps({"source": ["pipeline"], "detail": {"stack": ["one"]}}))
    text = {"InputPathsMap": {"text": "$.detail.text"}, "InputTemplate": '{"text": <text>}'}
    role = account.role(EVENTS, allow("events:InvokeApiDestination", on=destination))
    events.put_targets(
        Rule=name, Targets=[{"Id": "chat", "Arn": destination, "RoleArn": role, "InputTransformer": text}]
    )

    publish = allow("events:PutEvents", Condition={"StringEquals": {"events:source": "pipeline"}})
    detail = {"stack": "one", "text": "{% 'it \"failed\"\\nat once' %}"}
    entry = {"Source": "pipeline", "DetailType": "Message", "Detail": detail}
    put = {
        "Type": "Task",
        "Resource": "arn:aws:states:::events:putEvents",
        "Arguments": {"Entries": [entry]},
        "End": True,
    }
    machine = account.state_machine({"StartAt": "P", "States": {"P": put}}, account.role(STATES, publish))
    ended = account.execution(account.client("stepfunctions").start_execution(stateMachineArn=machine)["executionArn"])
    assert ended["status"] == "SUCCEEDED", ended
    poll(lambda: posted)
    server.shutdown()
    assert posted == [("/hook", "pipeline", {"text": 'it "failed"\nat once'})]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ({}, '{"detail": {"a": "say \\"hi\\"", "n": 1}, "detail-type": "t"}'),
        ({"Input": '{"b": 1}'}, '{"b": 1}'),
        ({"InputPath": "$.detail"}, '{"a": "say \\"hi\\"", "n": 1}'),
        (
            {
                "InputTransformer": {
                    "InputPathsMap": {"a": "$.detail.a", "n": "$.detail.n", "t": "$.detail-type", "x": "$.none"},
                    "InputTemplate": '{"bare": <a>, "n": <n>, "in": "<t>: <a>, <n>, <x>"}',
                }
            },
            '{"bare": "say \\"hi\\"", "n": 1, "in": "t: say \\"hi\\", 1, "}',
        ),
    ],
)
def test_a_target_gets_its_transformed_input(target: dict[str, Any], text: str) -> None:
    event = {"detail": {"a": 'say "hi"', "n": 1}, "detail-type": "t"}
    assert transformed(target, event) == text
