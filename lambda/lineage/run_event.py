"""The run event of OpenLineage.

https://openlineage.io/spec/2-0-2/OpenLineage.json
"""

from typing import Any

import facets
from results import Result
from status_change import StatusChange

_SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"


def of(change: StatusChange, facts: dict[str, Any], result: Result) -> dict[str, Any]:
    """The event of a status change; only a run that has published has outputs."""
    run_facets = {"externalQuery": facets.external_query(change.execution)}
    if change.message:
        run_facets["errorMessage"] = facets.error_message(change.message)
    return {
        "eventType": change.event_type,
        "eventTime": change.time,
        "producer": facets.PRODUCER,
        "schemaURL": _SCHEMA,
        "run": {"runId": change.run, "facets": run_facets},
        "job": {**facts["job"], "facets": {"jobType": facets.job_type()}},
        "inputs": [_input(source, result) for source in facts["inputs"]],
        "outputs": [_output(facts, result)] if result.published else [],
    }


def _input(source: dict[str, str], result: Result) -> dict[str, Any]:
    version = result.versions.get(source["source"])
    described = {"datasetType": facets.dataset_type(source["type"])}
    if version:
        described["version"] = facets.version(version)
    return {"namespace": source["namespace"], "name": source["name"], "facets": described}


def _output(facts: dict[str, Any], result: Result) -> dict[str, Any]:
    described = {
        "symlinks": facets.symlink(facts["table"]),
        "columnLineage": facets.column_lineage(facts["column_lineage"]),
    }
    statistics = {}
    if result.manifest:
        described["version"] = facets.version(result.manifest["run_id"])
        described["schema"] = facets.schema(result.manifest["columns"])
    if result.quality:
        described["dataQualityAssertions"] = facets.assertions(result.quality["rules"])
        statistics["outputStatistics"] = facets.output_statistics(result.quality)
    return {**facts["output"], "facets": described, "outputFacets": statistics}
