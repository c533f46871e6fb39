"""The facets of runs, jobs and data sets, each of one version of its schema.

https://openlineage.io/docs/spec/facets/
"""

from typing import Any

PRODUCER = "urn:data-preparation:lineage"
_SPEC = "https://openlineage.io/spec/facets"
# what a rule that is broken means; OpenLineage knows error and warn
_SEVERITIES = {"fail run": "error", "warn": "warn", "reject row": "warn"}

Facet = dict[str, Any]


def external_query(execution: str) -> Facet:
    """The execution that is the run."""
    return _facet("1-0-2", "ExternalQueryRunFacet", externalQueryId=execution, source="aws-step-functions")


def error_message(message: str) -> Facet:
    """The error of a run that did not succeed."""
    return _facet("1-0-1", "ErrorMessageRunFacet", message=message, programmingLanguage="Amazon States Language")


def job_type() -> Facet:
    """The kind of job that every data set has."""
    return _facet(
        "2-0-4", "JobTypeJobFacet", processingType="BATCH", integration="AWS_STEP_FUNCTIONS", jobType="STATE_MACHINE"
    )


def version(text: str) -> Facet:
    """The version of a data set: an etag, or the id of the run that wrote it."""
    return _facet("1-0-1", "DatasetVersionDatasetFacet", datasetVersion=text)


def dataset_type(kind: str) -> Facet:
    """What kind of data set it is: FILE, TABLE, QUERY or API."""
    return _facet("1-0-1", "DatasetTypeDatasetFacet", datasetType=kind)


def schema(columns: list[dict[str, str]]) -> Facet:
    """The columns of a data set, as the Glue catalog has them."""
    fields = [{"name": column["Name"], "type": column["Type"]} for column in columns]
    return _facet("1-2-0", "SchemaDatasetFacet", fields=fields)


def symlink(table: dict[str, str]) -> Facet:
    """The catalog's table of the data set."""
    return _facet("1-0-1", "SymlinksDatasetFacet", identifiers=[{**table, "type": "TABLE"}])


def column_lineage(content: dict[str, Any]) -> Facet:
    """The source columns that each column is made of."""
    return _facet("1-2-0", "ColumnLineageDatasetFacet", **content)


def assertions(rules: list[dict[str, Any]]) -> Facet:
    """The results of the recipe's rules."""
    results = [
        {
            "assertion": rule["name"],
            "success": rule["passed"],
            "severity": _SEVERITIES[rule["severity"]],
            "description": rule["message"],
        }
        for rule in rules
    ]
    return _facet("1-1-0", "DataQualityAssertionsDatasetFacet", assertions=results)


def output_statistics(quality: dict[str, Any]) -> Facet:
    """The size of the data set that was written."""
    return _facet(
        "1-0-2",
        "OutputStatisticsOutputDatasetFacet",
        rowCount=quality["rows_out"],
        size=quality["dataset_bytes"],
        fileCount=quality["object_count"],
    )


def _facet(schema_version: str, name: str, **content: Any) -> Facet:
    url = f"{_SPEC}/{schema_version}/{name}.json#/$defs/{name}"
    return {"_producer": PRODUCER, "_schemaURL": url, **content}
