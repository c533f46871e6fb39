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
"""

import argparse

from pyspark.sql import SparkSession

from dataprep import databases, inputs, job, recipe, secrets, settings
from dataprep.storage import Storage


def main() -> None:
    """Parses the arguments, runs the job and prints the verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("JOB_RUN_ID", "run_id", "data_bucket", "recipe", "raw_prefix"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--prefix", default="")
    parser.add_argument("--published", default="none")
    parser.add_argument("--hash_secret", default="")
    arguments, _ = parser.parse_known_args()
    spark = settings.start(SparkSession.builder.appName("data-preparation"))
    storage, bucket = Storage(spark), f"s3://{arguments.data_bucket}"
    loaded = recipe.parse(storage.read(arguments.recipe))
    published = "" if arguments.published == "none" else arguments.published
    located = inputs.locate(storage, loaded.sources, f"{bucket}/{arguments.raw_prefix}", published)
    located = databases.read(spark, loaded, located, arguments.JOB_RUN_ID)
    root = f"{bucket}/{arguments.prefix}".rstrip("/")
    key = secrets.read(arguments.hash_secret) if loaded.hashes and arguments.hash_secret else ""
    report = job.run(spark, loaded, located, root, arguments.run_id, arguments.JOB_RUN_ID, hash_key=key)
    print(f"{report['verdict']}: {report['rows_out']} rows out of {report['rows_in']}")


if __name__ == "__main__":
    main()
