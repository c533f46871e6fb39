"""The check of events finds what the specification of OpenLineage does not allow."""

import copy
from typing import Any

import pytest
from openlineage_events import InvalidLineage, check
from recorded_lineage import completed, deployed


@pytest.fixture
def stack(s3: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """S3 with what the function reads."""
    return deployed(s3, monkeypatch)


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
