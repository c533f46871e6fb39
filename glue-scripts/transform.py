"""The Glue job: prepares the data set that a recipe describes.

Arguments:
    --JOB_RUN_ID   the job run's id, which Glue adds
    --run_id       names the run; what the job writes is under run_id=<id>/job_run=<id>/
    --data_bucket  the bucket with the extracted sources, where results go too
    --recipe       s3:// URI of the recipe
    --raw_prefix   prefix of the extracted sources; each lies in a folder of its name below it
    --published    URI of the published data set, with which a recipe for incremental runs merges; `none`: all is new
"""

import argparse

from pyspark.sql import SparkSession

from dataprep import inputs, job, recipe, settings
from dataprep.storage import Storage


def main() -> None:
    """Parses the arguments, runs the job and says how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("JOB_RUN_ID", "run_id", "data_bucket", "recipe", "raw_prefix"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--published", default="none")
    arguments, _ = parser.parse_known_args()
    spark = settings.start(SparkSession.builder.appName("data-preparation"))
    storage, root = Storage(spark), f"s3://{arguments.data_bucket}"
    loaded = recipe.parse(storage.read(arguments.recipe))
    published = "" if arguments.published == "none" else arguments.published
    located = inputs.locate(storage, loaded.sources, f"{root}/{arguments.raw_prefix}", published)
    report = job.run(spark, loaded, located, root, arguments.run_id, arguments.JOB_RUN_ID)
    print(f"{report['verdict']}: {report['rows_out']} rows out of {report['rows_in']}")


if __name__ == "__main__":
    main()
