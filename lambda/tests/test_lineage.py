"""Events of executions become valid events of OpenLineage."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import DATA
from recorded_lineage import (
    EXECUTION,
    FACTS,
    FOLDER,
    MACHINE,
    ORDERS,
    REPORT,
    completed,
    deployed,
    lineage,
    recorded,
    status_change,
)

from failures import InvalidEvent


@pytest.fixture
def stack(s3: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """S3 with what the function reads."""
    return deployed(s3, monkeypatch)


def test_a_run_that_starts_names_its_inputs_and_no_output(stack: Any) -> None:
    event = recorded(stack, status_change("RUNNING"))
    assert (event["eventType"], event["eventTime"]) == ("START", "2025-12-01T00:00:00.000+00:00")
    assert event["inputs"][0].items() >= ORDERS.items()
    assert [source["facets"].keys() for source in event["inputs"]] == [{"datasetType"}] * 2
    assert [source["facets"]["datasetType"]["datasetType"] for source in event["inputs"]] == ["TABLE", "FILE"]
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
