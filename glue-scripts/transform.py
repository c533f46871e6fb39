"""The Glue job: prepares the data set that a recipe describes.

Arguments:
    --JOB_RUN_ID   id of the job run, which Glue adds
    --run_id       id of the run; the job writes below run_id=<id>/job_run=<id>/
    --data_bucket  bucket of the extracted sources and of the results
    --prefix       prefix of the data set's keys in this bucket; empty if it is the stack's only data set
    --recipe       s3:// URI of the recipe
    --raw_prefix   prefix of the extracted sources, each in a folder with its name
    --hash_secret  ARN of the secret with the key of the columns to hash; only recipes with such columns need it
    --published    URI of the published data set, with which an incremental recipe merges; `none` without one

Arguments for an Iceberg table, besides --datalake-formats iceberg for Glue:
    --table           URI of the metadata file of the published table; `none` without one
    --kept_runs       ids of the earlier runs that are retained, separated by commas
    --force           `true` if a table that cannot be continued may be replaced
    --expire_minutes  instead of preparing a data set: deletes the table's files that no retained run needs and that are
                      older than so many minutes
"""

import argparse

from pyspark.sql import SparkSession

from dataprep import databases, iceberg_expiry, inputs, job, recipe, secrets, settings
from dataprep.iceberg_versions import Published
from dataprep.storage import Storage


def main() -> None:
    """Parses the arguments, runs the job or deletes files, and prints the result."""
    arguments = _arguments()
    spark = settings.start(SparkSession.builder.appName("data-preparation"))
    bucket = f"s3://{arguments.data_bucket}"
    root = f"{bucket}/{arguments.prefix}".rstrip("/")
    if arguments.expire_minutes:
        settings.apply(spark)
        print(f"deleted {iceberg_expiry.expire(spark, root, arguments.table, arguments.expire_minutes)} files")
        return
    storage = Storage(spark)
    loaded = recipe.parse(storage.read(arguments.recipe))
    located = inputs.locate(
        storage, loaded.sources, f"{bucket}/{arguments.raw_prefix}", _unless_none(arguments.published)
    )
    located = databases.read(spark, loaded, located, arguments.JOB_RUN_ID)
    kept = frozenset(filter(None, arguments.kept_runs.split(",")))
    table = Published(_unless_none(arguments.table), kept, arguments.force == "true")
    key = secrets.read(arguments.hash_secret) if loaded.hashes and arguments.hash_secret else ""
    report = job.run(spark, loaded, located, root, arguments.run_id, arguments.JOB_RUN_ID, hash_key=key, table=table)
    print(f"{report['verdict']}: {report['rows_out']} rows out of {report['rows_in']}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("JOB_RUN_ID", "run_id", "data_bucket"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("recipe", "raw_prefix", "prefix", "hash_secret", "kept_runs", "force"):
        parser.add_argument(f"--{name}", default="")
    for name in ("published", "table"):
        parser.add_argument(f"--{name}", default="none")
    parser.add_argument("--expire_minutes", type=int, default=0)
    return parser.parse_known_args()[0]


def _unless_none(uri: str) -> str:
    return "" if uri == "none" else uri


if __name__ == "__main__":
    main()
