"""Stands in for the Spark job where a test is not about Spark: copies, with the job's own role, what an earlier run of
the real job wrote for the same sources, under the new run's prefixes and with the new run's id in it; CSV gets the id
as its last line, so that the file of one run is not that of another."""

import sys

import boto3

RECORDED = "@RECORDED@"
RECORDING = "@RECORDING@"
arguments = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
bucket, run_id = arguments["--data_bucket"], arguments["--run_id"]
s3 = boto3.client("s3")
for entry in s3.list_objects_v2(Bucket=bucket, Prefix=RECORDING)["Contents"]:
    body = s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
    key = entry["Key"].removeprefix(RECORDING).replace(RECORDED, run_id)
    if not key.endswith(".parquet"):
        body = body.replace(RECORDED.encode(), run_id.encode())
    if key.endswith(".csv"):
        body += f"{run_id},\n".encode()
    s3.put_object(Bucket=bucket, Key=key, Body=body)
