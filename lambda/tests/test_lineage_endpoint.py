"""An endpoint also gets the events of OpenLineage."""

import json
from typing import Any

import pytest
from conftest import DATA, HttpsServer
from recorded_lineage import completed, deployed

from failures import EndpointUnavailable


@pytest.fixture
def stack(s3: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """S3 with what the function reads."""
    return deployed(s3, monkeypatch)


def test_the_endpoint_gets_the_event_too(stack: Any, https: HttpsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    bodies: list[Any] = []

    def accept(request: Any) -> None:
        bodies.append((request.path, json.loads(request.rfile.read(int(request.headers["Content-Length"])))))
        request.send_response(201)
        request.send_header("Content-Length", "0")
        request.end_headers()

    monkeypatch.setattr(https, "answers", {"/api/v1/lineage": accept})
    monkeypatch.setenv("LINEAGE_ENDPOINT", https.url("/api/v1/lineage?key=secret"))
    written = completed(stack)
    assert bodies == [("/api/v1/lineage?key=secret", written)]


@pytest.mark.parametrize("status", [302, 400, 500, None])
def test_a_refusal_of_the_endpoint_fails_without_its_address_after_the_event_was_written(
    stack: Any,
    https: HttpsServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    status: int | None,
) -> None:
    def refuse(request: Any) -> None:
        if status:
            request.send_response(status)
            request.send_header("Content-Length", "0")
            request.end_headers()
        request.close_connection = True

    monkeypatch.setattr(https, "answers", {"/secret-path": refuse})
    monkeypatch.setenv("LINEAGE_ENDPOINT", https.url("/secret-path?key=secret-key"))
    with pytest.raises(EndpointUnavailable) as refusal:
        completed(stack)
    assert "secret" not in str(refusal.value) + capsys.readouterr().out
    assert stack.list_objects_v2(Bucket=DATA, Prefix="datasets/sales/lineage/")["KeyCount"] == 1
