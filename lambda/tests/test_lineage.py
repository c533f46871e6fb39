"""Events of executions become valid events of OpenLineage, in S3 and at an endpoint."""

import copy
import importlib.util
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import DATA, SOURCE, HttpsServer
from openlineage_events import InvalidLineage, check

from failures import EndpointUnavailable, InvalidEvent

HANDLER = Path(__file__).parents[1] / "lineage" / "handler.py"


def loaded(file: Path) -> Any:
    """The module of a file whose name another module has."""
    spec = importlib.util.spec_from_file_location("lineage_handler", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


lineage = loaded(HANDLER)
MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:shop-dev-sales"
EXECUTION = "arn:aws:states:us-east-1:123456789012:execution:shop-dev-sales:r1"
FOLDER = "datasets/sales/transformed-data/dataset/run_id=r1/job_run=jr_1/"
REPORT = "datasets/sales/reports/run_id=r1/job_run=jr_1/quality.json"
ORDERS = {"namespace": f"s3://{DATA}", "name": "datasets/orders/transformed-data/dataset"}
FACTS = {
    "job": {"namespace": "shop-dev", "name": "sales"},
    "prefix": "datasets/sales/",
    "output": {"namespace": f"s3://{DATA}", "name": "datasets/sales/transformed-data/dataset"},
    "table": {"namespace": "arn:aws:glue:us-east-1:123456789012", "name": "table/shop/sales"},
    "inputs": [{"source": "orders", **ORDERS}, {"source": "rates", "namespace": "https://bank.example", "name": "eur"}],
    "column_lineage": {
        "fields": {
            "total": {
                "inputFields": [
                    {**ORDERS, "field": "amount", "transformations": [{"type": "DIRECT", "subtype": "AGGREGATION"}]}
                ]
            },
            "rows": {"inputFields": []},
        },
        "dataset": [{**ORDERS, "field": "day", "transformations": [{"type": "INDIRECT", "subtype": "GROUP_BY"}]}],
    },
}
MANIFEST = {
    "run_id": "r1",
    "report": f"s3://{DATA}/{REPORT}",
    "columns": [{"Name": "total", "Type": "decimal(12,2)"}, {"Name": "rows", "Type": "bigint"}],
    "sources": [
        {"name": "orders", "uri": f"s3://{DATA}/x/", "bytes": 10, "etag": "run-7", "copied_at": "2026-11-30T10:00:00Z"},
        {"name": "rates", "uri": f"s3://{DATA}/y", "bytes": 5, "etag": "abc", "copied_at": "2026-11-30T10:00:00Z"},
    ],
}
QUALITY = {
    "rows_out": 3,
    "dataset_bytes": 1234,
    "object_count": 1,
    "rules": [
        {"name": "rowCount", "severity": "fail run", "passed": True, "message": "3 rows; must be at least 1"},
        {"name": "mean of total", "severity": "warn", "passed": False, "message": "0.5 is the mean of total"},
        {"name": "total", "severity": "reject row", "passed": False, "message": "1 rows quarantined"},
    ],
}
OUTPUT = {"published": True, "run_id": "r1", "rows": 3, "dataset": f"s3://{DATA}/{FOLDER}", "kind": "new run"}


@pytest.fixture
def stack(s3: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """S3 with the facts of a data set and what its run has written."""
    monkeypatch.setenv("DATA_BUCKET", DATA)
    monkeypatch.setenv("FACTS", f"s3://{SOURCE}/scripts/lineage/")
    s3.put_object(Bucket=SOURCE, Key="scripts/lineage/shop-dev-sales.json", Body=json.dumps(FACTS))
    s3.put_object(Bucket=DATA, Key=f"{FOLDER}_manifest.json", Body=json.dumps(MANIFEST))
    s3.put_object(Bucket=DATA, Key=REPORT, Body=json.dumps(QUALITY))
    return s3


def status_change(status: str, **detail: Any) -> Any:
    """An event as EventBridge delivers it."""
    ended = None if status == "RUNNING" else 1_764_547_260_500
    changed = {
        "executionArn": EXECUTION,
        "stateMachineArn": MACHINE,
        "name": "r1",
        "status": status,
        "startDate": 1_764_547_200_000,
        "stopDate": ended,
        "redriveDate": None,
        "input": "{}",
        "output": None,
        "error": None,
        "cause": None,
    }
    return {"source": "aws.states", "detail-type": "Step Functions Execution Status Change", "detail": changed | detail}


def recorded(s3: Any, event: Any) -> Any:
    """The valid event that the function writes."""
    uri = lineage.handler(event, SimpleNamespace(aws_request_id="c1"))["written"]
    written = json.loads(s3.get_object(Bucket=DATA, Key=uri.removeprefix(f"s3://{DATA}/"))["Body"].read())
    check(written)
    assert uri == f"s3://{DATA}/datasets/sales/lineage/run_id=r1/{written['eventType']}.json"
    return written


def completed(s3: Any, **output: Any) -> Any:
    return recorded(s3, status_change("SUCCEEDED", output=json.dumps(OUTPUT | output)))


def test_a_run_that_starts_names_its_inputs_and_no_output(stack: Any) -> None:
    event = recorded(stack, status_change("RUNNING"))
    assert (event["eventType"], event["eventTime"]) == ("START", "2025-12-01T00:00:00.000+00:00")
    assert event["inputs"][0] == {**ORDERS, "facets": {}}
    assert event["outputs"] == []
    assert event["run"]["facets"]["externalQuery"]["externalQueryId"] == EXECUTION
    assert {name: event["job"][name] for name in ("namespace", "name")} == {"namespace": "shop-dev", "name": "sales"}


def test_a_run_that_has_published_names_the_versions_that_it_read_and_what_it_wrote(stack: Any) -> None:
    event = completed(stack)
    assert (event["eventType"], event["eventTime"]) == ("COMPLETE", "2025-12-01T00:01:00.500+00:00")
    assert [source["facets"]["version"]["datasetVersion"] for source in event["inputs"]] == ["run-7", "abc"]
    (output,) = event["outputs"]
    facets = output["facets"]
    assert (output["namespace"], output["name"]) == (f"s3://{DATA}", "datasets/sales/transformed-data/dataset")
    assert facets["version"]["datasetVersion"] == "r1"
    assert facets["schema"]["fields"][0] == {"name": "total", "type": "decimal(12,2)"}
    assert facets["columnLineage"]["fields"] == FACTS["column_lineage"]["fields"]  # type: ignore[index]
    assert facets["symlinks"]["identifiers"][0]["name"] == "table/shop/sales"
    found = [
        (rule["assertion"], rule["success"], rule["severity"]) for rule in facets["dataQualityAssertions"]["assertions"]
    ]
    assert found == [("rowCount", True, "error"), ("mean of total", False, "warn"), ("total", False, "warn")]
    statistics = output["outputFacets"]["outputStatistics"]
    assert (statistics["rowCount"], statistics["size"], statistics["fileCount"]) == (3, 1234, 1)


def test_a_rollback_is_recorded_as_what_it_published_again(stack: Any) -> None:
    event = completed(stack, kind="rollback")
    assert event["outputs"][0]["facets"]["version"]["datasetVersion"] == "r1"


@pytest.mark.parametrize("output", [{"published": False}, {"published": False, "coalesced_into": EXECUTION}])
def test_a_run_that_published_nothing_has_no_output(stack: Any, output: Any) -> None:
    event = recorded(stack, status_change("SUCCEEDED", output=json.dumps(output)))
    assert (event["eventType"], event["outputs"]) == ("COMPLETE", [])


@pytest.mark.parametrize("key", [f"{FOLDER}_manifest.json", REPORT])
def test_a_run_whose_objects_were_deleted_is_recorded_without_them(stack: Any, key: str) -> None:
    stack.delete_object(Bucket=DATA, Key=key)
    assert "columnLineage" in completed(stack)["outputs"][0]["facets"]


@pytest.mark.parametrize(
    ("status", "detail", "kind", "message"),
    [
        ("FAILED", {"error": "ReadQualityFailed", "cause": "no report"}, "FAIL", "ReadQualityFailed: no report"),
        ("FAILED", {"error": "States.Runtime", "cause": "x" * 40_000}, "FAIL", "States.Runtime: " + "x" * 9_984),
        ("TIMED_OUT", {}, "FAIL", "the run timed out"),
        ("ABORTED", {"error": "Stopped", "cause": "by hand"}, "ABORT", "Stopped: by hand"),
    ],
)  # fmt: skip
def test_a_run_that_did_not_succeed_has_its_error(
    stack: Any, status: str, detail: Any, kind: str, message: str
) -> None:
    event = recorded(stack, status_change(status, **detail))
    assert (event["eventType"], event["outputs"]) == (kind, [])
    assert event["run"]["facets"]["errorMessage"]["message"] == message


def test_an_aborted_run_without_a_reason_has_no_error(stack: Any) -> None:
    assert "errorMessage" not in recorded(stack, status_change("ABORTED"))["run"]["facets"]


def test_all_events_of_an_execution_and_no_other_have_its_run_id(stack: Any) -> None:
    first, last = recorded(stack, status_change("RUNNING")), completed(stack)
    other = recorded(stack, status_change("RUNNING", executionArn=EXECUTION.replace("r1", "r2")))
    assert first["run"]["runId"] == last["run"]["runId"] != other["run"]["runId"]


def test_a_redriven_run_starts_again_when_it_was_redriven(stack: Any) -> None:
    event = recorded(stack, status_change("RUNNING", redriveDate=1_764_550_800_000))
    assert event["eventTime"] == "2025-12-01T01:00:00.000+00:00"


@pytest.mark.parametrize(
    "event",
    [{}, {"detail": {}}, status_change("PENDING_REDRIVE"), status_change("RUNNING", stateMachineArn=MACHINE + "s")],
)
def test_another_event_is_refused(stack: Any, event: Any) -> None:
    with pytest.raises(InvalidEvent):
        lineage.handler(event, SimpleNamespace(aws_request_id="c1"))


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


def test_an_event_that_breaks_the_specification_is_found(stack: Any) -> None:
    valid = completed(stack)

    def broken(path: str, value: Any) -> Any:
        event = copy.deepcopy(valid)
        *parents, last = path.split(".")
        place = event
        for parent in parents:
            place = place[int(parent)] if parent.isdigit() else place[parent]
        if value is None:
            del place[last]
        else:
            place[last] = value
        return event

    for path, value in {
        "run.runId": "r1",
        "eventType": "FINISHED",
        "eventTime": "yesterday",
        "producer": None,
        "schemaURL": "https://example.org/",
        "job.name": None,
        "inputs.0.version": "1",
        "outputs.0.facets.version._producer": None,
        "outputs.0.facets.version._schemaURL": "https://openlineage.io/spec/facets/9-9-9/No.json",
        "outputs.0.facets.version.datasetVersion": 7,
        "outputs.0.facets.columnLineage.fields.total.inputFields": None,
        "outputs.0.facets.dataQualityAssertions.assertions.0.success": "yes",
        "outputs.0.outputFacets.outputStatistics.rows": 7,
    }.items():
        with pytest.raises(InvalidLineage):
            check(broken(path, value))
            pytest.fail(path)
