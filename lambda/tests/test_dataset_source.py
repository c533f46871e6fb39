"""A source that is another data set of the stack."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import DATA
from conftest import event as extraction_event

import dataset_source
from errors import DatasetNotPublished, SourceChanged, SourceNotFound
from handler import handler

MANIFEST = "datasets/customers/transformed-data/latest.json"
DATASET = "datasets/customers/transformed-data/dataset/"


def publish(s3: Any, run: str, kept: list[str] | None = None) -> str:
    """Publishes a run of customers with one file of three bytes; its folder."""
    folder = f"s3://{DATA}/{DATASET}run_id={run}/job_run=j1/"
    key = folder.removeprefix(f"s3://{DATA}/")
    s3.put_object(Bucket=DATA, Key=f"{key}part-0.parquet", Body=b"123")
    s3.put_object(Bucket=DATA, Key=f"{key}_output.csv", Body=b"a,b")
    history = [{"run_id": run} for run in [run, *(kept or [])]]
    manifest = {"run_id": run, "dataset": folder, "dataset_bytes": 3, "history": history}
    s3.put_object(Bucket=DATA, Key=MANIFEST, Body=json.dumps(manifest))
    return folder


def read(published: dict[str, Any] | None = None, run: str = "r1") -> Any:
    """The answer for a run of the data set orders that reads customers."""
    event = extraction_event("dataset://customers", published, run=run)
    event["destination"] = event["destination"].replace("/raw/", "/datasets/orders/raw/")
    return handler(event, SimpleNamespace(aws_request_id="c1"))


def test_the_published_run_is_read_where_it_is(s3: Any) -> None:
    folder = publish(s3, "c-1")
    answer = read()
    assert answer == {
        "name": "flights",
        "uri": folder,
        "bytes": 3,
        "etag": "c-1",
        "changed": True,
        "copied_at": answer["copied_at"],
    }
    pointer = s3.get_object(Bucket=DATA, Key="datasets/orders/raw/run_id=r1/flights/_source.json")
    assert json.loads(pointer["Body"].read())["uri"] == folder
    raw = s3.list_objects_v2(Bucket=DATA, Prefix="datasets/orders/raw/")
    assert raw["KeyCount"] == 1


def test_only_another_run_is_a_change(s3: Any) -> None:
    publish(s3, "c-1")
    first = read()
    assert not read(first, "r2")["changed"]
    publish(s3, "c-2", ["c-1"])
    assert read(first, "r3")["changed"]


def test_a_rollback_is_a_change(s3: Any) -> None:
    publish(s3, "c-2", ["c-1"])
    second = read()
    publish(s3, "c-1", ["c-2"])
    assert read(second, "r2")["changed"]


def test_the_run_that_is_read_has_a_note_of_it(s3: Any) -> None:
    publish(s3, "c-1")
    read()
    note = json.loads(s3.get_object(Bucket=DATA, Key=f"{DATASET}run_id=c-1/_readers/orders.json")["Body"].read())
    assert (note["read_by"], note["run_id"]) == ("orders", "r1")


def test_a_run_that_is_no_longer_kept_after_the_note_is_not_read(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(s3, "c-1")
    note = dataset_source._note

    def published_meanwhile(*arguments: Any) -> None:
        if not s3.list_objects_v2(Bucket=DATA, Prefix=f"{DATASET}run_id=c-2/").get("Contents"):
            publish(s3, "c-2")
        note(*arguments)

    monkeypatch.setattr(dataset_source, "_note", published_meanwhile)
    assert read()["etag"] == "c-2"


def test_runs_that_are_always_gone_are_an_error_that_the_workflow_retries(
    s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(s3, "c-0")
    count = iter(range(1, 100))
    monkeypatch.setattr(dataset_source, "_note", lambda *_: publish(s3, f"c-{next(count)}"))
    with pytest.raises(SourceChanged, match="customers"):
        read()


def test_a_data_set_without_a_run_is_named(s3: Any) -> None:
    with pytest.raises(DatasetNotPublished, match="customers: no run has been published yet"):
        read()


def test_a_claim_is_not_a_publication(s3: Any) -> None:
    s3.put_object(Bucket=DATA, Key=MANIFEST, Body=json.dumps({"publishing": {"run_id": "c-1"}}))
    with pytest.raises(DatasetNotPublished, match="first run is being published"):
        read()


def test_a_published_run_without_objects_is_an_error(s3: Any) -> None:
    publish(s3, "c-1")
    for name in ("part-0.parquet", "_output.csv"):
        s3.delete_object(Bucket=DATA, Key=f"{DATASET}run_id=c-1/job_run=j1/{name}")
    with pytest.raises(SourceNotFound, match="no objects"):
        read()


def test_the_query_of_an_address_is_found_by_its_data_set(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setenv("SOURCE_QUERIES", json.dumps({"datasets/orders/flights": "key=1", "flights": "key=2"}))
    monkeypatch.setattr("handler._extract", lambda _s3, request, _clock: asked.append(request.uri) or 1 / 0)
    for destination in ("raw/", "datasets/orders/raw/"):
        event = extraction_event("https://example.org/x.csv")
        event["destination"] = event["destination"].replace("raw/", destination, 1)
        with pytest.raises(ZeroDivisionError):
            handler(event, SimpleNamespace(aws_request_id="c1"))
    assert asked == ["https://example.org/x.csv?key=2", "https://example.org/x.csv?key=1"]
