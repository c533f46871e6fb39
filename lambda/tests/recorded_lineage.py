"""The lineage function, the facts of a data set, what its run has written, and the events of its executions."""

import importlib.util
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import DATA, SOURCE
from openlineage_events import check

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
    "inputs": [
        {"source": "orders", **ORDERS, "type": "TABLE"},
        {"source": "rates", "namespace": "https://bank.example", "name": "eur", "type": "FILE"},
    ],
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


def deployed(s3: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
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
